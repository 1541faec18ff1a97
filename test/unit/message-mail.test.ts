import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EscalationReason, type Incident } from '../../bot/incident/incident.ts'
import type { Beside, Mail, News } from '../../bot/incident/mail.ts'
import { mailText, peopleIn } from '../../bot/message/mail.ts'
import {
  aFailedProof,
  aForeignAlarm,
  aLook,
  anEvidence,
  anIncident,
  anOwnedIncident,
  aResolvedIncident,
  aRollback,
  bothLooks,
  byName,
  later,
  noon,
} from '../support/builders.ts'
import { incident as anyIncident } from '../support/random-incidents.ts'
import { moment, weird } from '../support/random-values.ts'

const places = { statusUrl: 'https://prices.example/status', alerts: '#crypto-watch-alerts' }
const ja = aLook({ language: 'ja' })
const named = new Map([['U1', 'Aiko Tanaka']])
const written = (effect: Mail, incident: Incident, look = aLook(), names: ReadonlyMap<string, string> = named) =>
  mailText(effect, incident, look, places, names)

const atThree = (change: Partial<Mail> = {}): Mail => ({
  kind: 'mail',
  audience: 'managers',
  about: 'level-3',
  at: later(75),
  why: 'level-2-lasts',
  ...change,
})
const away = { since: noon, untold: [] }
const outage = (change: Partial<Mail> = {}): Mail => ({
  kind: 'mail',
  audience: 'oncall',
  about: 'slack-away',
  at: later(2),
  since: noon,
  news: [{ is: 'away', at: later(2) }],
  ...change,
})

describe('a mail to management', () => {
  it('asks for one decision, with what is known, by when, and what happens otherwise', () => {
    const rolledBack = anOwnedIncident({
      rollback: aRollback({ status: 'did-not-help', proof: aFailedProof() }),
      escalation: { level: 3, since: later(75), why: 'level-2-lasts', next: { nothingDue: 'top-level' } },
    })
    const { subject, body } = written(atThree(), rolledBack)
    expect(subject).toBe('Decision needed: Customers who ask for prices get an error for part of their requests.')
    expect(body).toContain('because the developers were asked 60 minutes ago and it is not over.')
    expect(body).toContain('• Now: requests that fail: 12.4 %; up to 5 % is accepted')
    expect(body).toContain('• the previous version was put back, without success')
    expect(body).toContain('• First on-call, 23 Nov 2026, 12:00 (Asia/Tokyo), 03:00 UTC')
    expect(body).toContain('• Aiko Tanaka took it 23 Nov 2026, 12:02')
    expect(body).toContain('Otherwise you are asked once more, and the service goes on as it is.')
    expect(body).toContain('incident api-20261123T030000Z in #crypto-watch-alerts')
  })

  it('says who was asked and did not answer, and how many customers told us', () => {
    const complaints = { count: 4, since: noon, last: { by: 'U1', at: noon }, presses: [] }
    const { body } = written(atThree(), anIncident({ complaints }))
    expect(body).toContain('• Nobody has taken it')
    expect(body).toContain('• 4 customers have complained')
  })

  it('asks to call while Slack is away', () => {
    expect(written(atThree(), anIncident({ slackAway: away })).body).toContain('Please call the team by phone.')
    expect(written(atThree(), anIncident()).body).not.toContain('phone')
  })

  it('that comes after the end asks nothing', () => {
    const { subject, body } = written(atThree(), aResolvedIncident())
    expect(subject).toMatch(/^Over: /)
    expect(body).toContain('There is nothing to decide.')
    expect(body).not.toContain('Asked of you')
  })

  it('is whole in Japanese', () => {
    const { subject, body } = written(atThree(), anIncident(), ja)
    expect(subject).toMatch(/^【ご判断のお願い】/)
    expect(body).toContain('2026/11/23 12:00（Asia/Tokyo、UTCでは03:00）')
    expect(body).toContain('期限: ')
    expect(body).toContain('• まだ誰も引き受けていません')
  })

  const jargon =
    /Lambda|alias|p95|5xx|CloudWatch|DynamoDB|CodeDeploy|rollback|roll back|deploy|throttl|endpoint|runbook|ロールバック|デプロイ|エイリアス|スロットリング|ランブック/i
  const rollbacks = (['helped', 'did-not-help', 'not-proven', 'failed', 'verifying'] as const).map((status) =>
    anIncident({ rollback: aRollback({ status }) }),
  )
  const automatic = (['running', 'succeeded', 'failed'] as const).map((state) =>
    anIncident({ automaticRollback: { deployment: 'd-2', of: 'd-1', state } }),
  )
  it.each(EscalationReason.options)('has no word of how the service is built: %s', (why) => {
    for (const incident of [anIncident(), anIncident({ slackAway: away }), ...rollbacks, ...automatic])
      for (const look of bothLooks) {
        const { subject, body } = written(atThree({ why }), incident, look)
        expect(`${subject}\n${body}`).not.toMatch(jargon)
      }
  })
})

describe('a mail while Slack is away', () => {
  it('says what rings since when, who has it, what is next, and where to look', () => {
    const look = aLook({ awsConsole: 'https://console.example/cloudwatch', repository: 'hoshi/crypto-watch' })
    const incident = anOwnedIncident({ slackAway: away, evidence: anEvidence() })
    const { subject, body } = written(outage(), incident, look)
    expect(subject).toBe('[Critical] API errors at 12.4 %, limit 5 % - Slack is away')
    expect(body).toContain('They wait since 23 Nov 2026, 12:00 (Asia/Tokyo), 03:00 UTC.')
    expect(body).toContain('Owner: Aiko Tanaka since 23 Nov 2026, 12:02')
    expect(body).toContain('Next: goes to the developers 23 Nov 2026, 12:15 (Asia/Tokyo), 03:15 UTC')
    expect(body).toContain('State of the service: https://prices.example/status')
    expect(body).toContain('Dashboard: https://console.example/cloudwatch#dashboards/dashboard/crypto-watch')
    expect(body).toContain('/blob/main/docs/runbook/en/LambdaErrorAlarm.md')
    expect(body).toContain('Roll back by hand, v42 → v41:\naws lambda update-alias')
  })

  it('has no commands where no rollback is to be had', () => {
    expect(written(outage(), anIncident({ slackAway: away })).body).not.toContain('aws ')
  })

  const told: [News, string, string][] = [
    [
      { is: 'escalated', at: later(15), level: 2, why: 'not-acknowledged' },
      '[Critical] Now with the developers: API errors at 12.4 %, limit 5 % - Slack is away',
      'New: it went to the developers, 23 Nov 2026, 12:15 (Asia/Tokyo), 03:15 UTC, because nobody acknowledged within 15 minutes.',
    ],
    [
      { is: 'reopened', at: later(15) },
      '[Critical] Back again: API errors at 12.4 %, limit 5 % - Slack is away',
      'New: it is back, 23 Nov 2026, 12:15',
    ],
    [
      { is: 'graver', at: later(15), severity: 'Critical' },
      '[Critical] Graver: API errors at 12.4 %, limit 5 % - Slack is away',
      'New: it is Critical now, 23 Nov 2026, 12:15',
    ],
  ]
  it.each(told)('tells what is new: %o', (news, subject, line) => {
    const mail = written(outage({ about: 'slack-away-news', news: [news] }), anIncident({ slackAway: away }))
    expect(mail.subject).toBe(subject)
    expect(mail.body).toContain(line)
  })

  it('tells that it is over, and asks nothing more', () => {
    const effect = outage({ about: 'slack-away-news', news: [{ is: 'resolved', at: later(23) }] })
    const { subject, body } = written(effect, aResolvedIncident({ slackAway: away }))
    expect(subject).toBe('[Critical] Resolved: API errors - Slack is away')
    expect(body).toContain('New: it is resolved, 23 Nov 2026, 12:23')
    expect(body).not.toContain('Until Slack is back')
  })

  it('tells of the others in a line each', () => {
    const beside: Beside[] = [
      {
        id: 'x',
        service: 'updater',
        severity: 'High',
        level: 2,
        since: noon,
        alarm: { name: 'Odd', listed: 'PricesStaleAlarm' },
      },
      {
        id: 'y',
        service: 'queue',
        severity: 'High',
        level: 1,
        since: noon,
        alarm: { name: 'Queue*Age' },
        isOver: true,
      },
    ]
    const { subject, body } = written(outage({ beside, more: 29 }), anIncident({ slackAway: away }))
    expect(subject).toBe('[Critical] API errors at 12.4 %, limit 5 % (and 31 more) - Slack is away')
    expect(body).toMatch(/• High: .+, since 23 Nov 2026, 12:00 \(Asia\/Tokyo\), 03:00 UTC, with the developers/)
    expect(body).toContain('• High: Alarm Queue*Age, since')
    expect(body).toContain('and 29 more')
  })

  it('that leaves when Slack is back says so', () => {
    expect(written(outage(), anIncident()).body).toContain('Slack has taken them since')
  })

  it('is whole in Japanese', () => {
    const { subject, body } = written(outage(), anIncident({ slackAway: away, evidence: anEvidence() }), ja)
    expect(subject).toBe('[Critical] APIのエラー率が12.4%（上限5%）／Slack応答なし')
    expect(body).toContain('2026/11/23 12:00（Asia/Tokyo、UTCでは03:00） から送信待ちです。')
    expect(body).toContain('手動のロールバック（v42 → v41）：')
  })
})

describe('people', () => {
  it('are called by name where it is known, else by what they do', () => {
    const incident = anOwnedIncident({ slackAway: away })
    expect(peopleIn(outage(), incident, aLook(), places)).toEqual(['U1'])
    expect(written(outage(), incident, aLook(), new Map()).body).toContain('Owner: an on-call engineer since')
    expect(written(outage(), incident, ja, new Map()).body).toContain('担当: オンコール担当者（')
  })
})

it('another stage is named in the subject', () => {
  expect(written(outage(), anIncident(), aLook({ stage: 'staging' })).subject).toMatch(/^\[staging\] \[Critical\]/)
})

it('an alarm of nobody’s list is called by its name, whatever it is', () => {
  const alarm = aForeignAlarm({ name: '<!channel> & *co*' })
  const { body } = written(outage(), anIncident({ alarms: byName(alarm), slackAway: away }))
  expect(body).toContain('<!channel> & *co*')
})

it('whatever the record holds, a mail is one that SNS takes and has no marks of Slack', () => {
  const news: fc.Arbitrary<News> = fc.record({
    is: fc.constant('escalated'),
    at: moment,
    level: fc.constant(2),
    why: weird,
  })
  const beside: fc.Arbitrary<Beside> = fc.record({
    id: weird,
    service: weird,
    severity: fc.constant('High'),
    level: fc.constant(1),
    since: moment,
    alarm: fc.record({ name: weird }),
  })
  fc.assert(
    fc.property(anyIncident, weird, moment, fc.array(news), fc.array(beside), (incident, text, at, all, others) => {
      for (const look of bothLooks)
        for (const about of ['level-3', 'slack-away', 'slack-away-news'] as const) {
          const effect: Mail = {
            kind: 'mail',
            audience: 'oncall',
            about,
            at,
            why: text,
            by: text,
            reason: text,
            since: at,
          }
          const { subject, body } = written({ ...effect, news: all, beside: others }, incident, look)
          expect(subject.length).toBeLessThan(100)
          expect(subject).not.toMatch(/\p{Cc}/u)
          expect(subject.trim()).not.toBe('')
          expect(body.length).toBeLessThanOrEqual(8_000)
          expect(body).not.toContain('{date_short_pretty}')
        }
    }),
    { numRuns: 150 },
  )
}, 120_000)
