import { randomUUID } from 'node:crypto'
import { cardKindOf, cardOf } from '../incident/cards.ts'
import type { Effect } from '../incident/effect.ts'
import type { Outcome } from '../incident/event.ts'
import type { Incident } from '../incident/incident.ts'
import { claimLasts } from '../incident/outbox.ts'
import type { Message } from '../message/blocks.ts'
import { giveBack, takeClaim } from './claims.ts'
import type { Stored } from './incident-table.ts'
import type { PerformDeps, Performed, Task } from './perform.ts'
import type { SharedMarks } from './shared-marks.ts'
import type { Posted, SlackMessages } from './slack-messages.ts'

export interface PostDeps extends PerformDeps {
  messages: SlackMessages
  marks: SharedMarks
}

/** One new message per second and channel is what Slack takes; a little slower leaves room for the wire. */
export const betweenPosts = 1_150
/** Refusals that end when somebody mends the channel, the app or its token. */
const aboutTheChannel = /channel|thread|archived|auth|token|scope|account|access|permission|restricted|http_/
/** Waits longer than this leave the process and let the queue count. */
const longestPause = 4_000

export interface Post {
  channel: string
  /** Whose turn it takes; the channel as it is set, which may be a name where `channel` is an id. */
  pace: string
  thread?: string
  message: Message
}

/** Waits for the next turn of `name`; a long wait is left to the queue. */
export async function takeTurn({ marks, wall }: PostDeps, name: string, spacing: number): Promise<number> {
  for (;;) {
    const wait = await marks.turn(name, spacing, wall.now().getTime())
    if (wait === 0 || wait > longestPause) return wait
    await wall.pause(wait)
  }
}

/**
 * Posts once. The claim is taken before the call; an earlier claim that ran out means that somebody
 * began and never reported, so the message is looked for before another one is posted.
 */
export async function post(deps: PostDeps, task: Task, { channel, pace, thread, message }: Post): Promise<Performed> {
  const { incident, waiting } = task
  const now = deps.wall.now().getTime()
  const claimedUntil = waiting.claim && Date.parse(waiting.claim.until)
  if (claimedUntil !== undefined && claimedUntil > now) {
    return { is: 'later', inMs: claimedUntil - now, because: 'another sender may have posted it' }
  }
  const wait = await takeTurn(deps, `post:${pace}`, betweenPosts)
  if (wait > 0) return { is: 'later', inMs: wait, because: 'the channel takes one message per second' }
  const claimed = await takeClaim(deps, task.stored, waiting.id, randomUUID())
  if (claimed.is === 'already-done') return { is: 'performed', outcome: { is: 'done' } }
  if (claimed.is === 'taken') {
    const inMs = Date.parse(claimed.until) - deps.wall.now().getTime()
    return { is: 'later', inMs, because: 'another sender may have posted it' }
  }
  const mark = { incident: incident.id, effect: waiting.id }
  const to = { channel, ...(thread !== undefined && { thread }) }
  if (claimed.earlier) {
    const since = Date.parse(waiting.claim?.at ?? waiting.handedAt ?? incident.openedAt)
    const found = await deps.messages.find(to, mark, since)
    if (found.is === 'posted') return performed(task, found, claimed.stored)
    if (found.is === 'refused') {
      // A server without a readable history would never get the message; twice is better than never.
      deps.log.warn('a message that may be there could not be looked for', { ...mark, code: found.code })
    } else if (found.is !== 'absent') {
      // Nothing is known yet, so the claim stays and the next try looks again.
      const inMs = found.is === 'rate-limited' ? Math.max(found.retryAfterMs, claimLasts) : claimLasts
      return { is: 'later', inMs, because: 'the channel could not be looked through' }
    }
  }
  const posted = await deps.messages.post(to, message, mark)
  return posted.is === 'posted' ? performed(task, posted, claimed.stored) : later(deps, task, posted)
}

const performed = (
  { effect, incident }: Task,
  { channel, ts }: { channel: string; ts: string },
  lastRead: Stored,
): Performed => ({
  is: 'performed',
  lastRead,
  outcome: shownBy(effect, incident, { channel, ts }),
})

/** What the record keeps of a message that is up: where it is, and which look it has. */
function shownBy(effect: Effect, incident: Incident, at: { channel: string; ts: string }): Outcome {
  if (effect.kind === 'show') return { is: 'shown', ...at, look: incident.look }
  const card = effect.kind === 'page' ? cardKindOf(effect.level) : effect.kind === 'show-card' ? effect.card : undefined
  if (card === undefined) return { is: 'done' }
  return { is: 'card-shown', card, ...at, look: cardOf(incident, card)?.look ?? 0 }
}

const isInThread = ({ kind }: Effect): boolean => kind === 'reply' || kind === 'post-draft'

async function later(deps: PostDeps, task: Task, answer: Exclude<Posted, { is: 'posted' }>): Promise<Performed> {
  const { incident, waiting } = task
  switch (answer.is) {
    case 'unknown':
      // The claim stays: when it has run out, the next try looks for the message before posting again.
      return { is: 'later', inMs: claimLasts, because: answer.message }
    case 'rate-limited':
      await giveBack(deps, { service: incident.service, id: incident.id }, waiting.id)
      return { is: 'later', inMs: answer.retryAfterMs, because: 'Slack asked to wait' }
    case 'refused':
      await giveBack(deps, { service: incident.service, id: incident.id }, waiting.id)
      // What is refused for what it says would stop its thread for ever; the timeline has the fact.
      if (isInThread(task.effect) && !aboutTheChannel.test(answer.code)) {
        return { is: 'performed', outcome: { is: 'undeliverable', why: answer.code } }
      }
      return { is: 'parked', because: answer.code }
    default:
      return answer satisfies never
  }
}
