import { moment } from '../../common/time.ts'
import { handle } from '../flow.ts'
import { answer } from '../message/answers.ts'
import { code } from '../message/format.ts'
import { channelNamed, type Look, words } from '../message/look.ts'
import { noteModal } from '../message/note-modal.ts'
import { permitted } from '../out/slack-people.ts'
import { notAllowed, openModal, type Press, type SlackDoorDeps } from './slack-listeners.ts'

interface Asking {
  user: string
  /** How this person is answered. */
  look: Promise<Look>
  /** Tells one wish from another, so that a delivery repeated by Slack starts one drill. */
  press: string
}

/** Starts a drill. Answers what became of the wish, for the person alone. */
export async function startDrill(deps: SlackDoorDeps, { user, look: asked, press }: Asking): Promise<string> {
  const [may, look] = await Promise.all([deps.permissions.may(user, 'drill'), asked])
  if (may !== 'yes') {
    deps.log.info('a drill was refused', { user, why: notAllowed[may] })
    return answer(notAllowed[may], undefined, look, permitted.drill)
  }
  const at = moment(deps.clock.now())
  const service = 'drill'
  const report = { kind: 'drill', by: user, at, text: '', press } as const
  const { decisions, incident } = await handle(deps, { service }, [{ type: 'reported', at, service, report }])
  if (!incident) throw new Error('A drill opened no incident')
  const [told] = decisions
  if (told && 'ignored' in told && told.because !== 'already-done') return answer(told.because, incident, look)
  return words(look).drill.started(code(incident.id, 200), channelNamed(deps.channels.alerts))
}

/** The Home tab has no channel to answer in, so a window tells what became of the press. */
export async function drillPressed(deps: SlackDoorDeps, press: Omit<Press, 'value'>): Promise<void> {
  const told = await startDrill(deps, { user: press.user, look: press.look, press: press.triggerId })
  const look = await press.look
  await openModal(deps, press, noteModal(words(look).drill.windowTitle, told, look))
}
