import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EscalationReason, Incident } from '../../bot/incident/incident.ts'
import { Say } from '../../bot/incident/say.ts'
import { askedAgainMessage, cardMessage } from '../../bot/message/cards.ts'
import { page } from '../../bot/message/page.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import { threadReply } from '../../bot/message/thread-reply.ts'
import { bothLooks } from '../support/builders.ts'
import { incident } from '../support/random-incidents.ts'
import { say } from '../support/random-say.ts'
import { moment, weird } from '../support/random-values.ts'
import { expectSendable } from '../support/sendable.ts'

const why = fc.constantFrom(...EscalationReason.options)

it('what is made up is what the record takes', () => {
  for (const drawn of fc.sample(incident, 300)) expect(Incident.safeParse(drawn).error).toBeUndefined()
  for (const said of fc.sample(say, 300)) expect(Say.safeParse(said).error).toBeUndefined()
})

it('10,000 incidents, in both languages: every message stays within what Slack takes and pings nobody', () => {
  const run = fc.property(incident, say, weird, why, moment, fc.boolean(), (drawn, said, text, reason, at, hasLink) => {
    for (const look of bothLooks) {
      expectSendable(rootMessage(drawn, look))
      expectSendable(threadReply(said, drawn, look))
      for (const level of [2, 3] as const) {
        const effect = { kind: 'page', level, why: reason, by: text, reason: text, at } as const
        expectSendable(page(effect, drawn, look, hasLink ? 'https://example.com/a' : text))
      }
      for (const card of drawn.cards ?? []) {
        expectSendable(cardMessage(card, drawn, look, hasLink ? 'https://example.com/a' : text))
        expectSendable(askedAgainMessage(card, drawn, look))
      }
    }
  })
  fc.assert(run, { numRuns: 10_000, interruptAfterTimeLimit: 280_000, markInterruptAsFailure: true })
}, 300_000)
