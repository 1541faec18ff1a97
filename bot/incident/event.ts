import type { ConsequenceWhen } from '../../common/alarms.ts'
import type { RemedyName } from '../remedy/remedies.ts'
import type { Subject } from '../remedy/remedy.ts'
import type { AlarmChange } from './alarm-record.ts'
import type { Evidence } from './evidence.ts'
import type { Audience, Beside } from './mail.ts'
import type { Direction, RemedyAsk, RemedyResult } from './remedy.ts'
import type { Report, ReportedService } from './report.ts'
import type { RollbackResult } from './rollback.ts'

/** What came of an effect. */
export type Outcome =
  | { is: 'done' }
  /** The root message stands in Slack, drawn from this look. */
  | { is: 'shown'; channel: string; ts: string; look: number }
  /** A card stands in Slack, drawn from this look of its own. */
  | { is: 'card-shown'; card: string; channel: string; ts: string; look: number }
  /** Who is in a group, by their ids. */
  | { is: 'people'; users: string[] }
  /** One part of the draft of a postmortem stands in the thread, of so many that there are. */
  | { is: 'draft-posted'; part: number; parts: number }
  /** Slack will not take it, today or ever. */
  | { is: 'undeliverable'; why: string }
  | { is: 'evidence'; evidence: Evidence }
  | { is: 'rollback'; result: RollbackResult }
  | { is: 'remedy'; result: RemedyResult }
  /** Whether the person has the secret of a new key in front of them. */
  | { is: 'key-shown'; shown: boolean }

/** Everything that can happen to an incident. Each event carries its own time (`at`, domain time). */
export type IncidentEvent =
  | { type: 'alarm-changed'; at: string; service: string; alarm: AlarmChange }
  /** An alarm of another service, `service`, that may follow from this incident. */
  | { type: 'consequence-offered'; at: string; service: string; when: ConsequenceWhen; alarm: AlarmChange }
  /** The incident of service `to` has taken an alarm, by its name, that this one explains no longer. */
  | { type: 'consequence-moved'; at: string; alarm: string; to: string }
  | { type: 'deployment-changed'; at: string; deployment: string; state: string }
  | { type: 'reported'; at: string; service: ReportedService; report: Report }
  | { type: 'customer-reported'; at: string; by: string; press: string }
  | { type: 'step-ticked'; at: string; by: string; step: string; text: string; done: boolean }
  | { type: 'acknowledged'; at: string; by: string }
  /** Somebody else becomes the owner. */
  | { type: 'taken-over'; at: string; by: string }
  /** The owner answers a reminder. */
  | { type: 'still-on-it'; at: string; by: string }
  | { type: 'hold-asked'; at: string; by: string; reason: string; press: string }
  | { type: 'rollback-opened'; at: string; by: string; role: 'api' | 'updater'; viewId: string; hash: string }
  | { type: 'rollback-asked'; at: string; by: string; ask: RollbackAsk }
  | {
      type: 'remedy-opened'
      at: string
      by: string
      name: RemedyName
      direction: Direction
      subject?: Subject
      viewId: string
      hash: string
    }
  | { type: 'remedy-asked'; at: string; by: string; ask: RemedyAsk }
  /** Somebody wants to see the secret of the key `key`, in the modal that is open now. */
  | { type: 'key-opened'; at: string; by: string; key: string; viewId: string; hash: string }
  /** Somebody publishes what customers are told of it, in both languages. */
  | { type: 'customers-told'; at: string; by: string; press: string; en: string; ja: string }
  | { type: 'escalation-asked'; at: string; by: string; reason: string; to: 2 | 3 }
  | { type: 'resolve-asked'; at: string; by: string }
  | { type: 'minute-passed'; at: string; slackTook?: SlackTook }
  /** What no mail has told yet, up to `until`, is told by these mails, or by the mail of the incident `toldWith`. */
  | {
      type: 'mail-due'
      at: string
      until: string
      mails: readonly { audience: Audience; beside?: Beside[]; more?: number }[]
      toldWith?: string
    }
  | { type: 'postmortem-asked'; at: string; by: string }
  | { type: 'action-item-added'; at: string; by: string; press: string; text: string; who?: string; due?: string }
  | { type: 'action-item-ticked'; at: string; by: string; item: string; done: boolean }
  | { type: 'effect-done'; at: string; effect: string; outcome: Outcome }

/** When each channel last took a new message, in domain time, as far as it is known. */
export interface SlackTook {
  alerts?: string
  dev?: string
  incidents?: string
}

export interface RollbackAsk {
  /** Tells one press from another, so that a delivery repeated by Slack asks once. */
  id: string
  role: 'api' | 'updater'
  from: string
  to: string
  /** The RevisionId that the person saw when the modal was filled. */
  aliasRevision: string
  /** The alias as it was read at the click, where that was possible in time. */
  now?: { version: string; weights: Record<string, number>; revisionId: string }
}
