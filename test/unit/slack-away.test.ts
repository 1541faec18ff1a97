import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Decision } from '../../bot/incident/decide.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import { planMails } from '../../bot/incident/plan-mails.ts'
import {
  acknowledges,
  at,
  because,
  clears,
  effectsOf,
  escalates,
  fires,
  happenings,
  later,
  minute,
  play,
  reports,
  silentMinute,
  story,
  writesMails,
} from '../support/incident-builders.ts'
import { live, moves } from '../support/incident-world.ts'

const errors = 'LambdaErrorAlarm'
const opened = play(fires(errors, at('03:00')))
const shown = reports('show', { is: 'shown', channel: 'C1', ts: '1.1', look: 1 }, at('03:00:02'))
const silent = later(opened, silentMinute(at('03:02')))
const mailed = later(silent, writesMails(at('03:02')))
const mailsOf = (incident: Incident) =>
  incident.pending.flatMap(({ effect }) => (effect.kind === 'mail' ? [effect] : []))
const newsOf = (incident: Incident) => incident.slackAway?.untold.map(({ is }) => is) ?? []

describe('Slack is away for an incident', () => {
  it('when its root message has waited for two minutes', () => {
    expect(because(opened, silentMinute(at('03:01:59')))).toBe('ignored: nothing-due')
    expect(because(opened, silentMinute(at('03:02')))).toBe('Slack takes no messages')
    expect(silent.slackAway).toEqual({ since: at('03:00'), untold: [{ is: 'away', at: at('03:02') }] })
    expect(happenings(silent)).toEqual(['alarm-fired', 'slack-away'])
  })

  it('when a reply has, or a page', () => {
    const replying = later(opened, shown, acknowledges('U1', at('03:10')))
    expect(because(replying, silentMinute(at('03:12')))).toContain('Slack takes no messages')
    const paging = later(opened, shown, escalates('U1', 2, at('03:10')))
    const said = later(paging, reports('reply', { is: 'done' }, at('03:10:02')))
    expect(because(said, silentMinute(at('03:12'), { alerts: at('03:12') }))).toContain('Slack takes no messages')
  })

  it('not when only an edit waits', () => {
    const edited = later(opened, shown, clears(errors, at('03:10')), reports('reply', { is: 'done' }, at('03:10:02')))
    expect(edited.pending.map(({ effect }) => effect.kind)).toContain('show')
    expect(because(edited, silentMinute(at('03:14')))).toBe('ignored: nothing-due')
  })

  it('not when its channel took another message meanwhile: that is a long row, not an outage', () => {
    expect(because(opened, silentMinute(at('03:03'), { alerts: at('03:01:01') }))).toBe('ignored: nothing-due')
    expect(because(opened, silentMinute(at('03:03'), { alerts: at('03:01') }))).toBe('Slack takes no messages')
    expect(because(opened, silentMinute(at('03:03'), { dev: at('03:03') }))).toBe('Slack takes no messages')
  })

  it('not for what can wait until somebody reads Slack', () => {
    const medium = play(fires('ApiLatencyP95Alarm', at('03:00')))
    expect(later(medium, silentMinute(at('03:05'))).slackAway).toBeUndefined()
  })

  it('not by messages of an older version, of which nobody knows since when they wait', () => {
    const old = { ...opened, pending: opened.pending.map(({ madeAt: _unknown, ...rest }) => rest) }
    expect(later(old, silentMinute(at('03:30'))).slackAway).toBeUndefined()
  })

  it('until every message is through', () => {
    const owned = later(mailed, acknowledges('U1', at('03:03')))
    const up = later(owned, reports('show', { is: 'shown', channel: 'C1', ts: '1.1', look: 9 }, at('03:09')))
    expect(up.slackAway).toBeDefined()
    const back = later(up, reports('reply', { is: 'done' }, at('03:09:02')))
    expect(back.slackAway).toBeUndefined()
    expect(happenings(back).at(-1)).toBe('slack-back')
  })
})

describe('a mail', () => {
  it('goes to those on call, once', () => {
    expect(mailsOf(mailed)).toEqual([
      {
        kind: 'mail',
        audience: 'oncall',
        about: 'slack-away',
        at: at('03:02'),
        since: at('03:00'),
        news: [{ is: 'away', at: at('03:02') }],
      },
    ])
    expect(because(mailed, writesMails(at('03:03')))).toBe('ignored: nothing-due')
    const sent = later(mailed, reports('mail', { is: 'done' }, at('03:02:05')))
    expect(sent.timeline.at(-1)).toMatchObject({ what: 'mailed', about: 'slack-away oncall' })
  })

  it('tells news that would have woken somebody', () => {
    const escalated = later(mailed, silentMinute(at('03:15')))
    expect(newsOf(escalated)).toEqual(['escalated'])
    const told = later(escalated, writesMails(at('03:15')))
    expect(mailsOf(told).at(-1)).toMatchObject({ audience: 'oncall', about: 'slack-away-news' })
    const over = later(told, clears(errors, at('03:20')), silentMinute(at('03:25')))
    expect(newsOf(over)).toEqual(['resolved'])
    const again = later(over, writesMails(at('03:25')), fires(errors, at('03:30')))
    expect(newsOf(again)).toEqual(['reopened'])
  })

  it('tells that it got graver', () => {
    const high = play(fires('LambdaThrottleAlarm', at('03:00')), silentMinute(at('03:02')), writesMails(at('03:02')))
    expect(later(high, fires(errors, at('03:02:30'))).slackAway?.untold).toEqual([
      { is: 'graver', at: at('03:02:30'), severity: 'Critical' },
    ])
  })

  it('tells nobody what only people on it need to know', () => {
    expect(newsOf(later(mailed, acknowledges('U1', at('03:03')), fires('ApiGateway5xxAlarm', at('03:04'))))).toEqual([])
  })

  it('about the step to level 3 goes to management at once, and is not told them twice', () => {
    const asked = escalates('U1', 3, at('03:04'), 'customers call')
    expect(effectsOf(mailed, asked).at(-1)).toEqual({
      kind: 'mail',
      audience: 'managers',
      about: 'level-3',
      why: 'asked-by-person',
      by: 'U1',
      reason: 'customers call',
      at: at('03:04'),
    })
    const told = later(mailed, asked, writesMails(at('03:05')))
    expect(mailsOf(told).map(({ audience, about }) => `${audience} ${about}`)).toEqual([
      'oncall slack-away',
      'managers level-3',
      'oncall slack-away-news',
    ])
    const over = later(told, clears(errors, at('03:20')), silentMinute(at('03:25')), writesMails(at('03:25')))
    expect(mailsOf(over).slice(-2)).toMatchObject([
      { audience: 'oncall', about: 'slack-away-news' },
      { audience: 'managers', about: 'slack-away-news', news: [{ is: 'resolved' }] },
    ])
  })

  it('about Slack goes to management too when they had been asked before', () => {
    const high = later(opened, shown, escalates('U1', 3, at('03:10')))
    const told = later(high, silentMinute(at('03:12')), writesMails(at('03:12')))
    expect(mailsOf(told).map(({ audience, about }) => `${audience} ${about}`)).toEqual([
      'managers level-3',
      'oncall slack-away',
      'managers slack-away',
    ])
  })

  it('keeps news that came while it was decided for the next one', () => {
    const planned = planMails([silent], at('03:02:10'))[0]?.event
    const raced = later(silent, escalates('U1', 2, at('03:02:20')))
    if (!planned) throw new Error('no mail is planned')
    expect(newsOf(later(raced, planned))).toEqual(['escalated'])
  })
})

describe('a storm', () => {
  const storm = Array.from({ length: 40 }, (_, index) => {
    const name = index === 7 ? errors : `Queue-${index}`
    const fired = fires(name, at('03:00'))
    const service = index === 7 ? 'api' : `queue-${index}`
    return play({ ...fired, service }, silentMinute(at('03:02')))
  })

  it('is one mail, by the gravest, and the record of each other names it', () => {
    const planned = planMails(storm, at('03:02'))
    expect(planned.flatMap(({ event }) => event.mails)).toHaveLength(1)
    expect(planned[0]?.incident.severity).toBe('Critical')
    expect(planned[0]?.event.mails[0]?.beside).toHaveLength(10)
    expect(planned[0]?.event.mails[0]?.more).toBe(29)
    const after = planned.map(({ incident, event }) => later(incident, event))
    expect(after.flatMap(mailsOf)).toHaveLength(1)
    expect(after.filter((each) => each.timeline.at(-1)?.about === planned[0]?.incident.id)).toHaveLength(39)
    expect(planMails(after, at('03:03'))).toEqual([])
  })
})

describe('whatever happens, in whatever order', () => {
  const always = (check: (list: ReturnType<typeof live>) => void) =>
    fc.assert(
      fc.property(moves({ maxLength: 120 }), (list) => check(live(list))),
      { numRuns: 150 },
    )
  const mailed = (decision: Decision) =>
    'ignored' in decision ? [] : decision.effects.flatMap((effect) => (effect.kind === 'mail' ? [effect] : []))

  it('no step and no news is told the same people twice', () => {
    let told = 0
    always((steps) => {
      const seen = new Set<string>()
      for (const { decision, after } of steps)
        for (const { audience, about, at: when, news = [{ is: 'step', at: when }] } of mailed(decision))
          for (const each of news) {
            const what = `${after?.id} ${audience} ${about === 'level-3' ? 'level 3' : JSON.stringify(each)}`
            expect(seen).not.toContain(what)
            seen.add(what)
            told += 1
          }
    })
    expect(told).toBeGreaterThan(100)
  })

  it('nobody is written to about Slack while it takes messages', () => {
    always((steps) => {
      for (const { before, event, decision } of steps) {
        if (!before?.slackAway) expect(mailed(decision).filter(({ about }) => about !== 'level-3')).toEqual([])
        if (event.type === 'minute-passed' && event.slackTook?.dev && !before?.slackAway && !('ignored' in decision))
          expect(decision.incident.slackAway).toBeUndefined()
      }
    })
  })

  it('an outage is on record as long as a message waits, and no longer', () => {
    always((steps) => {
      for (const { after } of steps)
        if (after?.slackAway)
          expect(after.pending.some(({ effect }) => ['show', 'reply', 'page'].includes(effect.kind))).toBe(true)
    })
  })
})

it('the record tells of an outage as it went', () => {
  const back = later(
    mailed,
    reports('mail', { is: 'done' }, at('03:02:04')),
    reports('show', { is: 'shown', channel: 'C1', ts: '1.1', look: 9 }, at('03:05')),
    minute(at('03:06')),
  )
  expect(story(back)).toEqual(['alarm-fired', 'slack-away', 'mailed', 'slack-back'])
})
