import { minutes, msBetween } from '../../common/time.ts'
import { type Commits, commitsBetween } from './commits.ts'
import type { Deployment, FunctionEvidence, Version } from './evidence.ts'
import { isUnderWay } from './evidence.ts'
import type { RollbackRefusal } from './say.ts'

export type Suspicion = 'likely' | 'possible' | 'unlikely'

/** What a rollback would do, or why there is none to offer. */
export type RollbackPlan =
  | {
      possible: true
      role: 'api' | 'updater'
      from: string
      to: string
      aliasRevision: string
      verdict: Suspicion
      /** The deployment at fault, when CodeDeploy still knows it. */
      deployment?: Deployment
      /** From the start of that deployment to the alarm; negative when the alarm came first. */
      minutesBefore?: number
      /** The version that goes away. */
      current: Version
      /** Every version after the target up to the current one, newest first: the commits that go away. */
      goesAway: Version[]
      /** The commits of both versions, where they are known. */
      commits?: Commits
      /** A deployment that has to be stopped first. */
      underWay?: Deployment
      /** Other versions that a person may pick instead, newest first. */
      others: string[]
    }
  | {
      possible: false
      why: RollbackRefusal
      now?: string
      to?: string
      /** The version that CodeDeploy has taken back by itself. */
      undone?: Version
    }

const likelyWithin = minutes(30)
const possibleWithin = minutes(24 * 60)

const oneLess: Readonly<Record<Suspicion, Suspicion>> = {
  likely: 'possible',
  possible: 'unlikely',
  unlikely: 'unlikely',
}

/**
 * How likely a change is the cause, by time and by whose it is: likely when the alarm came within 30 minutes after the
 * change began, possible within a day or when nobody knows when it was, else unlikely. A change of the other function than
 * the one whose alarm rings counts one step less.
 */
export function verdictOf(changedAt: string | undefined, alarmAt: string, isOfOther = false): Suspicion {
  const byTime = suspicionByTime(changedAt, alarmAt)
  return isOfOther ? oneLess[byTime] : byTime
}

function suspicionByTime(changedAt: string | undefined, alarmAt: string): Suspicion {
  if (changedAt === undefined) return 'possible'
  const after = msBetween(changedAt, alarmAt)
  if (after < 0) return 'unlikely'
  if (after <= likelyWithin) return 'likely'
  return after <= possibleWithin ? 'possible' : 'unlikely'
}

/** Versions that a rollback has moved away from, by us or by CodeDeploy: never a target again. */
function abandoned(evidence: FunctionEvidence): Set<string> {
  const undone = evidence.deployments
    .filter((deployment) => deployment.undoes !== undefined && deployment.status === 'Succeeded')
    .flatMap((deployment) => evidence.deployments.find((other) => other.id === deployment.undoes)?.to ?? [])
  return new Set([...evidence.left, ...undone])
}

/** Finds the deployment at fault and the version that `live` pointed at before it. */
export function planRollback(role: 'api' | 'updater', evidence: FunctionEvidence, alarmAt: string): RollbackPlan {
  const { alias, deployments, versions } = evidence
  const serving = new Set([alias.version, ...Object.keys(alias.weights)])
  const own = deployments.filter((deployment) => deployment.undoes === undefined)
  // A deployment shortly before the alarm is the one to suspect. When CodeDeploy has undone it, an older one is innocent.
  const [newest] = own
  const isUndone = deployments.some(({ undoes, status }) => undoes === newest?.id && status === 'Succeeded')
  if (
    newest?.to !== undefined &&
    isUndone &&
    !serving.has(newest.to) &&
    verdictOf(newest.createdAt, alarmAt) === 'likely'
  ) {
    const undone = versions.find(({ version }) => version === newest.to) ?? { version: newest.to }
    return { possible: false, why: 'already-undone', now: alias.version, undone }
  }
  const atFault = own.find((deployment) => deployment.to !== undefined && serving.has(deployment.to))
  const from = atFault?.to ?? alias.version
  const left = abandoned(evidence)
  const allowed = (version: string) =>
    !left.has(version) && version !== from && (version !== alias.version || Object.keys(alias.weights).length > 0)
  const since = atFault ? own.indexOf(atFault) : 0
  const known = own.slice(since).flatMap((deployment) => deployment.from ?? [])
  const older = versions.map(({ version }) => version).filter((version) => Number(version) < Number(from))
  const candidates = [...known, ...(known.length > 0 ? [] : older)].filter(allowed)
  const [to] = candidates
  if (to === undefined) return { possible: false, why: 'no-previous-version', now: alias.version }
  // An older one would be a guess. Going further back than the deployment at fault is for a person to decide.
  if (!versions.some(({ version }) => version === to)) {
    return { possible: false, why: 'target-missing', now: alias.version, to }
  }
  const underWay = deployments.find(isUnderWay)
  const commits = commitsBetween(versions, from, to)
  return {
    possible: true,
    role,
    from,
    to,
    aliasRevision: alias.revisionId,
    verdict: verdictOf(atFault?.createdAt, alarmAt),
    ...(atFault && { deployment: atFault, minutesBefore: Math.round(msBetween(atFault.createdAt, alarmAt) / 60_000) }),
    current: versions.find(({ version }) => version === from) ?? { version: from },
    goesAway: versions.filter(({ version }) => Number(version) > Number(to) && Number(version) <= Number(from)),
    ...(commits && { commits }),
    ...(underWay && { underWay }),
    others: versions.map(({ version }) => version).filter((version) => version !== to && !serving.has(version)),
  }
}
