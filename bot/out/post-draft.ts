import { draftMessages } from '../message/draft-messages.ts'
import type { Names } from '../message/markdown.ts'
import type { CardDeps } from './cards.ts'
import type { Performed, Task } from './perform.ts'
import { post } from './post-once.ts'

/** People are shown by their ids: nobody has asked Slack for their names. */
const names: Names = new Map()

/** Posts one part of the postmortem's draft into the thread, and says how many parts there are. */
export async function postDraft(deps: CardDeps, task: Task, part: number): Promise<Performed> {
  const { incident } = task
  if (!incident.message) return { is: 'later', inMs: 2_000, because: 'the root message is not up yet' }
  const parts = draftMessages(incident, deps.look, names)
  const outcome = { is: 'draft-posted', part, parts: parts.length } as const
  const message = parts[part - 1]
  // The record has become shorter since the part before it.
  if (!message) return { is: 'performed', outcome }
  const { channel, ts: thread } = incident.message
  const posted = await post(deps, task, { channel, pace: deps.channels.alerts, thread, message })
  return posted.is === 'performed' && posted.outcome.is === 'done' ? { ...posted, outcome } : posted
}
