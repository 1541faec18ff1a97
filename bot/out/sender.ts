import { moment } from '../../common/time.ts'
import { handle } from '../flow.ts'
import type { Effect, PendingEffect } from '../incident/effect.ts'
import type { Incident } from '../incident/incident.ts'
import { markedIfDrill } from '../message/drill-part.ts'
import { page } from '../message/page.ts'
import { rootMessage } from '../message/root-message.ts'
import { threadReply } from '../message/thread-reply.ts'
import { askAgain, findManagers, showCard } from './cards.ts'
import { editInTurn } from './edit-in-turn.ts'
import { onEffects, type Performed, type Task } from './perform.ts'
import { onBulletins } from './perform-bulletin.ts'
import { permalink } from './permalink.ts'
import { type DraftDeps, postDraft } from './post-draft.ts'
import { betweenPosts, type Post, post } from './post-once.ts'
import { type SendBulletinDeps, sendBulletin } from './send-bulletin.ts'

export interface SenderDeps extends DraftDeps, SendBulletinDeps {}

/** The Lambda that talks to Slack: posts, edits, replies, pages. Nothing else does, but modals and answers to a click. */
export function createSender(deps: SenderDeps) {
  const ofIncident = async (task: Task): Promise<Performed> => {
    const first = goesFirst(task)
    if (!first) return send(deps, task)
    const sent = await send(deps, { ...task, waiting: first, effect: first.effect })
    if (sent.is !== 'performed') return sent
    const { outcome, lastRead = task.stored } = sent
    const { service, id } = task.incident
    const at = moment(deps.clock.now())
    await handle(deps, { service, id }, [{ type: 'effect-done', at, effect: first.id, outcome }], lastRead)
    return { is: 'later', inMs: betweenPosts, because: 'an earlier message of the thread went first' }
  }
  return onEffects(
    deps,
    ofIncident,
    onBulletins(deps, (task) => sendBulletin(deps, task)),
  )
}

/**
 * The order of a thread is that of the record: a queue may have lost an earlier reply, or the root
 * message itself, and got it again behind this one.
 */
function goesFirst({ incident: { message, pending }, waiting, effect }: Task): PendingEffect | undefined {
  if (effect.kind !== 'reply') return undefined
  const first = pending.find((other) => other.effect.kind === (message ? 'reply' : 'show'))
  return first?.id === waiting.id ? undefined : first
}

async function send(deps: SenderDeps, task: Task): Promise<Performed> {
  const { effect, incident } = task
  switch (effect.kind) {
    case 'show':
      return incident.message ? edit(deps, task, incident.message) : post(deps, task, rootOf(deps, incident))
    case 'reply': {
      if (!incident.message) return { is: 'later', inMs: 2_000, because: 'the root message is not up yet' }
      const { channel, ts } = incident.message
      return post(deps, task, {
        channel,
        pace: deps.channels.alerts,
        thread: ts,
        message: markedIfDrill(threadReply(effect.say, incident, deps.look), incident, deps.look),
      })
    }
    case 'page':
      return pagePeople(deps, task, effect)
    case 'post-draft':
      return postDraft(deps, task, effect.part)
    case 'show-card':
      return showCard(deps, task, effect.card)
    case 'find-managers':
      return findManagers(deps)
    case 'ask-again':
      return askAgain(deps, task, effect.card)
    default:
      throw new Error(`The sender cannot perform ${effect.kind}`)
  }
}

const rootOf = (deps: SenderDeps, incident: Incident): Post => ({
  channel: deps.channels.alerts,
  pace: deps.channels.alerts,
  message: markedIfDrill(rootMessage(incident, deps.look), incident, deps.look),
})

/** Draws the latest state into the root message; one that cannot be edited any more is posted anew. */
async function edit(deps: SenderDeps, task: Task, at: { channel: string; ts: string }): Promise<Performed> {
  const edited = await editInTurn(deps, at, async () => {
    const { service, id } = task.incident
    const lastRead = (await deps.incidents.load({ service, id })) ?? task.stored
    const drawn = rootMessage(lastRead.incident, deps.look)
    return { lastRead, message: markedIfDrill(drawn, lastRead.incident, deps.look) }
  })
  if (edited.is === 'not-ours') return post(deps, task, rootOf(deps, task.incident))
  if (edited.is !== 'edited') return edited
  const { lastRead } = edited
  return { is: 'performed', outcome: { is: 'shown', ...at, look: lastRead.incident.look }, lastRead }
}

async function pagePeople(deps: SenderDeps, task: Task, effect: Extract<Effect, { kind: 'page' }>): Promise<Performed> {
  const channel = effect.level === 2 ? deps.channels.dev : deps.channels.incidents
  const link = await permalink(deps, task.incident)
  const drawn = page(effect, task.incident, deps.look, link)
  return post(deps, task, { channel, pace: channel, message: markedIfDrill(drawn, task.incident, deps.look) })
}
