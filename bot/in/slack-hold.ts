import * as z from 'zod'
import { moment } from '../../common/time.ts'
import { handle } from '../flow.ts'
import type { Ignored } from '../incident/decide.ts'
import { serviceOf } from '../incident/incident.ts'
import { nextCall } from '../incident/when-owner-acts.ts'
import { answer } from '../message/answers.ts'
import { holdModal } from '../message/hold-modal.ts'
import { permitted } from '../out/slack-people.ts'
import { admit, notAllowed, openModal, type Press, type SlackDoorDeps, whisper } from './slack-listeners.ts'
import { guarded, ignoredSentence, type Submission } from './slack-submissions.ts'

/** Asks for the reason, if there is anything to hold. */
export async function openHold(deps: SlackDoorDeps, press: Press): Promise<void> {
  const incident = await admit(deps, press, 'hold')
  if (!incident) return
  const look = await press.look
  if (incident.status === 'resolved' || nextCall(incident) === undefined) {
    const why: Ignored = incident.status === 'resolved' ? 'already-resolved' : 'nothing-to-hold'
    await whisper(deps, press, answer(why, incident, look))
    return
  }
  await openModal(deps, press, holdModal(incident, look, JSON.stringify({ incident: incident.id })))
}

const Metadata = z.object({ incident: z.string().min(1) })
const Reason = z.object({
  values: z.object({ reason: z.object({ text: z.object({ value: z.string().trim().min(1) }) }) }),
})

/** Decides a hold with its reason. */
export async function confirmHold(deps: SlackDoorDeps, submission: Submission): Promise<string | undefined> {
  const { user, look, view } = submission
  return guarded(deps, submission, async () => {
    const { incident: id } = Metadata.parse(JSON.parse(view.private_metadata))
    const reason = Reason.parse(view.state).values.reason.text.value
    const may = await deps.permissions.may(user, 'hold')
    if (may !== 'yes') return answer(notAllowed[may], undefined, await look, permitted.hold)
    const event = { type: 'hold-asked', at: moment(deps.clock.now()), by: user, reason, press: view.id } as const
    const { decisions, incident } = await handle(deps, { service: serviceOf(id), id }, [event])
    return ignoredSentence(await look, decisions[0], incident)
  })
}
