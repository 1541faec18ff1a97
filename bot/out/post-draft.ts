import type { Incident } from '../incident/incident.ts'
import { draftMessages } from '../message/draft-messages.ts'
import type { CardDeps } from './cards.ts'
import type { PeopleNames } from './people-names.ts'
import type { Performed, Task } from './perform.ts'
import { post } from './post-once.ts'

export interface DraftDeps extends CardDeps {
  personNames: Pick<PeopleNames, 'of'>
}

/** Everybody the draft may speak of. */
function peopleIn({ owner, timeline, rollback, remedies = [], postmortem }: Incident): string[] {
  const actions = postmortem?.actions.flatMap(({ who, by }) => [who, by]) ?? []
  const all = [owner?.user, ...timeline.map(({ by }) => by), rollback?.by, ...remedies.map(({ by }) => by), ...actions]
  return [...new Set(all.filter((user) => user !== undefined))]
}

/** Posts one part of the postmortem's draft into the thread, and says how many parts there are. */
export async function postDraft(deps: DraftDeps, task: Task, part: number): Promise<Performed> {
  const { incident } = task
  if (!incident.message) return { is: 'later', inMs: 2_000, because: 'the root message is not up yet' }
  const names = await deps.personNames.of(peopleIn(incident))
  const parts = draftMessages(incident, deps.look, names)
  const outcome = { is: 'draft-posted', part, parts: parts.length } as const
  const message = parts[part - 1]
  // The record has become shorter since the part before it.
  if (!message) return { is: 'performed', outcome }
  const { channel, ts: thread } = incident.message
  const posted = await post(deps, task, { channel, pace: deps.channels.alerts, thread, message })
  return posted.is === 'performed' && posted.outcome.is === 'done' ? { ...posted, outcome } : posted
}
