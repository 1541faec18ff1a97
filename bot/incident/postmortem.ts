import * as z from 'zod'
import { isBefore } from '../../common/time.ts'
import type { Incident } from './incident.ts'

/** More than this is a plan of its own, and not what one message can show. */
export const mostActions = 20
export const longestActionText = 200
export const longestWho = 60

/** Something to be done so that it does not happen again. `id` is the submission that added it. */
export const ActionItem = z.object({
  id: z.string().min(1),
  text: z.string().min(1).max(longestActionText),
  /** A Slack user id, or a name. */
  who: z.string().min(1).max(longestWho).optional(),
  /** A day, as in `2026-12-01`. */
  due: z.iso.date().optional(),
  at: z.iso.datetime(),
  by: z.string(),
  done: z.object({ at: z.iso.datetime(), by: z.string() }).optional(),
})
export type ActionItem = z.output<typeof ActionItem>

/** Who asked for the draft, the last time anybody did, and what is to be done. It stays when the incident comes back. */
export const Postmortem = z.object({
  at: z.iso.datetime(),
  by: z.string(),
  actions: z.array(ActionItem).max(mostActions),
})
export type Postmortem = z.output<typeof Postmortem>

/** The card in the thread that shows the action items. */
export const actionsCard = 'actions'

/** A draft that was asked for before the incident came back tells only half of it. */
export const hasDraft = ({ postmortem, resolved }: Pick<Incident, 'postmortem' | 'resolved'>): boolean =>
  postmortem !== undefined && !(resolved && isBefore(postmortem.at, resolved.at))
