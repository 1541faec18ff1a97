import { type Bulletin, type BulletinEffect, deploymentBulletinId } from '../../bot/bulletin/bulletin.ts'
import { decideBulletin } from '../../bot/bulletin/decide.ts'
import type { DeploymentFacts, DeploymentReading } from '../../bot/bulletin/deployment.ts'
import type { DigestFacts } from '../../bot/bulletin/digest.ts'
import type { BulletinEvent, BulletinOutcome } from '../../bot/bulletin/event.ts'
import { type SilencedAlarm, type SilenceFacts, silenceId } from '../../bot/bulletin/silence.ts'
import { anAlarm, noon } from './builders.ts'
import { at } from './incident-builders.ts'

/** v41 → v42 of the API, begun at 03:00 and ended well at 03:05. */
export const aDeployment = (change: Partial<DeploymentFacts> = {}): DeploymentFacts => ({
  kind: 'deployment',
  role: 'api',
  deployment: 'd-42',
  status: 'succeeded',
  asked: true,
  from: '41',
  to: '42',
  commit: 'abc1234',
  author: 'Ren Ito',
  subject: 'Show decimals',
  startedAt: at('03:00'),
  endedAt: at('03:05'),
  ...change,
})

/** The same under way. */
export const aRunningDeployment = (change: Partial<DeploymentFacts> = {}): DeploymentFacts => {
  const { endedAt: _not, ...facts } = aDeployment({ status: 'started' })
  return { ...facts, ...change }
}

export const announces = (state: string | undefined, when: string, deployment = 'd-42'): BulletinEvent => ({
  type: 'deployment-changed',
  at: when,
  role: 'api',
  deployment,
  ...(state !== undefined && { state }),
})

export const found = (change: Partial<DeploymentFacts> = {}): DeploymentReading => {
  const { kind: _kind, role: _role, deployment: _deployment, asked: _asked, ...seen } = aRunningDeployment(change)
  return { is: 'found', ...seen }
}

export const minutePasses = (when: string): BulletinEvent => ({ type: 'minute-passed', at: when })

type Step = BulletinEvent | ((bulletin: Bulletin) => BulletinEvent)

/** The performer of the first waiting effect of this kind reports back. */
const reports =
  (kind: BulletinEffect['kind'], outcome: (bulletin: Bulletin) => BulletinOutcome, when: string): Step =>
  (bulletin) => {
    const waiting = bulletin.pending.find(({ effect }) => effect.kind === kind)
    return { type: 'effect-done', at: when, effect: waiting?.id ?? 'none', outcome: outcome(bulletin) }
  }
export const reads = (reading: DeploymentReading, when: string): Step =>
  reports('read-deployment', () => ({ is: 'read', reading }), when)
export const shows = (when: string): Step =>
  reports('show', ({ look }) => ({ is: 'shown', channel: 'C1', ts: '1.1', look }), when)

/** The bulletin after these events; those that change nothing are passed over. */
export function tell(start: Bulletin | undefined, ...steps: Step[]): Bulletin {
  let bulletin = start
  for (const step of steps) {
    if (typeof step === 'function' && !bulletin) throw new Error('there is no bulletin yet')
    const event = typeof step === 'function' && bulletin ? step(bulletin) : (step as BulletinEvent)
    const decision = decideBulletin(bulletin, event)
    if (!('ignored' in decision)) bulletin = decision.bulletin
  }
  if (!bulletin) throw new Error('nothing was opened')
  return bulletin
}

export const waitingIn = (bulletin: Bulletin): string[] => bulletin.pending.map(({ effect }) => effect.kind)

export const aBulletin = (facts: DeploymentFacts = aDeployment(), change: Partial<Bulletin> = {}): Bulletin => ({
  id: deploymentBulletinId(facts.deployment),
  channel: 'deploys',
  facts,
  openedAt: at('03:00'),
  look: 1,
  pending: [],
  effects: 0,
  revision: 1,
  ...change,
})

/** A week in which nothing happened. */
export const aDigest = (change: Partial<DigestFacts> = {}): DigestFacts => ({
  kind: 'digest',
  week: '2026-W48',
  from: '2026-11-16T00:00:00.000Z',
  to: '2026-11-23T00:00:00.000Z',
  opened: { Critical: 0, High: 0, Medium: 0, Low: 0 },
  openedBefore: { Critical: 0, High: 0, Medium: 0, Low: 0 },
  acknowledged: {},
  resolved: {},
  loudest: [],
  low: [],
  lowLeftOut: 0,
  open: [],
  openLeftOut: 0,
  unfinished: [],
  unfinishedLeftOut: 0,
  rolledBack: { of: 0, helped: 0 },
  drills: 0,
  ...change,
})

export const aDigestBulletin = (facts: DigestFacts = aDigest(), change: Partial<Bulletin> = {}): Bulletin => ({
  id: `digest-${facts.week}`,
  channel: 'alerts',
  facts,
  openedAt: '2026-11-23T00:00:30.000Z',
  look: 1,
  pending: [],
  effects: 0,
  revision: 1,
  ...change,
})

/** The price API, silenced by U1 from 03:00 to 04:00. Nothing has rung yet. */
export const aSilence = (change: Partial<SilenceFacts> = {}): SilenceFacts => ({
  kind: 'silence',
  of: 'api',
  reason: 'moving the gateway',
  by: 'U1',
  press: 'V1',
  from: at('03:00'),
  until: at('04:00'),
  alarms: {},
  ...change,
})

/** The error alarm of the API, as a silence has it on record. */
export const aSilencedAlarm = (change: Partial<SilencedAlarm> = {}): SilencedAlarm => ({
  ...anAlarm(),
  service: 'api',
  firstAt: noon,
  ...change,
})

export const aSilenceBulletin = (facts: SilenceFacts = aSilence(), change: Partial<Bulletin> = {}): Bulletin => ({
  id: silenceId(facts.of),
  channel: 'alerts',
  facts,
  openedAt: facts.from,
  look: 1,
  pending: [],
  effects: 0,
  revision: 1,
  ...change,
})
