import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Card } from '../../bot/incident/card.ts'
import { EscalationReason, type Incident } from '../../bot/incident/incident.ts'
import type { Mail } from '../../bot/incident/mail.ts'
import { planMails } from '../../bot/incident/plan-mails.ts'
import type { Message } from '../../bot/message/blocks.ts'
import { askedAgainMessage, cardMessage } from '../../bot/message/cards.ts'
import type { Look } from '../../bot/message/look.ts'
import { mailText } from '../../bot/message/mail.ts'
import { noticeDraft } from '../../bot/message/notice-draft.ts'
import { bothLooks } from '../support/builders.ts'
import { jargonIn } from '../support/plain-words.ts'
import { incident } from '../support/random-incidents.ts'
import { textsOf } from '../support/seen.ts'

/** As much of it as one line can hold. None of what AWS and the logs say may reach these readers. */
const ofAws = 'Lambda p95 CodeDeploy 5xx rollback to alias, デプロイ スロットリング'

/** The incident as AWS would word it: alarms of the list by their names, and jargon wherever a machine writes. */
const inWordsOfAws = (drawn: Incident): Incident => ({
  ...drawn,
  alarms: Object.fromEntries(
    Object.values(drawn.alarms).map((alarm) => {
      const name = alarm.listed ?? alarm.name
      return [name, { ...alarm, name, reason: ofAws }]
    }),
  ),
  ...(drawn.automaticRollback && { automaticRollback: { ...drawn.automaticRollback, deployment: ofAws, of: ofAws } }),
  ...(drawn.rollback && { rollback: { ...drawn.rollback, deployment: ofAws, aliasRevision: ofAws } }),
  ...(drawn.evidence && {
    evidence: { ...drawn.evidence, missing: drawn.evidence.missing.map((each) => ({ ...each, because: ofAws })) },
  }),
})

const why = fc.constantFrom(...EscalationReason.options)
const visible = (message: Message): string => [message.text, ...textsOf(message.blocks)].join('\n')
const places = { statusUrl: 'https://example.com/status', alerts: '#crypto-watch-alerts' }

function textsFor(drawn: Incident, beside: Incident, reason: EscalationReason, look: Look): [string, string][] {
  const step = { why: reason, at: drawn.openedAt }
  const card: Card = { id: 'managers', kind: 'managers', step, look: 1 }
  const level3: Mail = { kind: 'mail', audience: 'managers', about: 'level-3', at: drawn.openedAt, why: reason }
  const news = [{ is: 'escalated', at: drawn.openedAt, level: 3, why: reason } as const]
  const untold = { since: drawn.openedAt, untold: news }
  // The other one stands in the mail as one that waits too.
  const [first, other] = [drawn, beside].map((each) => ({ ...each, severity: 'Critical' as const, slackAway: untold }))
  const others = planMails(first && other ? [first, other] : [], drawn.openedAt).flatMap(({ event }) => event.mails)
  const outage: Mail = { ...level3, about: 'slack-away-news', since: drawn.openedAt, news, ...others[0] }
  const told = (mail: Mail) =>
    Object.values(mailText({ ...mail, audience: 'managers' }, drawn, look, places, new Map()))
  return [
    ['card', visible(cardMessage(card, drawn, look, 'https://example.com/a'))],
    ['asked again', visible(askedAgainMessage(card, drawn, look))],
    [
      'announcement',
      visible(cardMessage({ id: 'announcement', kind: 'announcement', look: 1 }, drawn, look, undefined)),
    ],
    ['mail', told(level3).join('\n')],
    ['mail while Slack is away', told(outage).join('\n')],
    ['notice', noticeDraft(drawn, look.language)],
  ]
}

it('what managers, followers and customers read has no word of how the service is built, whatever happened', () => {
  const read = new Set<string>()
  fc.assert(
    fc.property(incident, incident, why, (drawn, other, reason) => {
      const [told, beside] = [drawn, other].map(inWordsOfAws) as [Incident, Incident]
      for (const look of bothLooks) {
        for (const [what, text] of textsFor(told, beside, reason, look)) {
          read.add(`${what} ${told.status}`)
          // Found in a text, it is shown with its line.
          const found = jargonIn(text, look.language)
          const lines =
            found.length === 0 ? [] : text.split('\n').filter((line) => jargonIn(line, look.language).length > 0)
          expect(lines, `${what} in ${look.language}: ${found}`).toEqual([])
        }
      }
    }),
    { numRuns: 300, endOnFailure: true, interruptAfterTimeLimit: 60_000 },
  )
  // Each of six texts in each of four states.
  expect(read.size).toBe(24)
}, 90_000)
