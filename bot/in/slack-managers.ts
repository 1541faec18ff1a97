import * as z from 'zod'
import { isPublic } from '../../common/incident-record.ts'
import { moment } from '../../common/time.ts'
import { handle } from '../flow.ts'
import type { IncidentEvent } from '../incident/event.ts'
import { serviceOf } from '../incident/incident.ts'
import { longestNotice } from '../incident/notice.ts'
import type { Direction } from '../incident/remedy.ts'
import { remedyOf, remedyRefusal } from '../incident/when-remedy-asked.ts'
import { answer } from '../message/answers.ts'
import { customersModal } from '../message/customers-modal.ts'
import { liftModal, maintenanceModal } from '../message/maintenance-modal.ts'
import type { ManagerPress } from '../message/manager-buttons.ts'
import { refusalModal } from '../message/rollback-modal.ts'
import { type Action, permitted } from '../out/slack-people.ts'
import { maintenanceMinutes, maintenanceMode } from '../remedy/maintenance-mode.ts'
import { admit, notAllowed, openModal, type Press, type SlackDoorDeps } from './slack-listeners.ts'
import { guarded, ignoredSentence, type Submission } from './slack-submissions.ts'

/** What managers decide. */
export function managerPressed(deps: SlackDoorDeps, press: Press, { button }: ManagerPress): Promise<void> {
  switch (button) {
    case 'approve':
      return openMaintenance(deps, press, 'apply')
    case 'lift':
      return openMaintenance(deps, press, 'undo')
    case 'tell':
      return openCustomers(deps, press)
    default:
      return button satisfies never
  }
}

/** Turning maintenance mode on is for managers; ending it is for everybody who works on the incident. */
export const maintenanceAction = (direction: Direction): Action =>
  direction === 'apply' ? 'maintenance' : 'lift-maintenance'

/** The modal opens complete: the record knows everything, and whoever was quicker is found out by the write. */
export async function openMaintenance(deps: SlackDoorDeps, press: Press, direction: Direction): Promise<void> {
  const incident = await admit(deps, press, maintenanceAction(direction))
  if (!incident) return
  const look = await press.look
  const against = remedyRefusal(incident, 'maintenance-mode', direction)
  const known = remedyOf(incident, 'maintenance-mode')
  if (against) await openModal(deps, press, refusalModal(answer(against, incident, look), look))
  else if (direction === 'apply')
    await openModal(deps, press, maintenanceModal(incident, look, JSON.stringify({ incident: incident.id })))
  else if (known) {
    const metadata = JSON.stringify({ incident: incident.id, name: known.name, direction })
    await openModal(deps, press, liftModal(known, incident, look, metadata))
  }
}

async function openCustomers(deps: SlackDoorDeps, press: Press): Promise<void> {
  const incident = await admit(deps, press, 'tell-customers')
  if (!incident) return
  const look = await press.look
  const against = incident.status === 'resolved' ? 'already-resolved' : isPublic(incident) ? undefined : 'not-public'
  const metadata = JSON.stringify({ incident: incident.id })
  const view = against ? refusalModal(answer(against, incident, look), look) : customersModal(incident, look, metadata)
  await openModal(deps, press, view)
}

const Metadata = z.object({ incident: z.string().min(1) })
const Lasts = z.object({
  values: z.object({
    lasts: z.object({
      minutes: z.object({
        selected_option: z.object({
          value: z.coerce.number().refine((value) => maintenanceMinutes.some((each) => each === value)),
        }),
      }),
    }),
  }),
})

/** Decides an approved maintenance mode; answers the sentence of a refusal, nothing when it is under way. */
export const confirmMaintenance = (deps: SlackDoorDeps, submission: Submission): Promise<string | undefined> =>
  decided(deps, submission, 'maintenance', (at, { isPublic: isTold, id }) => {
    const minutes = Lasts.parse(submission.view.state).values.lasts.minutes.selected_option.value
    const plan = maintenanceMode.plan({}, undefined, { at, minutes, ...(isTold && { incident: id }) })
    const { user: by, view } = submission
    const ask = { press: view.id, name: 'maintenance-mode', direction: 'apply' } as const
    const planned = plan.possible && { plan: { from: plan.from, to: plan.to, write: plan.write } }
    return { type: 'remedy-asked', at, by, ask: { ...ask, ...planned } }
  })

const NoticeText = z.object({ text: z.object({ value: z.string().trim().min(1).max(longestNotice) }) })
const Texts = z.object({ values: z.object({ en: NoticeText, ja: NoticeText }) })

/** Publishes what customers are told. */
export const confirmCustomers = (deps: SlackDoorDeps, submission: Submission): Promise<string | undefined> =>
  decided(deps, submission, 'tell-customers', (at) => {
    const { en, ja } = Texts.parse(submission.view.state).values
    const { user: by, view } = submission
    return { type: 'customers-told', at, by, press: view.id, en: en.text.value, ja: ja.text.value }
  })

/** A submission that is one event. */
async function decided(
  deps: SlackDoorDeps,
  submission: Submission,
  action: Action,
  event: (at: string, about: { id: string; isPublic: boolean }) => IncidentEvent,
): Promise<string | undefined> {
  const { user, look, view } = submission
  return guarded(deps, submission, async () => {
    const { incident: id } = Metadata.parse(JSON.parse(view.private_metadata))
    const ref = { service: serviceOf(id), id }
    const [may, stored] = await Promise.all([deps.permissions.may(user, action), deps.incidents.load(ref)])
    if (may !== 'yes') {
      deps.log.info('a submission was refused', { user, action, why: notAllowed[may], incident: id })
      return answer(notAllowed[may], undefined, await look, permitted[action])
    }
    if (!stored) return answer('incident-gone', undefined, await look)
    const told = event(moment(deps.clock.now()), { id, isPublic: isPublic(stored.incident) })
    const { decisions, incident } = await handle(deps, ref, [told], stored)
    return ignoredSentence(await look, decisions[0], incident)
  })
}
