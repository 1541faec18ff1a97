import { describeError } from '../../common/logger.ts'
import { moment } from '../../common/time.ts'
import { handle } from '../flow.ts'
import type { Effect, PendingEffect } from '../incident/effect.ts'
import type { Incident } from '../incident/incident.ts'
import type { Look } from '../message/look.ts'
import { page } from '../message/page.ts'
import { rootMessage } from '../message/root-message.ts'
import { threadReply } from '../message/thread-reply.ts'
import type { Channels } from '../settings.ts'
import { onEffects, type Performed, type Task } from './perform.ts'
import { betweenPosts, type Post, type PostDeps, post, takeTurn } from './post-once.ts'
import type { Slack } from './slack.ts'

export interface SenderDeps extends PostDeps {
  slack: Slack
  channels: Channels
  look: Look
}

/** One edit of one message in three seconds, and forty in all per minute (Tier 3 allows fifty). */
const betweenEditsOfOne = 3_000
const betweenEdits = 1_500

/** The Lambda that talks to Slack: posts, edits, replies, pages. Nothing else does, but modals and answers to a click. */
export function createSender(deps: SenderDeps) {
  return onEffects(deps, async (task) => {
    const first = goesFirst(task)
    if (!first) return send(deps, task)
    const sent = await send(deps, { ...task, waiting: first, effect: first.effect })
    if (sent.is !== 'performed') return sent
    const { outcome, lastRead = task.stored } = sent
    const { service, id } = task.incident
    const at = moment(deps.clock.now())
    await handle(deps, { service, id }, [{ type: 'effect-done', at, effect: first.id, outcome }], lastRead)
    return { is: 'later', inMs: betweenPosts, because: 'an earlier message of the thread went first' }
  })
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
        message: threadReply(effect.say, incident, deps.look),
      })
    }
    case 'page':
      return pagePeople(deps, task, effect)
    default:
      throw new Error(`The sender cannot perform ${effect.kind}`)
  }
}

const rootOf = (deps: SenderDeps, incident: Incident): Post => ({
  channel: deps.channels.alerts,
  pace: deps.channels.alerts,
  message: rootMessage(incident, deps.look),
})

/** The message was deleted, or belongs to an app that we no longer are: it cannot be edited ever again. */
const notOurs = ['message_not_found', 'cant_update_message', 'edit_window_closed']

/** Draws the latest state into the root message. Drawing twice is harmless, so no claim is needed. */
async function edit(deps: SenderDeps, task: Task, at: { channel: string; ts: string }): Promise<Performed> {
  const wait =
    (await takeTurn(deps, `edit:${at.channel}/${at.ts}`, betweenEditsOfOne)) ||
    (await takeTurn(deps, 'edits', betweenEdits))
  if (wait > 0) return { is: 'later', inMs: wait, because: 'edits have a pace' }
  // The turn may have taken a while; what is drawn is the state of now.
  const { service, id } = task.incident
  const lastRead = (await deps.incidents.load({ service, id })) ?? task.stored
  const { incident } = lastRead
  const edited = await deps.messages.edit(at, rootMessage(incident, deps.look))
  switch (edited.is) {
    case 'posted':
      return { is: 'performed', outcome: { is: 'shown', ...at, look: incident.look }, lastRead }
    case 'refused':
      if (notOurs.includes(edited.code)) return post(deps, task, rootOf(deps, incident))
      return { is: 'parked', because: edited.code }
    case 'rate-limited':
      return { is: 'later', inMs: edited.retryAfterMs, because: 'Slack asked to wait' }
    case 'unknown':
      return { is: 'later', inMs: 5_000, because: edited.message }
    default:
      return edited satisfies never
  }
}

async function pagePeople(deps: SenderDeps, task: Task, effect: Extract<Effect, { kind: 'page' }>): Promise<Performed> {
  const channel = effect.level === 2 ? deps.channels.dev : deps.channels.incidents
  const link = await permalink(deps, task.incident)
  return post(deps, task, { channel, pace: channel, message: page(effect, task.incident, deps.look, link) })
}

/** A link is a convenience: without it the page goes out all the same. */
async function permalink({ slack, log }: SenderDeps, { message }: Incident): Promise<string | undefined> {
  if (!message) return undefined
  try {
    const answer = await slack.call('chat.getPermalink', { channel: message.channel, message_ts: message.ts })
    return answer.is === 'ok' && typeof answer.body.permalink === 'string' ? answer.body.permalink : undefined
  } catch (error) {
    log.warn('no link to the thread', { error: describeError(error) })
    return undefined
  }
}
