import * as z from 'zod'
import { moment } from '../../common/time.ts'
import { handle } from '../flow.ts'
import { serviceOf } from '../incident/incident.ts'
import { Direction } from '../incident/remedy.ts'
import { remedyRefusal } from '../incident/when-remedy-asked.ts'
import { answer } from '../message/answers.ts'
import type { RemedyPress } from '../message/remedy-buttons.ts'
import { loadingRemedyModal } from '../message/remedy-modal.ts'
import { refusalModal } from '../message/rollback-modal.ts'
import { permitted } from '../out/slack-people.ts'
import { RemedyName } from '../remedy/remedies.ts'
import { Value, Write } from '../remedy/remedy.ts'
import { admit, notAllowed, openModal, type Press, type SlackDoorDeps } from './slack-listeners.ts'
import { guarded, ignoredSentence, type Submission } from './slack-submissions.ts'

const Metadata = z.object({
  incident: z.string().min(1),
  name: RemedyName,
  direction: Direction,
  plan: z.object({ from: Value, to: Value, write: Write }).optional(),
})

/** The modal opens at once, from the record alone; the evidence performer reads the settings and fills it. */
export async function openRemedy(deps: SlackDoorDeps, press: Press, { name, direction }: RemedyPress): Promise<void> {
  const incident = await admit(deps, press, 'remedy')
  if (!incident) return
  const against = remedyRefusal(incident, name, direction)
  if (against) {
    await openModal(deps, press, refusalModal(answer(against, incident, deps.look), deps.look))
    return
  }
  const opened = await openModal(deps, press, loadingRemedyModal(incident, deps.look, name))
  if (!opened) return
  const at = moment(deps.clock.now())
  const ref = { service: serviceOf(incident.id), id: incident.id }
  await handle(deps, ref, [{ type: 'remedy-opened', at, by: press.user, name, direction, ...opened }])
}

/** Decides a confirmed remedy or undo; answers the sentence of a refusal, nothing when it is under way. */
export async function confirmRemedy(deps: SlackDoorDeps, { user, view }: Submission): Promise<string | undefined> {
  return guarded(deps, async () => {
    const { incident: id, name, direction, plan } = Metadata.parse(JSON.parse(view.private_metadata))
    const may = await deps.permissions.may(user, 'remedy')
    if (may !== 'yes') {
      deps.log.info('a remedy was refused', { user, why: notAllowed[may], incident: id })
      return answer(notAllowed[may], undefined, deps.look, permitted.remedy)
    }
    const at = moment(deps.clock.now())
    const ask = { press: view.id, name, direction, ...(plan && { plan }) }
    const event = { type: 'remedy-asked', at, by: user, ask } as const
    const { decisions, incident } = await handle(deps, { service: serviceOf(id), id }, [event])
    return ignoredSentence(deps, decisions[0], incident)
  })
}
