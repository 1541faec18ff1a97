import { isPublic } from '../../common/incident-record.ts'
import { noted } from './change.ts'
import type { Verdict } from './decide.ts'
import type { IncidentEvent } from './event.ts'
import type { Incident } from './incident.ts'

/** What is told takes the place of what was told before. The price API reads it from the record. */
export function whenCustomersTold(
  incident: Incident,
  { at, by, press, en, ja }: Extract<IncidentEvent, { type: 'customers-told' }>,
): Verdict {
  if (incident.notice?.press === press) return 'already-done'
  if (incident.status === 'resolved') return 'already-resolved'
  if (!isPublic(incident)) return 'not-public'
  return {
    because: 'customers were told',
    incident: noted({ ...incident, notice: { en, ja, by, at, press } }, { at, what: 'customers-told', by, about: en }),
    effects: [{ kind: 'reply', say: { say: 'customers-told', by, en, ja } }],
  }
}
