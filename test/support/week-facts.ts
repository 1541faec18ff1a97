import type { Severity } from '../../common/alarms.ts'

/** Milliseconds since 1970: the judge of a week counts by itself. */
export type Ms = number

/** What somebody does, or what the world shows. Nothing in it tells what was decided about it. */
export type Fact = { at: Ms } & (
  | {
      is: 'alarm'
      alarm: string
      severity: Severity
      state: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA'
      /** When CloudWatch says that it changed; news of it come later, and not in order. */
      changed: Ms
    }
  | { is: 'acknowledges' | 'takes over' | 'holds' | 'says still on it' | 'closes'; by: string }
  | { is: 'escalates'; by: string; to: 2 | 3 }
  | { is: 'asks for a rollback'; by: string }
  | { is: 'the rollback goes on'; found: Found }
  /** The sweep of a minute measures an alarm. */
  | { is: 'is measured'; alarm: string; value: number; minute: Ms }
  | { is: 'the automatic rollback failed' }
  | { is: 'a customer complains'; by: string }
  | { is: 'stops the service' | 'lets the service go on'; by: string }
  | { is: 'a minute passes' }
)

/**
 * What the step of a rollback that is on its way finds: AWS refuses it; something else is under way; it is done, with few
 * requests since; there were none; the numbers are good; the numbers are bad.
 */
export type Found = 'refused' | 'busy' | 'done' | 'silence' | 'good' | 'bad'

/** Something that people notice, at its moment. */
export interface Call {
  at: Ms
  what: 'opens' | 'comes back' | 'reminder' | 'asked again' | 'is over' | 'level 2' | 'level 3'
  /** Why it went up: the reason that was given, or each that holds. */
  why?: readonly string[]
}
