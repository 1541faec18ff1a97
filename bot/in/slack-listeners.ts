import type { App } from '@slack/bolt'
import { describeError } from '../../common/logger.ts'
import { moment } from '../../common/time.ts'
import type { BulletinDeps } from '../bulletin-flow.ts'
import { type FlowDeps, handle } from '../flow.ts'
import type { Ignored } from '../incident/decide.ts'
import type { IncidentEvent } from '../incident/event.ts'
import { type Incident, serviceOf } from '../incident/incident.ts'
import { refusal, rollbackRole } from '../incident/when-rollback-asked.ts'
import { readItemPress } from '../message/action-items.ts'
import { answer } from '../message/answers.ts'
import { type ButtonValue, readPress } from '../message/button-press.ts'
import type { buttons } from '../message/buttons.ts'
import { isDrillPress } from '../message/drill-part.ts'
import { escalateModal } from '../message/escalate-modal.ts'
import { readHomePress } from '../message/home-buttons.ts'
import type { Look } from '../message/look.ts'
import { readManagerPress } from '../message/manager-buttons.ts'
import { readKeyPress, readRemedyPress } from '../message/remedy-buttons.ts'
import { loadingModal, refusalModal } from '../message/rollback-modal.ts'
import { runbookModal } from '../message/runbook-modal.ts'
import { readEndPress } from '../message/silence-button.ts'
import { readStepPress } from '../message/step-buttons.ts'
import type { RecentDeployments } from '../out/deployment-list.ts'
import type { History } from '../out/history.ts'
import type { Slack } from '../out/slack.ts'
import type { LookFor } from '../out/slack-languages.ts'
import { type Action, type Permissions, permitted } from '../out/slack-people.ts'
import type { SecretSource } from '../out/slack-secrets.ts'
import type { Channels } from '../settings.ts'
import { listenForCommands } from './slack-commands.ts'
import { drillPressed } from './slack-drill.ts'
import { confirmHold, openHold } from './slack-hold.ts'
import { listenForHome, redrawHome } from './slack-home.ts'
import { confirmCustomers, confirmMaintenance, managerPressed } from './slack-managers.ts'
import { confirmAction, openAction } from './slack-postmortem.ts'
import { confirmRemedy, openNewKey, openRemedy } from './slack-remedies.ts'
import { endSilence } from './slack-silence.ts'
import { tickStep } from './slack-steps.ts'
import {
  type AliasReader,
  confirmEscalation,
  confirmRollback,
  type InputErrors,
  type Submission,
} from './slack-submissions.ts'

export interface SlackDoorDeps extends FlowDeps, BulletinDeps {
  slack: Slack
  secrets: SecretSource
  permissions: Permissions
  /** How channels are written to. */
  look: Look
  lookFor: LookFor
  aliases: AliasReader
  channels: Channels
  history: Pick<History, 'between'>
  recentDeployments: Pick<RecentDeployments, 'newest'>
}

/** One press of a button by a person. */
export interface Press {
  user: string
  /** How this person is answered. Asked for at once, so that nothing waits for it that could be done before. */
  look: Promise<Look>
  value: Pick<ButtonValue, 'incident'>
  triggerId: string
  /** Where the button stood. */
  channel: string | undefined
}

/** Every button and modal of the bot, tied to what happens. Each answers within Slack's three seconds: slow work is an effect. */
export function listen(app: App, deps: SlackDoorDeps): void {
  const works: Record<keyof typeof buttons, (press: Press) => Promise<void>> = {
    acknowledge: (press) => tell(deps, press, 'acknowledge', (at) => ({ type: 'acknowledged', at, by: press.user })),
    resolve: (press) => tell(deps, press, 'resolve', (at) => ({ type: 'resolve-asked', at, by: press.user })),
    rollBack: (press) => openRollback(deps, press),
    escalate: (press) => openEscalation(deps, press),
    takeOver: (press) => tell(deps, press, 'acknowledge', (at) => ({ type: 'taken-over', at, by: press.user })),
    hold: (press) => openHold(deps, press),
    stillOnIt: (press) => tell(deps, press, 'acknowledge', (at) => ({ type: 'still-on-it', at, by: press.user })),
    runbook: (press) => openRunbook(deps, press),
    customer: (press) =>
      tell(deps, press, 'acknowledge', (at) => ({
        type: 'customer-reported',
        at,
        by: press.user,
        press: press.triggerId,
      })),
    postmortem: (press) => tell(deps, press, 'postmortem', (at) => ({ type: 'postmortem-asked', at, by: press.user })),
    addAction: (press) => openAction(deps, press),
  }
  app.action({ type: 'block_actions' }, async ({ ack, action, body }) => {
    await ack()
    const channel = 'channel' in body ? body.channel?.id : undefined
    const look = deps.lookFor(body.user.id)
    const press = readPress(action)
    const remedy = readRemedyPress(action)
    const newKey = readKeyPress(action)
    const step = readStepPress(action)
    const decision = readManagerPress(action)
    const span = readHomePress(action)
    const drill = isDrillPress(action)
    const item = readItemPress(action)
    const end = readEndPress(action)
    if (!press && !remedy && !newKey && !step && !decision && !span && !drill && !item && !end) {
      deps.log.warn('a press could not be read', { action: action.action_id, user: body.user.id })
      await whisper(deps, { user: body.user.id, channel }, answer('not-readable', undefined, await look))
      return
    }
    const triggerId = 'trigger_id' in body ? body.trigger_id : ''
    const pressedBy = { user: body.user.id, look, triggerId, channel }
    try {
      if (press) await works[press.button]({ ...pressedBy, value: press.value })
      else if (remedy) await openRemedy(deps, { ...pressedBy, value: remedy }, remedy)
      else if (newKey) await openNewKey(deps, { ...pressedBy, value: newKey }, newKey.key)
      else if (decision) await managerPressed(deps, { ...pressedBy, value: decision }, decision)
      else if (step) await tickStep(deps, { user: body.user.id, look, ...step }, body)
      else if (drill) await drillPressed(deps, pressedBy)
      else if (end) await endSilence(deps, pressedBy, end)
      else if (span) await redrawHome(deps, pressedBy, span)
      else if (item) {
        const { user } = body
        await tell(deps, { ...pressedBy, value: item }, 'postmortem', (at) => ({
          type: 'action-item-ticked',
          at,
          by: user.id,
          item: item.item,
          done: item.done,
        }))
      }
    } catch (error) {
      const button =
        press?.button ??
        remedy?.name ??
        decision?.button ??
        (newKey ? 'show-key' : item ? 'action-item' : end ? 'end-silence' : 'step')
      deps.log.error('a press failed', { button, error: describeError(error) })
      await whisper(deps, pressedBy, answer('not-saved', undefined, await look))
    }
  })
  listenForCommands(app, deps)
  listenForHome(app, deps)
  const submissions: Record<string, (submission: Submission) => Promise<string | InputErrors | undefined>> = {
    'rollback.confirm': (submission) => confirmRollback(deps, submission),
    'remedy.confirm': (submission) => confirmRemedy(deps, submission),
    'maintenance.confirm': (submission) => confirmMaintenance(deps, submission),
    'customers.confirm': (submission) => confirmCustomers(deps, submission),
    'escalate.confirm': (submission) => confirmEscalation(deps, submission),
    'hold.confirm': (submission) => confirmHold(deps, submission),
    'action-item.confirm': (submission) => confirmAction(deps, submission),
  }
  for (const [callbackId, confirm] of Object.entries(submissions)) {
    app.view(callbackId, async ({ ack, body, view }) => {
      const look = deps.lookFor(body.user.id)
      const refused = await confirm({ user: body.user.id, look, view })
      if (refused === undefined) await ack()
      else if (typeof refused === 'object') await ack({ response_action: 'errors', errors: { ...refused } })
      else await ack({ response_action: 'update', view: refusalModal(refused, await look) })
    })
  }
}

/** Says something only the person who pressed can see. */
export async function whisper(
  deps: SlackDoorDeps,
  { user, channel }: Pick<Press, 'user' | 'channel'>,
  text: string,
): Promise<void> {
  if (channel === undefined) return
  await deps.slack.call('chat.postEphemeral', { channel, user, text })
}

/** Why somebody may not, as an answer. */
export const notAllowed = { no: 'not-permitted', unknown: 'groups-unknown' } as const

const refOf = ({ value }: Press) => ({ service: serviceOf(value.incident), id: value.incident })

/** The incident a press is about, if this person may do this; otherwise the person is told why not. */
export async function admit(deps: SlackDoorDeps, press: Press, action: Action): Promise<Incident | undefined> {
  const [may, stored] = await Promise.all([deps.permissions.may(press.user, action), deps.incidents.load(refOf(press))])
  if (may === 'yes' && stored) return stored.incident
  const why = may === 'yes' ? 'incident-gone' : notAllowed[may]
  deps.log.info('a press was refused', { user: press.user, action, why, incident: press.value.incident })
  await whisper(deps, press, answer(why, stored?.incident, await press.look, permitted[action]))
  return undefined
}

/** A press that is one event. Whatever it comes to, the person who pressed learns it. */
async function tell(deps: SlackDoorDeps, press: Press, action: Action, event: (at: string) => IncidentEvent) {
  if (!(await admit(deps, press, action))) return
  const { decisions, incident } = await handle(deps, refOf(press), [event(moment(deps.clock.now()))])
  const decision = decisions[0]
  if (decision && 'ignored' in decision)
    await whisper(deps, press, answer(decision.because, incident, await press.look))
}

/** The modal opens at once, from the record alone: the trigger lives three seconds. Evidence fills it. */
async function openRollback(deps: SlackDoorDeps, press: Press): Promise<void> {
  const incident = await admit(deps, press, 'roll-back')
  if (!incident) return
  const look = await press.look
  const role = rollbackRole(incident)
  const against: Ignored | undefined = refusal(incident)
  if (against || !role) {
    await openModal(deps, press, refusalModal(answer(against ?? 'no-function', incident, look), look))
    return
  }
  const opened = await openModal(deps, press, loadingModal(incident, look, { role }))
  if (!opened) return
  const at = moment(deps.clock.now())
  await handle(deps, refOf(press), [{ type: 'rollback-opened', at, by: press.user, role, ...opened }])
}

async function openEscalation(deps: SlackDoorDeps, press: Press): Promise<void> {
  const incident = await admit(deps, press, 'escalate')
  if (!incident) return
  const { level } = incident.escalation
  if (incident.status === 'resolved' || level === 3) {
    const why: Ignored = level === 3 ? 'already-at-top' : 'already-resolved'
    await whisper(deps, press, answer(why, incident, await press.look))
    return
  }
  const metadata = JSON.stringify({ incident: incident.id, to: level + 1 })
  await openModal(deps, press, escalateModal(incident, await press.look, metadata))
}

/** Anybody who sees the message may read it: it changes nothing, and the bot carries it. */
async function openRunbook(deps: SlackDoorDeps, press: Press): Promise<void> {
  const stored = await deps.incidents.load(refOf(press))
  if (!stored) return whisper(deps, press, answer('incident-gone', undefined, await press.look))
  await openModal(deps, press, runbookModal(stored.incident, await press.look))
}

export async function openModal(
  deps: SlackDoorDeps,
  press: Pick<Press, 'user' | 'look' | 'triggerId' | 'channel'>,
  view: object,
): Promise<{ viewId: string; hash: string } | undefined> {
  const answered = await deps.slack.call('views.open', { trigger_id: press.triggerId, view })
  if (answered.is !== 'ok') {
    await whisper(deps, press, answer('too-late', undefined, await press.look))
    return undefined
  }
  const opened = answered.body.view
  if (typeof opened !== 'object' || opened === null || !('id' in opened)) return undefined
  return { viewId: String(opened.id), hash: 'hash' in opened ? String(opened.hash) : '' }
}
