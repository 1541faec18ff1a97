import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EscalationReason } from '../../bot/incident/incident.ts'
import type { Call, Fact } from '../support/week-facts.ts'
import { laneOfWeek } from '../support/week-moves.ts'
import { mustHappen } from '../support/week-oracle.ts'
import { liveWeek } from '../support/week-world.ts'

const told = ({ at, what }: Call) => `${new Date(at).toISOString()} ${what}`
/** What a failure has to show: everything that was done, but for the minutes that passed. */
const story = (facts: readonly Fact[]) =>
  facts
    .filter(({ is }) => is !== 'a minute passes')
    .map(({ at, ...fact }) => `${new Date(at).toISOString()} ${JSON.stringify(fact)}`)
    .join('\n')

it('in a random week whoever has to be called is called, in that minute, once, and nobody else', () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(laneOfWeek, (lane) => {
      const { facts, calls } = liveWeek(lane)
      const must = mustHappen(facts)
      expect(calls.map(told), story(facts)).toEqual(must.map(told))
      for (const [index, { what, why = [] }] of calls.entries()) {
        for (const reason of why) expect(must[index]?.why, story(facts)).toContain(reason)
        for (const name of [what, ...why]) seen.set(name, (seen.get(name) ?? 0) + 1)
      }
    }),
    { numRuns: 220, endOnFailure: true, interruptAfterTimeLimit: 50_000 },
  )
  // Otherwise all of this would be true of nothing.
  const never = EscalationReason.options.filter((why) => why !== 'alarm-opened' && why !== 'reported' && !seen.has(why))
  expect(never).toEqual([])
  for (const what of ['comes back', 'reminder', 'asked again', 'is over'])
    expect(seen.get(what), what).toBeGreaterThan(20)
}, 90_000)
