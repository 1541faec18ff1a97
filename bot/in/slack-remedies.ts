import * as z from 'zod'
import { moment } from '../../common/time.ts'
import { handle } from '../flow.ts'
import { serviceOf } from '../incident/incident.ts'
import { Direction } from '../incident/remedy.ts'
import { remedyOf, remedyRefusal } from '../incident/when-remedy-asked.ts'
import { answer } from '../message/answers.ts'
import type { RemedyPress } from '../message/remedy-buttons.ts'
import { loadingRemedyModal } from '../message/remedy-modal.ts'
import { refusalModal } from '../message/rollback-modal.ts'
import { loadingKeyModal } from '../message/show-key-modal.ts'
import { permitted } from '../out/slack-people.ts'
import { RemedyName, remedyNamed } from '../remedy/remedies.ts'
import { Subject, Value } from '../remedy/remedy.ts'
import { Write } from '../remedy/write.ts'
import { admit, notAllowed, openModal, type Press, type SlackDoorDeps } from './slack-listeners.ts'
import { maintenanceAction, openMaintenance } from './slack-managers.ts'
import { guarded, ignoredSentence, type Submission } from './slack-submissions.ts'

const Metadata = z.object({
  incident: z.string().min(1),
  name: RemedyName,
  direction: Direction,
  subject: Subject.optional(),
  plan: z.object({ from: Value, to: Value, write: Write }).optional(),
})

/** The modal opens at once, from the record alone; a performer reads the world and fills it. */
export async function openRemedy(deps: SlackDoorDeps, press: Press, pressed: RemedyPress): Promise<void> {
  const { name, direction } = pressed
  if (name === 'maintenance-mode') return openMaintenance(deps, press, direction)
  const incident = await admit(deps, press, 'remedy')
  if (!incident) return
  const look = await press.look
  const against = remedyRefusal(incident, name, direction, pressed.subject)
  if (against) {
    await openModal(deps, press, refusalModal(answer(against, incident, look), look))
    return
  }
  const opened = await openModal(deps, press, loadingRemedyModal(incident, look, name))
  if (!opened) return
  const at = moment(deps.clock.now())
  const ref = { service: serviceOf(incident.id), id: incident.id }
  // A new key is about the key that was disabled before; an undo is about what it undoes.
  const known = remedyOf(incident, direction === 'undo' ? name : 'disable-key', pressed.subject)
  const subject = pressed.subject === undefined ? undefined : known?.subject
  await handle(deps, ref, [
    { type: 'remedy-opened', at, by: press.user, name, direction, ...(subject && { subject }), ...opened },
  ])
}

const PickedKey = z.object({
  values: z.object({
    key: z.object({
      id: z.object({
        selected_option: z.object({ value: z.string().min(1), text: z.object({ text: z.string() }) }),
      }),
    }),
  }),
})

/** The key that a person picked, and what was shown of it. */
function pickedKey(state: unknown): Subject {
  const { value, text } = PickedKey.parse(state).values.key.id.selected_option
  return Subject.parse({ id: value, label: text.text.slice(0, 60) })
}

/** Decides a confirmed remedy or undo; answers the sentence of a refusal, nothing when it is under way. */
export async function confirmRemedy(deps: SlackDoorDeps, submission: Submission): Promise<string | undefined> {
  const { user, look, view } = submission
  return guarded(deps, submission, async () => {
    const { incident: id, name, direction, ...told } = Metadata.parse(JSON.parse(view.private_metadata))
    const isPicked = direction === 'apply' && remedyNamed(name).about === 'picked-key'
    const subject = isPicked ? pickedKey(view.state) : told.subject
    const action = name === 'maintenance-mode' ? maintenanceAction(direction) : 'remedy'
    const may = await deps.permissions.may(user, action)
    if (may !== 'yes') {
      deps.log.info('a remedy was refused', { user, why: notAllowed[may], incident: id })
      return answer(notAllowed[may], undefined, await look, permitted[action])
    }
    const at = moment(deps.clock.now())
    const plan = isPicked && subject ? planFor(name, subject) : told.plan
    const ask = { press: view.id, name, direction, ...(subject && { subject }), ...(plan && { plan }) }
    const event = { type: 'remedy-asked', at, by: user, ask } as const
    const { decisions, incident } = await handle(deps, { service: serviceOf(id), id }, [event])
    return ignoredSentence(await look, decisions[0], incident)
  })
}

/** Only keys that the gateway takes could be picked; whether one still is, is looked at before it is changed. */
function planFor(name: RemedyName, { id, label }: Subject) {
  const plan = remedyNamed(name).plan({ keys: [{ id, name: label, enabled: true }] }, { id, label })
  return plan.possible ? { from: plan.from, to: plan.to, write: plan.write } : undefined
}

/** The secret of a new key, for the person who asked for it. The modal opens empty; the performer of keys fills it. */
export async function openNewKey(deps: SlackDoorDeps, press: Press, key: string): Promise<void> {
  const incident = await admit(deps, press, 'remedy')
  if (!incident) return
  const opened = await openModal(deps, press, loadingKeyModal(await press.look))
  if (!opened) return
  const at = moment(deps.clock.now())
  const ref = { service: serviceOf(incident.id), id: incident.id }
  const { decisions } = await handle(deps, ref, [{ type: 'key-opened', at, by: press.user, key, ...opened }])
  const refused = ignoredSentence(await press.look, decisions[0], incident)
  if (refused === undefined) return
  const view = refusalModal(refused, await press.look)
  await deps.slack.call('views.update', { view_id: opened.viewId, hash: opened.hash, view })
}
