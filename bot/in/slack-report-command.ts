import type { App } from '@slack/bolt'
import * as z from 'zod'
import { moment } from '../../common/time.ts'
import { handle } from '../flow.ts'
import type { IncidentEvent } from '../incident/event.ts'
import type { ReportedService, ReportKind } from '../incident/report.ts'
import { refusal } from '../incident/when-rollback-asked.ts'
import { answer } from '../message/answers.ts'
import type { View } from '../message/blocks.ts'
import type { Look } from '../message/look.ts'
import { loadingRemedyModal } from '../message/remedy-modal.ts'
import { reportModal, type Wish } from '../message/report-modal.ts'
import { loadingModal, refusalModal } from '../message/rollback-modal.ts'
import { permitted } from '../out/slack-people.ts'
import { notAllowed, type SlackDoorDeps } from './slack-listeners.ts'
import { guardedView, type Submission } from './slack-submissions.ts'

const actionOf = { key: 'remedy', rollback: 'roll-back' } as const satisfies Record<Wish, string>
const servicesOf = { key: ['api-keys'], rollback: ['api', 'updater'] } as const

/** The modal of a report goes on in the same window, so that it is answered with a view. */
export function listenForReports(app: App, deps: SlackDoorDeps): void {
  app.view('report.confirm', async ({ ack, body, view }) => {
    const submission = { user: body.user.id, look: deps.lookFor(body.user.id), view }
    const next = await guardedView(deps, submission, () => confirmReport(deps, submission))
    await ack({ response_action: 'update', view: next })
  })
}

interface Command {
  wish: Wish
  user: string
  /** How this person is answered. */
  look: Promise<Look>
  trigger: string
}

/** Asks what was seen. Answers why not, if it may not be asked. */
export async function openReport(
  deps: SlackDoorDeps,
  { wish, user, look, trigger }: Command,
): Promise<string | undefined> {
  const [may, ...present] = await Promise.all([
    deps.permissions.may(user, actionOf[wish]),
    ...servicesOf[wish].map(async (service) => (await deps.incidents.load({ service }))?.incident),
  ])
  if (may !== 'yes') {
    deps.log.info('a command was refused', { user, command: wish, why: notAllowed[may] })
    return answer(notAllowed[may], undefined, await look, permitted[actionOf[wish]])
  }
  const open = present.flatMap((incident) => (incident && incident.status !== 'resolved' ? [incident] : []))
  const view = reportModal(wish, open, await look)
  const opened = await deps.slack.call('views.open', { trigger_id: trigger, view })
  return opened.is === 'ok' ? undefined : answer('too-late', undefined, await look)
}

const Metadata = z.object({ wish: z.enum(['key', 'rollback']) })
const Text = z.object({ what: z.object({ text: z.object({ value: z.string().trim().min(1).max(500) }) }) })
const Choice = <T extends z.ZodType>(of: T) =>
  z.object({ choice: z.object({ selected_option: z.object({ value: of }) }) })
const OfKey = z.object({ values: Text })
const OfRollback = z.object({
  values: Text.extend({
    kind: Choice(z.enum(['wrong-data', 'security'])),
    service: Choice(z.enum(['api', 'updater'])),
  }),
})

interface Reported {
  kind: ReportKind
  service: ReportedService
  text: string
}

function readReport(wish: Wish, state: unknown): Reported {
  if (wish === 'key') {
    const { what } = OfKey.parse(state).values
    return { kind: 'leaked-key', service: 'api-keys', text: what.text.value }
  }
  const { what, kind, service } = OfRollback.parse(state).values
  return {
    kind: kind.choice.selected_option.value,
    service: service.choice.selected_option.value,
    text: what.text.value,
  }
}

/** Records what was seen, and goes on in the same modal: with the keys, or with what a rollback would do. */
async function confirmReport(deps: SlackDoorDeps, submission: Submission): Promise<View> {
  const { user, view } = submission
  const { wish } = Metadata.parse(JSON.parse(view.private_metadata))
  const { service, kind, text } = readReport(wish, view.state)
  const may = await deps.permissions.may(user, actionOf[wish])
  const look = await submission.look
  if (may !== 'yes') {
    return refusalModal(answer(notAllowed[may], undefined, look, permitted[actionOf[wish]]), look)
  }
  const at = moment(deps.clock.now())
  const report = { kind, by: user, at, text, press: view.id }
  const { decisions, incident } = await handle(deps, { service }, [{ type: 'reported', at, service, report }])
  if (!incident) throw new Error(`A report about ${service} opened no incident`)
  const [told] = decisions
  const unheard = told && 'ignored' in told && told.because !== 'already-done' ? told.because : undefined
  const against = unheard ?? (wish === 'rollback' ? refusal(incident) : undefined)
  if (against) return refusalModal(answer(against, incident, look), look)
  await handle(deps, { service, id: incident.id }, [openedBy(wish, service, user, at, view.id)])
  return wish === 'key'
    ? loadingRemedyModal(incident, look, 'disable-key')
    : loadingModal(incident, look, { role: service === 'updater' ? 'updater' : 'api' })
}

/** What follows is filled by a performer; how the modal is known then is not known yet, so it goes without a hash. */
function openedBy(wish: Wish, service: ReportedService, by: string, at: string, viewId: string): IncidentEvent {
  const about = { at, by, viewId, hash: '' }
  return wish === 'key'
    ? { type: 'remedy-opened', name: 'disable-key', direction: 'apply', ...about }
    : { type: 'rollback-opened', role: service === 'updater' ? 'updater' : 'api', ...about }
}
