import type { App } from '@slack/bolt'
import * as z from 'zod'
import { moment } from '../../common/time.ts'
import { handle } from '../flow.ts'
import { Severity } from '../incident/incident.ts'
import { answer } from '../message/answers.ts'
import type { View } from '../message/blocks.ts'
import { code } from '../message/format.ts'
import { channelNamed, type Look, person, words } from '../message/look.ts'
import { longestHeadline, newIncidentModal, newIncidentServices } from '../message/new-incident-modal.ts'
import { noteModal } from '../message/note-modal.ts'
import { refusalModal } from '../message/rollback-modal.ts'
import { permitted } from '../out/slack-people.ts'
import { notAllowed, type SlackDoorDeps } from './slack-listeners.ts'
import { guardedView, type Submission } from './slack-submissions.ts'

interface Asking {
  user: string
  /** How this person is answered. */
  look: Promise<Look>
  trigger: string
  /** As it was typed. */
  command: string
}

/** Opens the window for a new incident. Answers why not, if it may not be opened. */
export async function openNew(deps: SlackDoorDeps, asking: Asking): Promise<string | undefined> {
  const { user, trigger, command } = asking
  const [may, look] = await Promise.all([deps.permissions.may(user, 'report'), asking.look])
  if (may !== 'yes') {
    deps.log.info('a command was refused', { user, command: 'new', why: notAllowed[may] })
    return answer(notAllowed[may], undefined, look, permitted.report)
  }
  const opened = await deps.slack.call('views.open', { trigger_id: trigger, view: newIncidentModal(command, look) })
  return opened.is === 'ok' ? undefined : answer('too-late', undefined, look)
}

/** What became of it is told in the same window. */
export function listenForNew(app: App, deps: SlackDoorDeps): void {
  app.view('new.confirm', async ({ ack, body, view }) => {
    const submission = { user: body.user.id, look: deps.lookFor(body.user.id), view }
    const next = await guardedView(deps, submission, () => confirmNew(deps, submission))
    await ack({ response_action: 'update', view: next })
  })
}

const Choice = <T extends z.ZodType>(of: T) =>
  z.object({ choice: z.object({ selected_option: z.object({ value: of }) }) })
const Filled = z.object({
  values: z.object({
    what: z.object({ text: z.object({ value: z.string().trim().min(1).max(longestHeadline) }) }),
    service: Choice(z.enum(newIncidentServices)),
    severity: Choice(Severity),
  }),
})

async function confirmNew(deps: SlackDoorDeps, { user, view, look: asked }: Submission): Promise<View> {
  const { what, service: chosen, severity } = Filled.parse(view.state).values
  const [may, look] = await Promise.all([deps.permissions.may(user, 'report'), asked])
  if (may !== 'yes') return refusalModal(answer(notAllowed[may], undefined, look, permitted.report), look)
  const service = chosen.choice.selected_option.value
  const at = moment(deps.clock.now())
  const report = {
    kind: 'other',
    by: user,
    at,
    text: what.text.value,
    severity: severity.choice.selected_option.value,
    press: view.id,
  } as const
  const { decisions, incident } = await handle(deps, { service }, [{ type: 'reported', at, service, report }])
  if (!incident) throw new Error(`A report about ${service} opened no incident`)
  const [told] = decisions
  if (told && 'ignored' in told && told.because !== 'already-done')
    return refusalModal(answer(told.because, incident, look), look)
  const { newIncident: say } = words(look)
  const [id, channel] = [code(incident.id, 200), channelNamed(deps.channels.alerts)]
  const owner = incident.owner?.user ?? user
  return noteModal(
    say.doneTitle,
    owner === user ? say.opened(id, channel) : say.joined(id, channel, person(owner)),
    look,
  )
}
