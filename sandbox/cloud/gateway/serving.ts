import { z } from 'zod'
import { PlanName } from './plans.ts'

/** What the gateway goes by for one key, from a moment on. */
export const Serving = z.object({
  from: z.iso.datetime(),
  enabled: z.boolean(),
  plan: PlanName.optional(),
  /** Once the gateway has heard of its deletion. */
  gone: z.literal(true).optional(),
})
export type Serving = z.output<typeof Serving>

/** How long a change takes from the control plane to the gateway. */
const untilServedMs = 20_000
/** Simulated requests are older than the clock by up to a minute; what ended before cannot matter any more. */
const lookedBackMs = 10 * 60_000

export function servingAt(all: readonly Serving[], at: Date): Serving | undefined {
  const found = all.findLast(({ from }) => Date.parse(from) <= at.getTime())
  return found?.gone ? undefined : found
}

/** Adds what serves once the change made now has arrived, and forgets what ended long ago. */
export function withChange(all: readonly Serving[], next: Omit<Serving, 'from'>, now: Date): Serving[] {
  const oldest = now.getTime() - lookedBackMs
  const kept = all.filter((_, index) => {
    const following = all[index + 1]
    return following === undefined || Date.parse(following.from) > oldest
  })
  return [...kept, { ...next, from: new Date(now.getTime() + untilServedMs).toISOString() }]
}

/** Whether requests can no longer meet anything but its absence. */
export const isLongGone = (all: readonly Serving[], now: Date): boolean => {
  const last = all.at(-1)
  return last?.gone === true && Date.parse(last.from) < now.getTime() - lookedBackMs
}

/** For a key that was there before anybody looked. */
export const servesAlways = (key: Omit<Serving, 'from' | 'gone'>): Serving[] => [
  { from: new Date(0).toISOString(), enabled: key.enabled, ...(key.plan && { plan: key.plan }) },
]
