import * as z from 'zod'
import { moment } from '../../common/time.ts'
import { handle } from '../flow.ts'
import { serviceOf } from '../incident/incident.ts'
import { answer } from '../message/answers.ts'
import type { Look } from '../message/look.ts'
import { refusalModal } from '../message/rollback-modal.ts'
import { runbookModal, stepText } from '../message/runbook-modal.ts'
import type { SlackDoorDeps } from './slack-listeners.ts'
import { ignoredSentence } from './slack-submissions.ts'

export interface StepPress {
  user: string
  look: Promise<Look>
  incident: string
  step: string
  done: boolean
}

const OpenView = z.object({ view: z.object({ id: z.string(), hash: z.string().optional() }) })

/** Somebody says in the runbook's modal that a step is done, or not; the modal is drawn anew with it. */
export async function tickStep(deps: SlackDoorDeps, press: StepPress, body: unknown): Promise<void> {
  const { user, step, done } = press
  const text = stepText(step, deps.look)
  const view = OpenView.safeParse(body).data?.view
  if (text === undefined || !view) throw new Error(`No runbook has the step ${step}, or no modal shows it`)
  const at = moment(deps.clock.now())
  const ref = { service: serviceOf(press.incident), id: press.incident }
  const { decisions, incident } = await handle(deps, ref, [{ type: 'step-ticked', at, by: user, step, text, done }])
  const look = await press.look
  // Whoever was quicker has done the same: the modal shows who.
  const refused = incident ? ignoredSentence(look, decisions[0], incident) : answer('incident-gone', undefined, look)
  const shown = incident && refused === undefined ? runbookModal(incident, look) : refusalModal(refused ?? '', look)
  await deps.slack.call('views.update', { view_id: view.id, ...(view.hash && { hash: view.hash }), view: shown })
}
