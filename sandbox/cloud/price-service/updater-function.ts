import { createUpdater } from '../../../updater/handler.ts'
import { createRandom } from '../seeded-random.ts'
import type { PriceServiceParts } from './options.ts'
import { updaterEnvironment } from './updater-environment.ts'

/** The function that the scheduler calls. */
export function defineUpdaterFunction(parts: PriceServiceParts): void {
  const { endpoint, stage, world, names, functions, upstreams, secrets, outside } = parts
  const places = { endpoint, stage, names, firstPath: upstreams.first.path, secondPath: upstreams.second.path }
  const env = updaterEnvironment(places, outside)
  if (outside.COINGECKO_API_KEY)
    secrets.set(names.upstreamSecret, JSON.stringify({ apiKey: outside.COINGECKO_API_KEY }))
  functions.define(
    {
      name: names.functions.updater,
      timeoutSeconds: 60,
      memoryMb: 256,
      // Draws of its own: those of the world must come out the same however often a source is asked.
      start: () => createUpdater(env, world, { random: createRandom(1).next }),
    },
    { firstVersion: 14 },
  )
}
