import { isBefore, minutes, msBetween } from '../../common/time.ts'
import { type Deployment, isUnderWay } from './evidence.ts'
import type { Health } from './health.ts'
import type { Incident } from './incident.ts'

export type Met = 'met' | 'not-met' | 'not-known'

/** A criterion of the runbook for a rollback without an automatic one, with the numbers that it was judged by. */
export type Criterion =
  /** `waitMinutes`: CodeDeploy has so long still. `taken`: it has begun to take the version back by itself. */
  | { criterion: 'just-deployed'; is: Met; minutesAfter?: number; waitMinutes?: number; taken?: true }
  | { criterion: 'errors'; is: Met; calls?: number; percent?: number }
  | { criterion: 'p95'; is: Met; now?: number; before?: number }
  | { criterion: 'complaints'; is: Met; count?: number }

/** What the criteria are judged by. What could not be read is absent. */
export interface AdviceFacts {
  deployment?: Deployment | undefined
  alarmAt: string
  now: string
  health?: Health | undefined
  automatic?: Incident['automaticRollback'] | undefined
  /** How many customers have written in since the alarm, as far as somebody counts them. */
  complaints?: number | undefined
}

/** The numbers of `docs/runbook/en/rollback.md`. */
export const runbookLimits = {
  justDeployed: minutes(10),
  automaticHas: minutes(3),
  errorPercent: 3,
  p95Times: 2,
  /** Of fewer, one failure would be a percentage that says nothing. */
  leastRequests: 20,
} as const

/** CodeDeploy's own rollback comes first: until it has had its time, nothing that is met calls for one by hand. */
export const comesFirst = (criterion: Criterion): boolean =>
  criterion.criterion === 'just-deployed' && (criterion.waitMinutes !== undefined || criterion.taken === true)

/** Each criterion of the runbook, in its order. A rollback is advised as soon as one is met. */
export const rollbackAdvice = (facts: AdviceFacts): Criterion[] => [
  justDeployed(facts),
  errorRate(facts),
  responseTime(facts),
  complaining(facts),
]

/** The alarm came within ten minutes of the deployment, and the automatic rollback has had its time, or no chance any more. */
function justDeployed({ deployment, alarmAt, now, automatic }: AdviceFacts): Criterion {
  const criterion = 'just-deployed'
  if (!deployment) return { criterion, is: 'not-known' }
  const { createdAt, completedAt = createdAt } = deployment
  if (isBefore(alarmAt, createdAt)) return { criterion, is: 'not-met' }
  const after = Math.max(0, msBetween(completedAt, alarmAt))
  const minutesAfter = Math.floor(after / minutes(1))
  if (after > runbookLimits.justDeployed) return { criterion, is: 'not-met', minutesAfter }
  if (automatic && automatic.state !== 'failed') return { criterion, is: 'not-met', minutesAfter, taken: true }
  // CodeDeploy takes back only what it is deploying: once that has ended, waiting for it would be waiting for nothing.
  const wait = isUnderWay(deployment) ? runbookLimits.automaticHas - msBetween(alarmAt, now) : 0
  if (wait <= 0 || automatic) return { criterion, is: 'met', minutesAfter }
  return { criterion, is: 'not-met', minutesAfter, waitMinutes: Math.ceil(wait / minutes(1)) }
}

function errorRate({ health }: AdviceFacts): Criterion {
  const criterion = 'errors'
  if (!health) return { criterion, is: 'not-known' }
  const { calls, errors } = health
  if (calls < runbookLimits.leastRequests) return { criterion, is: 'not-known', calls }
  const percent = (100 * errors) / calls
  return { criterion, is: percent >= runbookLimits.errorPercent ? 'met' : 'not-met', calls, percent }
}

function responseTime({ health }: AdviceFacts): Criterion {
  const criterion = 'p95'
  const { p95: now, before, requests = 0 } = health ?? {}
  const known = { ...(now !== undefined && { now }), ...(before && { before: before.p95 }) }
  if (now === undefined || !before || requests < runbookLimits.leastRequests)
    return { criterion, is: 'not-known', ...known }
  return { criterion, is: now >= runbookLimits.p95Times * before.p95 ? 'met' : 'not-met', ...known }
}

/** Before the incident nobody wrote in because of it, so the first is more. */
function complaining({ complaints }: AdviceFacts): Criterion {
  const criterion = 'complaints'
  if (complaints === undefined) return { criterion, is: 'not-known' }
  return { criterion, is: complaints > 0 ? 'met' : 'not-met', count: complaints }
}
