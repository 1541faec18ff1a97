import type { App } from '@slack/bolt'
import * as z from 'zod'
import { minutes, moment, plus } from '../../common/time.ts'
import {
  isRunning,
  longestSilenceReason,
  overlap,
  Silenced,
  type SilenceFacts,
  silenceId,
  silenceMinutes,
} from '../bulletin/silence.ts'
import { tellBulletin } from '../bulletin-flow.ts'
import { answer } from '../message/answers.ts'
import type { View } from '../message/blocks.ts'
import { when } from '../message/format.ts'
import { channelNamed, type Look, person, words } from '../message/look.ts'
import { noteModal } from '../message/note-modal.ts'
import { refusalModal } from '../message/rollback-modal.ts'
import type { EndPress } from '../message/silence-button.ts'
import { silenceModal } from '../message/silence-modal.ts'
import { permitted } from '../out/slack-people.ts'
import { runningSilences } from './silences.ts'
import { notAllowed, type Press, type SlackDoorDeps, whisper } from './slack-listeners.ts'
import { guardedView, type Submission } from './slack-submissions.ts'

interface Asking {
  user: string
  /** How this person is answered. */
  look: Promise<Look>
  trigger: string
}

/** Opens the window for a silence. Answers why not, if it may not be opened. */
export async function openSilence(deps: SlackDoorDeps, asking: Asking): Promise<string | undefined> {
  const { user, trigger } = asking
  const [may, running, look] = await Promise.all([
    deps.permissions.may(user, 'silence'),
    runningSilences(deps),
    asking.look,
  ])
  if (may !== 'yes') {
    deps.log.info('a command was refused', { user, command: 'silence', why: notAllowed[may] })
    return answer(notAllowed[may], undefined, look, permitted.silence)
  }
  const opened = await deps.slack.call('views.open', { trigger_id: trigger, view: silenceModal(running, look) })
  return opened.is === 'ok' ? undefined : answer('too-late', undefined, look)
}

/** What became of it is told in the same window. */
export function listenForSilence(app: App, deps: SlackDoorDeps): void {
  app.view('silence.confirm', async ({ ack, body, view }) => {
    const submission = { user: body.user.id, look: deps.lookFor(body.user.id), view }
    const next = await guardedView(deps, submission, () => confirmSilence(deps, submission))
    await ack({ response_action: 'update', view: next })
  })
}

const Choice = <T extends z.ZodType>(of: T) =>
  z.object({ choice: z.object({ selected_option: z.object({ value: of }) }) })
const Filled = z.object({
  values: z.object({
    service: Choice(Silenced),
    lasts: Choice(z.coerce.number().refine((value) => silenceMinutes.some((each) => each === value))),
    reason: z.object({ text: z.object({ value: z.string().trim().min(1).max(longestSilenceReason) }) }),
  }),
})

async function confirmSilence(deps: SlackDoorDeps, { user, view, look: asked }: Submission): Promise<View> {
  const { service, lasts, reason } = Filled.parse(view.state).values
  const [may, running, look] = await Promise.all([deps.permissions.may(user, 'silence'), runningSilences(deps), asked])
  if (may !== 'yes') {
    deps.log.info('a submission was refused', { user, action: 'silence', why: notAllowed[may] })
    return refusalModal(answer(notAllowed[may], undefined, look, permitted.silence), look)
  }
  const of = service.choice.selected_option.value
  const other = running.find((facts) => facts.press !== view.id && overlap(facts.of, of))
  if (other) return refusalModal(alreadySilenced(other, look), look)
  const at = moment(deps.clock.now())
  const until = plus(at, minutes(lasts.choice.selected_option.value))
  const saved = await tellBulletin(deps, silenceId(of), [
    { type: 'silence-asked', at, of, reason: reason.text.value, by: user, press: view.id, until },
  ])
  if (saved?.facts.kind !== 'silence') throw new Error(`Silencing ${of} began nothing`)
  const { facts } = saved
  const { silence: say } = words(look)
  if (facts.press !== view.id)
    return refusalModal(isRunning(facts, at) ? alreadySilenced(facts, look) : say.answers['not-closed-yet'], look)
  return noteModal(say.doneTitle, say.begun(say.what[of], when(facts.until), channelNamed(deps.channels.alerts)), look)
}

function alreadySilenced({ of, by, until }: SilenceFacts, look: Look): string {
  const { silence: say } = words(look)
  return say.answers['already-silenced'](say.what[of], person(by), when(until))
}

/** Ends a silence before its time. The sweep hands on what rings still, for a person does not wait for that. */
export async function endSilence(deps: SlackDoorDeps, press: Omit<Press, 'value'>, end: EndPress): Promise<void> {
  const [may, look] = await Promise.all([deps.permissions.may(press.user, 'silence'), press.look])
  if (may !== 'yes') {
    deps.log.info('a press was refused', { user: press.user, action: 'silence', why: notAllowed[may] })
    await whisper(deps, press, answer(notAllowed[may], undefined, look, permitted.silence))
    return
  }
  const at = moment(deps.clock.now())
  const saved = await tellBulletin(deps, silenceId(end.of), [
    { type: 'silence-end-asked', at, by: press.user, press: end.press },
  ])
  const facts = saved?.facts.kind === 'silence' && saved.facts.press === end.press ? saved.facts : undefined
  const { silence: say } = words(look)
  const isByMe = facts?.ended?.at === at && facts.ended.by === press.user
  await whisper(deps, press, isByMe ? say.ended : say.answers['not-silenced'])
}
