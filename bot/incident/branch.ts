import { type AlarmName, alarmNamed } from '../../common/alarms.ts'
import { type ErrorKind, kindOf } from './error-kind.ts'
import type { Incident } from './incident.ts'
import { planRollback } from './rollback-plan.ts'
import type { AttemptFailure } from './upstream-seen.ts'
import { leadAlarm } from './when-rollback-asked.ts'

/** Why the evidence speaks for a case: numbers, or a deployment. */
export type BranchReason =
  | { is: 'deployed'; version: string; deployedAt: string }
  /** Most of something: `count` of `total`. `provider` and `key` say whose. */
  | { is: 'attempts'; count: number; total: number; provider: string }
  | { is: 'statuses'; count: number; total: number }
  | { is: 'errors'; count: number; total: number }
  | { is: 'requests-of-a-key'; count: number; total: number; key: string }

/** The case of a runbook that the evidence speaks for, and why. */
export interface LikelyBranch {
  /** By their ids; a runbook has at most one that is meant, the first it knows. */
  branches: readonly string[]
  because: BranchReason
}

type Find = (incident: Incident) => LikelyBranch | undefined

/**
 * Which case to read first: for each alarm the kinds of evidence that may say it, the strongest first. What was seen to
 * fail says more than the time of a deployment, except at the gateway, whose statuses do not tell who is at fault. Any other
 * alarm has its deployments alone.
 */
const finders: Readonly<Partial<Record<AlarmName, readonly Find[]>>> = {
  LambdaErrorAlarm: [byErrors, byDeployment],
  ApiGateway5xxAlarm: [byDeployment, byStatuses],
  ExternalApiErrorAlarm: [byAttempts, byDeployment],
  DynamoDBThrottleAlarm: [byKey],
}

/** Anything less certain leaves the order to the runbook. */
export function branchOf(incident: Incident): LikelyBranch | undefined {
  const listed = leadAlarm(incident)?.listed
  if (listed === undefined) return undefined
  for (const find of findersOf(listed)) {
    const found = find(incident)
    if (found) return found
  }
  return undefined
}

const findersOf = (name: string): readonly Find[] =>
  (Object.hasOwn(finders, name) ? finders[name as AlarmName] : undefined) ?? [byDeployment]

const fewest = 3
/** Clear is: more than half of all, and not of a handful. */
const isClear = (count: number, total: number, least = fewest): boolean => count >= least && 2 * count > total

const ofDeployments = ['after-deployment', 'code']

/** The deployment that still serves is the likely cause, by its time. */
function byDeployment(incident: Incident): LikelyBranch | undefined {
  const lead = leadAlarm(incident)
  const role = lead?.listed === undefined ? undefined : alarmNamed(lead.listed)?.rollback
  const found = role && incident.evidence?.functions[role]
  if (!found) return undefined
  const plan = planRollback(role, found, lead?.firedAt ?? incident.openedAt)
  if (!plan.possible || plan.verdict !== 'likely' || !plan.deployment) return undefined
  const because = { is: 'deployed', version: plan.from, deployedAt: plan.deployment.createdAt } as const
  return { branches: ofDeployments, because }
}

const caseOfAttempt: Readonly<Partial<Record<AttemptFailure, string>>> = {
  'rate-limited': '429',
  unavailable: '503',
  'timed-out': 'timeout',
  unreachable: 'timeout',
  refused: '401',
}

/** How most failed attempts at the price source ended. */
function byAttempts({ evidence }: Incident): LikelyBranch | undefined {
  const { upstream } = evidence?.errors ?? {}
  if (!upstream) return undefined
  const { provider, total, reasons } = upstream
  return clearest(
    reasons.map(({ reason, count }) => [caseOfAttempt[reason], count]),
    total,
    (count) => ({ is: 'attempts', count, total, provider }),
  )
}

/** Which status most failed requests were answered with. A case that the page does not have is none. */
function byStatuses({ evidence }: Incident): LikelyBranch | undefined {
  const { failed = 0, statuses = [] } = evidence?.requests ?? {}
  return clearest(
    statuses.map(({ status, count }) => [['502', '503', '504'].find((each) => each === String(status)), count]),
    failed,
    (count) => ({ is: 'statuses', count, total: failed }),
  )
}

/** Errors of our own code are a case only since a deployment, which is asked for next. */
const caseOfError: Readonly<Record<ErrorKind, string | undefined>> = {
  'external-api': 'external-api',
  table: 'table',
  timeout: 'timeout',
  code: undefined,
}

/** Where most errors of the API come from, of the most frequent ones. */
function byErrors({ evidence }: Incident): LikelyBranch | undefined {
  const shapes = (evidence?.errors?.top ?? []).filter(({ role, level }) => role === 'api' && level === 'error')
  const total = shapes.reduce((all, { count }) => all + count, 0)
  return clearest(
    shapes.map(({ sample, count }) => [caseOfError[kindOf(sample)], count]),
    total,
    (count) => ({ is: 'errors', count, total }),
  )
}

/** A quiet hour has few requests, and then one client has most of them. */
const fewestRequests = 20

function byKey({ evidence }: Incident): LikelyBranch | undefined {
  const { busiest, total = 0 } = evidence?.requests ?? {}
  if (!busiest || !isClear(busiest.count, total, fewestRequests)) return undefined
  return {
    branches: ['hot-partition'],
    because: { is: 'requests-of-a-key', count: busiest.count, total, key: busiest.key },
  }
}

function clearest(
  counted: readonly (readonly [branch: string | undefined, count: number])[],
  total: number,
  because: (count: number) => BranchReason,
): LikelyBranch | undefined {
  const sums = new Map<string, number>()
  for (const [branch, count] of counted) if (branch !== undefined) sums.set(branch, (sums.get(branch) ?? 0) + count)
  const [found] = [...sums].filter(([, count]) => isClear(count, total))
  return found && { branches: [found[0]], because: because(found[1]) }
}
