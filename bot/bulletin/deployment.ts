import * as z from 'zod'
import { minutes, msBetween } from '../../common/time.ts'
import { Commits } from '../incident/commits.ts'
import { Role } from '../incident/logged-change.ts'

/** How far a deployment is; each member outranks those before it, so that what comes late takes nothing back. */
export const DeploymentStatus = z.enum(['created', 'started', 'succeeded', 'stopped', 'failed'])
export type DeploymentStatus = z.output<typeof DeploymentStatus>

/** CodeDeploy's own rollback: a deployment made by itself to undo another. */
export const Undo = z.object({
  deployment: z.string(),
  status: DeploymentStatus,
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
})
export type Undo = z.output<typeof Undo>

export const IncidentLink = z.object({
  id: z.string(),
  service: z.string(),
  /** The root message of the incident, once it is up. */
  message: z.object({ channel: z.string(), ts: z.string() }).optional(),
})
export type IncidentLink = z.output<typeof IncidentLink>

/** The rollback of an incident that moved the alias away from what was deployed. */
export const TakenBack = z.object({
  by: z.string(),
  from: z.string(),
  to: z.string(),
  at: z.iso.datetime(),
  outcome: z.enum(['verifying', 'helped', 'did-not-help', 'not-proven', 'failed']),
})
export type TakenBack = z.output<typeof TakenBack>

/** What is known of one deployment, and all that its message is drawn from. */
export const DeploymentFacts = z.object({
  kind: z.literal('deployment'),
  role: Role,
  deployment: z.string(),
  status: DeploymentStatus,
  /** CodeDeploy has been asked. Before that it may be one that undoes another, so nothing is shown. */
  asked: z.boolean(),
  from: z.string().optional(),
  to: z.string().optional(),
  commit: z.string().optional(),
  author: z.string().optional(),
  subject: z.string().optional(),
  commits: Commits.optional(),
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  /** The largest share of the traffic that the new version has had beside the old one, in percent. */
  canaryPercent: z.number().optional(),
  /** Why CodeDeploy ended it. */
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  /** The deployment that this one undoes. It is told in the message of that one. */
  undoes: z.string().optional(),
  undoneBy: Undo.optional(),
  incident: IncidentLink.optional(),
  takenBack: TakenBack.optional(),
  /** Nobody can say any more how it ended. */
  lost: z.boolean().optional(),
})
export type DeploymentFacts = z.output<typeof DeploymentFacts>

/** What CodeDeploy and Lambda answered. What could not be read is absent. */
export type DeploymentReading = { is: 'absent' } | ({ is: 'found' } & Seen)
type Seen = Partial<
  Pick<
    DeploymentFacts,
    | 'status'
    | 'from'
    | 'to'
    | 'commit'
    | 'author'
    | 'subject'
    | 'commits'
    | 'startedAt'
    | 'endedAt'
    | 'canaryPercent'
    | 'error'
    | 'undoes'
    | 'undoneBy'
  >
>

const rank = (status: DeploymentStatus): number => DeploymentStatus.options.indexOf(status)
const further = (a: DeploymentStatus, b: DeploymentStatus): DeploymentStatus => (rank(a) < rank(b) ? b : a)

/** The status that a state-change event tells of; undefined for one that says nothing new, such as READY. */
export function statusOfEvent(state: string | undefined): DeploymentStatus | undefined {
  switch (state) {
    case 'START':
      return 'started'
    case 'SUCCESS':
      return 'succeeded'
    case 'STOP':
      return 'stopped'
    case 'FAILURE':
      return 'failed'
    default:
      return undefined
  }
}

/** The same of a status as CodeDeploy answers it. */
export function statusOfAnswer(status: string): DeploymentStatus | undefined {
  switch (status) {
    case 'Created':
    case 'Queued':
      return 'created'
    case 'InProgress':
    case 'Baking':
    case 'Ready':
      return 'started'
    case 'Succeeded':
      return 'succeeded'
    case 'Stopped':
      return 'stopped'
    case 'Failed':
      return 'failed'
    default:
      return undefined
  }
}

export const hasEnded = ({ status }: { status: DeploymentStatus }): boolean => rank(status) > rank('started')

/** Takes in the status of an event; one that is known already, or came late, changes nothing. */
export const withStatus = (facts: DeploymentFacts, status: DeploymentStatus | undefined): DeploymentFacts => ({
  ...facts,
  status: status === undefined ? facts.status : further(facts.status, status),
})

/** Takes in a reading. Readings may come in any order: what was known stays unless more is known now. */
export function withReading(facts: DeploymentFacts, reading: DeploymentReading): DeploymentFacts {
  const { lost: _found, ...known } = facts
  if (reading.is === 'absent') return { ...known, asked: true, lost: true }
  const { is: _is, status, canaryPercent, undoneBy, ...seen } = reading
  const largest = Math.max(known.canaryPercent ?? 0, canaryPercent ?? 0)
  return {
    ...withStatus(known, status),
    ...seen,
    asked: true,
    ...(largest > 0 && { canaryPercent: largest }),
    ...(undoneBy && { undoneBy: withUndo(known.undoneBy, undoneBy) }),
  }
}

const withUndo = (known: Undo | undefined, seen: Undo): Undo =>
  known === undefined ? seen : { ...known, ...seen, status: further(known.status, seen.status) }

/**
 * Takes in what an incident tells. One whose rollback took the deployment back comes before one that only knows of
 * it, and the outcome of a rollback, once known, is not forgotten.
 */
export function withIncident(
  facts: DeploymentFacts,
  incident: IncidentLink,
  takenBack: TakenBack | undefined,
): DeploymentFacts {
  const isOther = facts.incident !== undefined && facts.incident.id !== incident.id
  if (isOther && (facts.takenBack !== undefined || takenBack === undefined)) return facts
  const message = incident.message ?? (isOther ? undefined : facts.incident?.message)
  const known = facts.takenBack
  const isOlder =
    known !== undefined &&
    (takenBack === undefined || takenBack.at < known.at || (takenBack.at === known.at && known.outcome !== 'verifying'))
  return {
    ...facts,
    incident: { ...incident, ...(message && { message }) },
    ...(takenBack && !isOlder && { takenBack }),
  }
}

/** CodeDeploy starts its own rollback a moment after the end of what it undoes. */
const undoBeginsWithin = minutes(10)

/** A deployment is told under its own name once CodeDeploy was asked, unless it undoes another one. */
export const isTold = ({ asked, undoes, lost, to }: DeploymentFacts): boolean =>
  asked && undoes === undefined && !(lost && to === undefined)

/** Nothing more will happen by itself, and how it ended has been read. */
export function isOver({ status, lost, endedAt, undoes, undoneBy }: DeploymentFacts, at: string): boolean {
  if (lost) return true
  if (!hasEnded({ status }) || endedAt === undefined) return false
  if (undoes !== undefined || status === 'succeeded') return true
  return undoneBy === undefined ? msBetween(endedAt, at) > undoBeginsWithin : hasEnded(undoneBy)
}
