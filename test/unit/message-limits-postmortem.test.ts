import fc from 'fast-check'
import { expect, it } from 'vitest'
import { actionItems } from '../../bot/message/action-items.ts'
import { draftMessages } from '../../bot/message/draft-messages.ts'
import { bothLooks } from '../support/builders.ts'
import { incident } from '../support/random-incidents.ts'
import { expectSendable } from '../support/sendable.ts'

it('2,000 incidents, in both languages: every part of a draft, and its action items, are what Slack takes', () => {
  const parts: number[] = []
  const run = fc.property(incident, (drawn) => {
    for (const look of bothLooks) {
      const messages = draftMessages(drawn, look, new Map())
      parts.push(messages.length)
      messages.forEach(expectSendable)
      expectSendable(actionItems(drawn, look))
    }
  })
  fc.assert(run, { numRuns: 2_000, interruptAfterTimeLimit: 110_000, markInterruptAsFailure: true })
  // Otherwise nothing is said of drafts that need more than one message.
  expect(Math.max(...parts)).toBeGreaterThan(1)
  expect(Math.min(...parts)).toBe(1)
}, 120_000)
