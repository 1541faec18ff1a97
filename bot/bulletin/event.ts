import type { AlarmChange } from '../incident/alarm-record.ts'
import type { Role } from '../incident/logged-change.ts'
import type { DeploymentReading, IncidentLink, TakenBack } from './deployment.ts'
import type { DigestFacts } from './digest.ts'
import type { Silenced } from './silence.ts'

/** What came of an effect of a bulletin. */
export type BulletinOutcome =
  /** The message stands in Slack, drawn from this look. */
  | { is: 'shown'; channel: string; ts: string; look: number }
  | { is: 'read'; reading: DeploymentReading }
  /** It was struck off before its performer came to it. */
  | { is: 'done' }

/** Everything that can happen to a bulletin. Each event carries its own time (`at`, domain time). */
export type BulletinEvent =
  /** CodeDeploy announced a state; without one, something about the deployment is worth a look. */
  | { type: 'deployment-changed'; at: string; role: Role; deployment: string; state?: string }
  /** An incident knows of the deployment, or has taken it back. */
  | {
      type: 'incident-told'
      at: string
      role: Role
      deployment: string
      incident: IncidentLink
      takenBack?: TakenBack
    }
  /** A week is over and was counted. */
  | { type: 'week-passed'; at: string; facts: DigestFacts }
  | {
      type: 'silence-asked'
      at: string
      of: Silenced
      reason: string
      by: string
      press: string
      until: string
    }
  | { type: 'alarm-silenced'; at: string; service: string; alarm: AlarmChange }
  /** `press` is that of the silence that is meant. */
  | { type: 'silence-end-asked'; at: string; by: string; press: string }
  /** Whatever rang at the end of a silence is with these incidents, by alarm. */
  | { type: 'silence-handed-on'; at: string; press: string; incidents: Readonly<Record<string, string>> }
  | { type: 'minute-passed'; at: string }
  | { type: 'effect-done'; at: string; effect: string; outcome: BulletinOutcome }
