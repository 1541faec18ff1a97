import { randomUUID } from 'node:crypto'
import { describeError } from '../../common/logger.ts'
import { minutes } from '../../common/time.ts'
import type { Effect } from '../incident/effect.ts'
import type { Incident } from '../incident/incident.ts'
import type { Message } from '../message/blocks.ts'
import type { Look } from '../message/look.ts'
import { page } from '../message/page.ts'
import { rootMessage } from '../message/root-message.ts'
import { threadReply } from '../message/thread-reply.ts'
import type { Channels } from '../settings.ts'
import { giveBack, takeClaim } from './claims.ts'
import type { Stored } from './incident-table.ts'
import { onEffects, type PerformDeps, type Performed, type Task } from './perform.ts'
import type { SharedMarks } from './shared-marks.ts'
import type { Slack } from './slack.ts'
import type { Posted, SlackMessages } from './slack-messages.ts'

export interface SenderDeps extends PerformDeps {
  slack: Slack
  messages: SlackMessages
  marks: SharedMarks
  channels: Channels
  look: Look
}

/** One new message per second and channel is what Slack takes; a little slower leaves room for the wire. */
const betweenPosts = 1_150
/** One edit of one message in three seconds, and forty in all per minute (Tier 3 allows fifty). */
const betweenEditsOfOne = 3_000
const betweenEdits = 1_500
/** Waits longer than this leave the process and let the queue count. */
const longestPause = 4_000

/** The Lambda that talks to Slack: posts, edits, replies, pages. Nothing else does, but modals and answers to a click. */
export function createSender(deps: SenderDeps) {
  return onEffects(deps, (task) => {
    const { effect, incident } = task
    switch (effect.kind) {
      case 'show':
        return incident.message ? edit(deps, task, incident.message) : post(deps, task, rootOf(deps, incident))
      case 'reply': {
        if (!incident.message) return waitForRoot()
        const { channel, ts } = incident.message
        return post(deps, task, { channel, thread: ts, message: threadReply(effect.say, incident, deps.look) })
      }
      case 'page':
        return pagePeople(deps, task, effect)
      default:
        throw new Error(`The sender cannot perform ${effect.kind}`)
    }
  })
}

interface Post {
  channel: string
  thread?: string
  message: Message
}

const rootOf = (deps: SenderDeps, incident: Incident): Post => ({
  channel: deps.channels.alerts,
  message: rootMessage(incident, deps.look),
})

const waitForRoot = async (): Promise<Performed> => ({
  is: 'later',
  inMs: 2_000,
  because: 'the root message is not up yet',
})

/** Waits for the next turn of `name`; a long wait is left to the queue. */
async function takeTurn({ marks, wall }: SenderDeps, name: string, spacing: number): Promise<number> {
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
async function post(deps: SenderDeps, task: Task, { channel, thread, message }: Post): Promise<Performed> {
  const { incident, waiting } = task
  const now = deps.wall.now().getTime()
  const claimedUntil = waiting.claim && Date.parse(waiting.claim.until)
  if (claimedUntil !== undefined && claimedUntil > now) {
    return { is: 'later', inMs: claimedUntil - now, because: 'another sender may have posted it' }
  }
  const wait = await takeTurn(deps, `post:${channel}`, betweenPosts)
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
    if (found.is !== 'absent') return later(deps, task, found)
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
  outcome: effect.kind === 'show' ? { is: 'shown', channel, ts, look: incident.look } : { is: 'done' },
})

async function later(deps: SenderDeps, task: Task, answer: Exclude<Posted, { is: 'posted' }>): Promise<Performed> {
  const { incident, waiting } = task
  switch (answer.is) {
    case 'unknown':
      // The claim stays: when it has run out, the next try looks for the message before posting again.
      return { is: 'later', inMs: 30_000, because: answer.message }
    case 'rate-limited':
      await giveBack(deps, { service: incident.service, id: incident.id }, waiting.id)
      return { is: 'later', inMs: answer.retryAfterMs, because: 'Slack asked to wait' }
    case 'refused':
      await giveBack(deps, { service: incident.service, id: incident.id }, waiting.id)
      deps.log.error('Slack refuses a message', { incident: incident.id, effect: waiting.id, ...answer })
      return { is: 'later', inMs: minutes(1), because: answer.code }
    default:
      return answer satisfies never
  }
}

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
      if (edited.code === 'message_not_found') return post(deps, task, rootOf(deps, incident))
      deps.log.error('Slack refuses an edit', { incident: incident.id, ...edited })
      return { is: 'later', inMs: minutes(1), because: edited.code }
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
  return post(deps, task, { channel, message: page(effect, task.incident, deps.look, link) })
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
