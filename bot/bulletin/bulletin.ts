import * as z from 'zod'
import { Waiting } from '../incident/outbox.ts'
import { DeploymentFacts, isOver, isTold } from './deployment.ts'
import { DigestFacts, namedIn } from './digest.ts'
import { SilenceFacts } from './silence.ts'

/** The channels of the settings, by name. */
export const BulletinChannel = z.enum(['alerts', 'dev', 'incidents', 'deploys'])
export type BulletinChannel = z.output<typeof BulletinChannel>

/** What has to be done for a bulletin, as data. */
export const BulletinEffect = z.discriminatedUnion('kind', [
  /** Draw the message from the latest facts: post it, or edit what was posted. */
  z.object({ kind: z.literal('show') }),
  /** Ask CodeDeploy and Lambda about the deployment. */
  z.object({ kind: z.literal('read-deployment') }),
  /** Tell in a message of its own how it ended, because an edit notifies nobody. */
  z.object({ kind: z.literal('tell-end') }),
])
export type BulletinEffect = z.output<typeof BulletinEffect>

export const PendingBulletinEffect = Waiting.extend({ effect: BulletinEffect })
export type PendingBulletinEffect = z.output<typeof PendingBulletinEffect>

/**
 * A message of a channel that belongs to no incident: posted once, then edited. One item of the table has what it
 * says as facts, where it stands, and what is left to do for it.
 */
export const Bulletin = z.object({
  /** Kind and name, as in `deployment-d-ABCDEFGHI`. */
  id: z.string().min(1),
  channel: BulletinChannel,
  /** What it is about. A new kind is a member here, and a case wherever the compiler asks for one. */
  facts: z.discriminatedUnion('kind', [DeploymentFacts, DigestFacts, SilenceFacts]),
  openedAt: z.iso.datetime(),
  /** The message, once Slack has accepted it. */
  message: z.object({ channel: z.string(), ts: z.string() }).optional(),
  /** Counts changes of the facts; a message drawn from an older look is drawn again. */
  look: z.int(),
  /** The look that the message was drawn from. */
  drawn: z.int().optional(),
  pending: z.array(PendingBulletinEffect),
  /** Effects ever made; the next one's number. */
  effects: z.int(),
  /** Counts saves; every write is on condition that nobody saved in between. */
  revision: z.int(),
  /** When nothing more was to happen by itself. */
  endedAt: z.iso.datetime().optional(),
  /** The table's time to live, in seconds since 1970. */
  expires: z.int().optional(),
})
export type Bulletin = z.output<typeof Bulletin>

/** Whether there is anything to post. */
export function isToBeShown({ facts }: Bulletin): boolean {
  switch (facts.kind) {
    case 'deployment':
      return isTold(facts)
    case 'digest':
    case 'silence':
      return true
    default:
      return facts satisfies never
  }
}

/** Nothing more happens by itself. */
export function isOverBulletin({ facts }: Bulletin, at: string): boolean {
  switch (facts.kind) {
    case 'deployment':
      return isOver(facts, at)
    case 'digest':
      return true
    case 'silence':
      return facts.handedOn !== undefined
    default:
      return facts satisfies never
  }
}

/** The incidents whose messages it links to. */
export function linkedIn({ facts }: Bulletin): { id: string; message?: { channel: string; ts: string } | undefined }[] {
  switch (facts.kind) {
    case 'deployment':
      return facts.incident ? [facts.incident] : []
    case 'digest':
      return namedIn(facts)
    case 'silence':
      return []
    default:
      return facts satisfies never
  }
}

/** Its message tells less than is known. */
export const isBehind = (bulletin: Bulletin): boolean => isToBeShown(bulletin) && bulletin.drawn !== bulletin.look

/** The sweep looks after it until it has ended, tells what is known, and nothing is left to do. */
export const isLiveBulletin = (bulletin: Bulletin): boolean =>
  bulletin.endedAt === undefined || bulletin.pending.length > 0 || isBehind(bulletin)

export const deploymentBulletinId = (deployment: string): string => `deployment-${deployment}`
