import { createHash } from 'node:crypto'
import { customDimensions, type Names, namespace, priceMetrics } from '../../common/names.ts'
import type { Deployments } from './deployments.ts'
import type { Functions } from './functions.ts'
import type { Metrics } from './metrics.ts'

/** A released change, as its version's description tells it. */
export interface Release {
  author: string
  subject: string
}

const hourMs = 3_600_000

const apiReleases: readonly (Release & { hoursAgo: number })[] = [
  { author: 'Ren Ito', subject: 'Answer 404 for unknown coins', hoursAgo: 520 },
  { author: 'Aiko Tanaka', subject: 'Send the age of a price with it', hoursAgo: 310 },
  { author: 'Ren Ito', subject: 'Keep snapshots in memory for five seconds', hoursAgo: 142 },
  { author: 'Mika Sato', subject: 'Problem details for every error', hoursAgo: 53 },
]
const updaterReleases: readonly (Release & { hoursAgo: number })[] = [
  { author: 'Mika Sato', subject: 'Fetch all coins with one call', hoursAgo: 400 },
  { author: 'Aiko Tanaka', subject: 'Never overwrite a newer snapshot', hoursAgo: 120 },
]

/** `<commit> by <author>: <subject>`, the description that the deploy command gives a version. */
export function describeRelease({ author, subject }: Release, seed: string): string {
  const commit = createHash('sha1').update(`${seed} ${author} ${subject}`).digest('hex').slice(0, 7)
  return `${commit} by ${author}: ${subject}`
}

/** Gives the world a past: released versions, their deployments, and a day of quiet traffic to compare with. */
export function writeHistory(world: {
  now: Date
  names: Names
  stage: string
  functions: Functions
  deployments: Deployments
  metrics: Metrics
}): void {
  const { now, names, stage, functions, deployments, metrics } = world
  const ago = (hours: number, minutes = 0) => new Date(now.getTime() - hours * hourMs + minutes * 60_000)

  function release(name: string, group: string, releases: typeof apiReleases, minutes: number): void {
    let previous: string | undefined
    for (const each of releases) {
      const description = describeRelease(each, name)
      const version = functions.publish(name, { description, createdAt: ago(each.hoursAgo) })
      if (previous === undefined) functions.updateAlias(name, { version, weights: {} })
      else {
        functions.updateAlias(name, { version, weights: {} })
        deployments.remember({
          group,
          function: name,
          description,
          currentVersion: previous,
          targetVersion: version,
          createdAt: ago(each.hoursAgo, 1).toISOString(),
          startedAt: ago(each.hoursAgo, 2).toISOString(),
          completedAt: ago(each.hoursAgo, 2 + minutes).toISOString(),
        })
      }
      previous = version
    }
  }
  release(names.functions.api, names.deploymentGroups.api, apiReleases, 5)
  release(names.functions.updater, names.deploymentGroups.updater, updaterReleases, 1)

  const requests = 60
  const ApiGateway = { namespace: 'AWS/ApiGateway', dimensions: { ApiName: names.gateway, Stage: stage } }
  const Lambda = { namespace: 'AWS/Lambda', dimensions: { FunctionName: names.functions.api } }
  const custom = { namespace, dimensions: customDimensions(stage) }
  for (let minute = 24 * 60; minute >= 1; minute--) {
    const at = new Date(now.getTime() - minute * 60_000)
    const put = (of: typeof ApiGateway | typeof Lambda | typeof custom, name: string, value: number, count = 1) =>
      metrics.put({ ...of, name, value, at, count })
    put(ApiGateway, 'Count', 1, requests)
    put(ApiGateway, '4XXError', 0, requests)
    put(ApiGateway, '5XXError', 0, requests)
    put(Lambda, 'Invocations', 1, requests)
    put(Lambda, 'Errors', 0, requests)
    put(Lambda, 'Throttles', 0, requests)
    // Most calls are quick, a tenth takes a little longer, as with the traffic that follows.
    for (const [ms, share] of [
      [30, 0.6],
      [48, 0.3],
      [71, 0.1],
    ] as const) {
      put(Lambda, 'Duration', ms, requests * share)
      put(ApiGateway, 'Latency', ms + 6, requests * share)
    }
    if (minute % 5 !== 0) continue
    // Three currencies, each with one call.
    put(custom, priceMetrics.externalApiErrors, 0, 3)
    put(custom, priceMetrics.externalApiCalls, 1, 3)
    put(custom, priceMetrics.externalApiLatency, 120, 3)
    for (const name of [priceMetrics.pricesDropped, priceMetrics.fallbackUsed, priceMetrics.historyFailures])
      put(custom, name, 0)
    put(custom, priceMetrics.priceAge, 0)
  }
}
