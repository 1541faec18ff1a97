import * as z from 'zod'
import { moment } from '../../common/time.ts'
import { handle } from '../flow.ts'
import type { Ignored } from '../incident/decide.ts'
import { serviceOf } from '../incident/incident.ts'
import { longestActionText, mostActions } from '../incident/postmortem.ts'
import { actionModal } from '../message/action-modal.ts'
import { answer } from '../message/answers.ts'
import { words } from '../message/look.ts'
import { permitted } from '../out/slack-people.ts'
import { admit, notAllowed, openModal, type Press, type SlackDoorDeps, whisper } from './slack-listeners.ts'
import { guarded, type InputErrors, ignoredSentence, type Submission } from './slack-submissions.ts'

/** Asks what is to be done, if there is room for it. */
export async function openAction(deps: SlackDoorDeps, press: Press): Promise<void> {
  const incident = await admit(deps, press, 'postmortem')
  if (!incident) return
  const look = await press.look
  const { postmortem } = incident
  if (!postmortem || postmortem.actions.length >= mostActions) {
    const why: Ignored = postmortem ? 'too-many-actions' : 'no-postmortem'
    await whisper(deps, press, answer(why, incident, look))
    return
  }
  await openModal(deps, press, actionModal(incident, look, JSON.stringify({ incident: incident.id })))
}

const Metadata = z.object({ incident: z.string().min(1) })
const Filled = z.object({
  values: z.object({
    what: z.object({ text: z.object({ value: z.string().trim().min(1).max(longestActionText) }) }),
    who: z.object({ user: z.object({ selected_user: z.string().min(1).nullish() }) }),
    due: z.object({ day: z.object({ value: z.string().trim().nullish() }) }),
  }),
})

/** Adds the action item; a day that is none is refused where it was typed. */
export async function confirmAction(
  deps: SlackDoorDeps,
  submission: Submission,
): Promise<string | InputErrors | undefined> {
  const { user, look, view } = submission
  let errors: InputErrors | undefined
  const refused = await guarded(deps, submission, async () => {
    const { incident: id } = Metadata.parse(JSON.parse(view.private_metadata))
    const { what, who, due } = Filled.parse(view.state).values
    const day = due.day.value || undefined
    if (day !== undefined && !z.iso.date().safeParse(day).success) {
      errors = { due: words(await look).postmortem.modal.badDue }
      return undefined
    }
    const may = await deps.permissions.may(user, 'postmortem')
    if (may !== 'yes') return answer(notAllowed[may], undefined, await look, permitted.postmortem)
    const { selected_user: given } = who.user
    const item = { text: what.text.value, ...(given && { who: given }), ...(day !== undefined && { due: day }) }
    const at = moment(deps.clock.now())
    const event = { type: 'action-item-added', at, by: user, press: view.id, ...item } as const
    const { decisions, incident } = await handle(deps, { service: serviceOf(id), id }, [event])
    return ignoredSentence(await look, decisions[0], incident)
  })
  return errors ?? refused
}
