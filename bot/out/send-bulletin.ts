import { type Bulletin, linkedIn } from '../bulletin/bulletin.ts'
import { listedDeployment } from '../bulletin/deployment-list.ts'
import type { BulletinOutcome } from '../bulletin/event.ts'
import type { BulletinDeps } from '../bulletin-flow.ts'
import type { Message } from '../message/blocks.ts'
import { bulletinMessage } from '../message/bulletin-message.ts'
import type { Look } from '../message/look.ts'
import { silenceEndMessage } from '../message/silence-message.ts'
import type { Channels } from '../settings.ts'
import { bulletinLedger } from './bulletin-table.ts'
import type { RecentDeployments } from './deployment-list.ts'
import { editInTurn } from './edit-in-turn.ts'
import type { BulletinPerformed, BulletinTask } from './perform-bulletin.ts'
import { permalink } from './permalink.ts'
import { type MessageDeps, postOnce } from './post-once.ts'
import type { Slack } from './slack.ts'

export interface SendBulletinDeps extends BulletinDeps, MessageDeps {
  slack: Slack
  channels: Channels
  look: Look
  recentDeployments: Pick<RecentDeployments, 'note'>
}

/** Puts a bulletin into its channel: posts it once, and from then on edits what was posted. */
export async function sendBulletin(deps: SendBulletinDeps, task: BulletinTask): Promise<BulletinPerformed> {
  const { effect } = task.waiting
  switch (effect.kind) {
    case 'show': {
      const { message } = task.bulletin
      const shown = await (message ? edit(deps, task, message) : post(deps, task))
      // What the feed shows is listed before it is struck off: killed in between, both happen once more.
      const listed = shown.is === 'performed' && listedDeployment(shown.lastRead ?? task.bulletin)
      if (listed) await deps.recentDeployments.note(listed)
      return shown
    }
    case 'tell-end':
      return tellEnd(deps, task)
    case 'read-deployment':
      throw new Error(`The sender cannot perform ${effect.kind}`)
    default:
      return effect satisfies never
  }
}

async function post(deps: SendBulletinDeps, task: BulletinTask): Promise<BulletinPerformed> {
  const { bulletin, waiting } = task
  // One found again was drawn by whoever died, from what was known then: drawn again it is true in any case.
  const look = waiting.claim ? 0 : bulletin.look
  return postNew(deps, task, await draw(deps, bulletin), (channel, ts) => ({ is: 'shown', channel, ts, look }))
}

/** How it ended is said once and stays as it was said. */
async function tellEnd(deps: SendBulletinDeps, task: BulletinTask): Promise<BulletinPerformed> {
  const { facts } = task.bulletin
  if (facts.kind !== 'silence') throw new Error(`The end of a ${facts.kind} has no message`)
  return postNew(deps, task, silenceEndMessage(facts, deps.look), () => ({ is: 'done' }))
}

async function postNew(
  deps: SendBulletinDeps,
  { bulletin, waiting }: BulletinTask,
  message: Message,
  shown: (channel: string, ts: string) => BulletinOutcome,
): Promise<BulletinPerformed> {
  const channel = deps.channels[bulletin.channel]
  const ledger = bulletinLedger(deps.bulletins, bulletin.id)
  const posting = { ledger, stored: bulletin, waiting, since: bulletin.openedAt }
  const posted = await postOnce(deps, posting, { channel, pace: channel, message })
  switch (posted.is) {
    case 'posted':
      return { is: 'performed', outcome: shown(posted.channel, posted.ts), lastRead: posted.stored }
    case 'already-done':
      return { is: 'performed', outcome: { is: 'done' } }
    case 'refused':
      return { is: 'parked', because: posted.code }
    case 'later':
      return posted
    default:
      return posted satisfies never
  }
}

async function edit(
  deps: SendBulletinDeps,
  task: BulletinTask,
  at: { channel: string; ts: string },
): Promise<BulletinPerformed> {
  const edited = await editInTurn(deps, at, async () => {
    const lastRead = (await deps.bulletins.load(task.bulletin.id)) ?? task.bulletin
    return { lastRead, message: await draw(deps, lastRead) }
  })
  if (edited.is === 'not-ours') return post(deps, task)
  if (edited.is !== 'edited') return edited
  const { lastRead } = edited
  return { is: 'performed', outcome: { is: 'shown', ...at, look: lastRead.look }, lastRead }
}

async function draw(deps: SendBulletinDeps, bulletin: Bulletin): Promise<Message> {
  const links = await Promise.all(
    linkedIn(bulletin).map(async (incident): Promise<[string, string][]> => {
      const link = await permalink(deps, incident)
      return link === undefined ? [] : [[incident.id, link]]
    }),
  )
  return bulletinMessage(bulletin, deps.look, new Map(links.flat()))
}
