import { noted } from './change.ts'
import type { Complaints } from './complaints.ts'
import type { Verdict } from './decide.ts'
import type { IncidentEvent } from './event.ts'
import type { Incident } from './incident.ts'

const keptPresses = 10

/** One more customer has told of it: counted by whoever took the call. */
export function whenCustomerReported(
  incident: Incident,
  { at, by, press }: Extract<IncidentEvent, { type: 'customer-reported' }>,
): Verdict {
  if (incident.status === 'resolved') return 'already-resolved'
  const known = incident.complaints
  if (known?.presses.includes(press)) return 'already-done'
  const count = (known?.count ?? 0) + 1
  const complaints: Complaints = {
    count,
    since: known?.since ?? at,
    last: { by, at },
    presses: [...(known?.presses ?? []), press].slice(-keptPresses),
  }
  return {
    because: 'a customer told of it',
    incident: noted({ ...incident, complaints }, { at, what: 'customer-reported', by }),
    effects: [{ kind: 'show' }, { kind: 'reply', say: { say: 'customer-reported', by, count } }],
  }
}
