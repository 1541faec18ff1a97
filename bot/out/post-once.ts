import { randomUUID } from 'node:crypto'
import type { Clock, Wall } from '../../common/clock.ts'
import type { Log } from '../../common/logger.ts'
import { cardKindOf, cardOf } from '../incident/cards.ts'
import type { Effect } from '../incident/effect.ts'
import type { Outcome } from '../incident/event.ts'
import type { Incident } from '../incident/incident.ts'
import { claimLasts, type Waiting } from '../incident/outbox.ts'
import type { Message } from '../message/blocks.ts'
import { giveBack, incidentLedger, type Ledger, takeClaim } from './claims.ts'
import type { PerformDeps, Performed, Task } from './perform.ts'
import type { SharedMarks } from './shared-marks.ts'
import type { Posted, SlackMessages } from './slack-messages.ts'
import { noteTaken } from './slack-took.ts'

/** What posting and editing need, whatever the message is about. */
export interface MessageDeps {
  messages: SlackMessages
  marks: SharedMarks
  clock: Clock
  wall: Wall
  log: Log
}

export interface PostDeps extends PerformDeps, MessageDeps {}

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

/** The effect that a message carries out, and the record that it belongs to. */
export interface Posting<S> {
  ledger: Ledger<S>
  stored: S
  waiting: Waiting
  /** When the record began: where nobody wrote down when the post did, it is looked for from here on. */
  since: string
}

export type PostedOnce<S> =
  | { is: 'posted'; channel: string; ts: string; stored: S }
  /** The effect was struck off meanwhile. */
  | { is: 'already-done' }
  | { is: 'refused'; code: string }
  | { is: 'later'; inMs: number; because: string }

/** Waits for the next turn of `name`; a long wait is left to the queue. */
export async function takeTurn(
  { marks, wall }: Pick<MessageDeps, 'marks' | 'wall'>,
  name: string,
  spacing: number,
): Promise<number> {
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
export async function postOnce<S>(
  deps: MessageDeps,
  { ledger, stored, waiting, since }: Posting<S>,
  { channel, pace, thread, message }: Post,
): Promise<PostedOnce<S>> {
  const now = deps.wall.now().getTime()
  const claimedUntil = waiting.claim && Date.parse(waiting.claim.until)
  if (claimedUntil !== undefined && claimedUntil > now) {
    return { is: 'later', inMs: claimedUntil - now, because: 'another sender may have posted it' }
  }
  const wait = await takeTurn(deps, `post:${pace}`, betweenPosts)
  if (wait > 0) return { is: 'later', inMs: wait, because: 'the channel takes one message per second' }
  const claimed = await takeClaim(deps, ledger, stored, waiting.id, randomUUID())
  if (claimed.is === 'already-done') return claimed
  if (claimed.is === 'taken') {
    const inMs = Date.parse(claimed.until) - deps.wall.now().getTime()
    return { is: 'later', inMs, because: 'another sender may have posted it' }
  }
  const mark = { record: ledger.recordIn(stored).id, effect: waiting.id }
  const to = { channel, ...(thread !== undefined && { thread }) }
  if (claimed.earlier) {
    const found = await deps.messages.find(to, mark, Date.parse(waiting.claim?.at ?? waiting.handedAt ?? since))
    if (found.is === 'posted') return { ...found, stored: claimed.stored }
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
  if (posted.is !== 'posted') return notPosted(deps, ledger, waiting.id, posted)
  await noteTaken(deps, pace)
  return { ...posted, stored: claimed.stored }
}

async function notPosted<S>(
  deps: MessageDeps,
  ledger: Ledger<S>,
  effect: string,
  answer: Exclude<Posted, { is: 'posted' }>,
): Promise<PostedOnce<S>> {
  switch (answer.is) {
    case 'unknown':
      // The claim stays: when it has run out, the next try looks for the message before posting again.
      return { is: 'later', inMs: claimLasts, because: answer.message }
    case 'rate-limited':
      await giveBack(deps, ledger, effect)
      return { is: 'later', inMs: answer.retryAfterMs, because: 'Slack asked to wait' }
    case 'refused':
      await giveBack(deps, ledger, effect)
      return { is: 'refused', code: answer.code }
    default:
      return answer satisfies never
  }
}

/** Posts a message of an incident once. */
export async function post(
  deps: PostDeps,
  { incident, stored, waiting, effect }: Task,
  message: Post,
): Promise<Performed> {
  const { service, id, openedAt } = incident
  const ledger = incidentLedger(deps.incidents, { service, id })
  const posted = await postOnce(deps, { ledger, stored, waiting, since: openedAt }, message)
  switch (posted.is) {
    case 'posted': {
      const { channel, ts, stored: lastRead } = posted
      return { is: 'performed', lastRead, outcome: shownBy(effect, incident, { channel, ts }) }
    }
    case 'already-done':
      return { is: 'performed', outcome: { is: 'done' } }
    case 'refused':
      // What is refused for what it says would stop its thread for ever; the timeline has the fact.
      if (isInThread(effect) && !aboutTheChannel.test(posted.code)) {
        return { is: 'performed', outcome: { is: 'undeliverable', why: posted.code } }
      }
      return { is: 'parked', because: posted.code }
    case 'later':
      return posted
    default:
      return posted satisfies never
  }
}

const isInThread = ({ kind }: Effect): boolean => kind === 'reply' || kind === 'post-draft'

/** What the record keeps of a message that is up: where it is, and which look it has. */
function shownBy(effect: Effect, incident: Incident, at: { channel: string; ts: string }): Outcome {
  if (effect.kind === 'show') return { is: 'shown', ...at, look: incident.look }
  const card = effect.kind === 'page' ? cardKindOf(effect.level) : effect.kind === 'show-card' ? effect.card : undefined
  if (card === undefined) return { is: 'done' }
  return { is: 'card-shown', card, ...at, look: cardOf(incident, card)?.look ?? 0 }
}
