import { minutes, msBetween } from '../../common/time.ts'
import { type Bulletin, deploymentBulletinId, isOverBulletin, isToBeShown } from './bulletin.ts'
import { withEffect, withShow } from './change.ts'
import { DeploymentFacts, statusOfEvent, withIncident, withReading, withStatus } from './deployment.ts'
import { digestBulletinId } from './digest-due.ts'
import type { BulletinEvent } from './event.ts'
import {
  endedByTime,
  whenAlarmSilenced,
  whenSilenceAsked,
  whenSilenceEndAsked,
  whenSilenceHandedOn,
} from './when-silenced.ts'

/** Why nothing is done. */
export type BulletinIgnored =
  | 'no-such-bulletin'
  | 'already-known'
  | 'older-than-known'
  | 'already-done'
  | 'nothing-due'
  | 'another-kind'
  | 'already-silenced'
  | 'not-closed-yet'
  | 'not-silenced'
  | 'silence-full'

export type BulletinDecision = { because: string; bulletin: Bulletin } | { because: BulletinIgnored; ignored: true }

/** What a rule answers: a change and why, or the name of the reason to leave things as they are. */
export type BulletinVerdict = { because: string; bulletin: Bulletin } | BulletinIgnored
type Of<T extends BulletinEvent['type']> = Extract<BulletinEvent, { type: T }>

/** A deployment that nobody could read to its end is given up, and so is a message that Slack never took. */
const givenUpAfter = { reading: minutes(3 * 24 * 60), showing: minutes(24 * 60) }
/** How long the record of what has ended is kept. */
const keptFor = minutes(120 * 24 * 60)

/** Decides what an event means for a bulletin. Pure: the event carries its time, `pending` what is to be done. */
export function decideBulletin(bulletin: Bulletin | undefined, event: BulletinEvent): BulletinDecision {
  const verdict = consider(bulletin, event)
  if (typeof verdict === 'string') return { because: verdict, ignored: true }
  return { because: verdict.because, bulletin: settle(verdict.bulletin, event.at) }
}

function consider(bulletin: Bulletin | undefined, event: BulletinEvent): BulletinVerdict {
  if (event.type === 'deployment-changed') return whenDeploymentChanged(bulletin, event)
  if (event.type === 'incident-told') return whenIncidentTold(bulletin, event)
  if (event.type === 'week-passed') return whenWeekPassed(bulletin, event)
  if (event.type === 'silence-asked') return whenSilenceAsked(bulletin, event)
  if (!bulletin) return 'no-such-bulletin'
  switch (event.type) {
    case 'alarm-silenced':
      return whenAlarmSilenced(bulletin, event)
    case 'silence-end-asked':
      return whenSilenceEndAsked(bulletin, event)
    case 'silence-handed-on':
      return whenSilenceHandedOn(bulletin, event)
    case 'minute-passed':
      return whenMinutePassed(bulletin, event)
    case 'effect-done':
      return whenEffectDone(bulletin, event)
    default:
      return event satisfies never
  }
}

const opened = ({ at, role, deployment }: Of<'deployment-changed' | 'incident-told'>): Bulletin => ({
  id: deploymentBulletinId(deployment),
  channel: 'deploys',
  facts: { kind: 'deployment', role, deployment, status: 'created', asked: false },
  openedAt: at,
  look: 1,
  pending: [],
  effects: 0,
  revision: 0,
})

/** Counted once: what two sweeps count at the same time is told by the first of them. */
function whenWeekPassed(known: Bulletin | undefined, { at, facts }: Of<'week-passed'>): BulletinVerdict {
  if (known) return 'already-known'
  const bulletin: Bulletin = {
    id: digestBulletinId(facts),
    channel: 'alerts',
    facts,
    openedAt: at,
    look: 1,
    pending: [],
    effects: 0,
    revision: 0,
  }
  return { because: 'a week is over', bulletin: withShow(bulletin) }
}

/** An event carries neither version nor author, so it makes us look; the message waits for what is seen. */
function whenDeploymentChanged(known: Bulletin | undefined, event: Of<'deployment-changed'>): BulletinVerdict {
  const bulletin = known ?? opened(event)
  if (bulletin.facts.kind !== 'deployment') return 'another-kind'
  const status = statusOfEvent(event.state)
  const next = withFacts(bulletin, withStatus(bulletin.facts, status))
  if (known && status !== undefined && next === bulletin) return 'already-known'
  return { because: 'a deployment changed', bulletin: withEffect(next, { kind: 'read-deployment' }) }
}

function whenIncidentTold(known: Bulletin | undefined, event: Of<'incident-told'>): BulletinVerdict {
  const bulletin = known ?? opened(event)
  if (bulletin.facts.kind !== 'deployment') return 'another-kind'
  const next = withFacts(bulletin, withIncident(bulletin.facts, event.incident, event.takenBack))
  if (known && next === bulletin) return 'already-known'
  // One that no event announced has not been read yet.
  const read = known ? next : withEffect(next, { kind: 'read-deployment' })
  return { because: 'an incident is about it', bulletin: withShow(read) }
}

function whenMinutePassed(bulletin: Bulletin, { at }: Of<'minute-passed'>): BulletinVerdict {
  const { facts, openedAt, endedAt, message } = bulletin
  if (facts.kind === 'deployment' && endedAt === undefined && msBetween(openedAt, at) > givenUpAfter.reading) {
    return { because: 'nobody can say how it ended', bulletin: withShow(withFacts(bulletin, { ...facts, lost: true })) }
  }
  if (endedAt !== undefined && message === undefined && msBetween(endedAt, at) > givenUpAfter.showing) {
    return { because: 'Slack never took it', bulletin: { ...bulletin, drawn: bulletin.look, pending: [] } }
  }
  const next = withShow(withWhatIsDue(bulletin, at))
  return next === bulletin ? 'nothing-due' : { because: 'a minute passed', bulletin: next }
}

function withWhatIsDue(bulletin: Bulletin, at: string): Bulletin {
  switch (bulletin.facts.kind) {
    case 'deployment':
      return bulletin.endedAt === undefined ? withEffect(bulletin, { kind: 'read-deployment' }) : bulletin
    case 'digest':
      return bulletin
    case 'silence':
      return endedByTime(bulletin, at)
    default:
      return bulletin.facts satisfies never
  }
}

/** Strikes the effect off and takes in what its performer found. */
function whenEffectDone(bulletin: Bulletin, { effect, outcome }: Of<'effect-done'>): BulletinVerdict {
  if (!bulletin.pending.some(({ id }) => id === effect)) return 'already-done'
  const struck = { ...bulletin, pending: bulletin.pending.filter(({ id }) => id !== effect) }
  switch (outcome.is) {
    case 'done':
      return { because: 'it is done', bulletin: struck }
    case 'shown': {
      const { channel, ts, look } = outcome
      const shown = { ...struck, message: { channel, ts }, drawn: look }
      // What changed while the message was being drawn is drawn again.
      return { because: 'the message is up', bulletin: withShow(shown) }
    }
    case 'read': {
      if (struck.facts.kind !== 'deployment') return 'another-kind'
      const read = withShow(withFacts(struck, withReading(struck.facts, outcome.reading)))
      return { because: `the deployment was ${outcome.reading.is}`, bulletin: read }
    }
    default:
      return outcome satisfies never
  }
}

/** The very same bulletin when nothing is new. Facts are compared as the schema orders them, since a table keeps no order. */
function withFacts(bulletin: Bulletin, facts: DeploymentFacts): Bulletin {
  if (bulletin.facts.kind !== facts.kind) return bulletin
  const inOrder = (of: DeploymentFacts) => JSON.stringify(DeploymentFacts.parse(of))
  return inOrder(facts) === inOrder(bulletin.facts) ? bulletin : { ...bulletin, facts, look: bulletin.look + 1 }
}

/** Whether it is over follows from the facts, which may also say that it is not over after all. */
function settle({ endedAt, expires: _old, ...bulletin }: Bulletin, at: string): Bulletin {
  if (!isOverBulletin(bulletin, at)) return bulletin
  const told = bulletin.facts.kind === 'deployment' ? bulletin.facts.endedAt : undefined
  const ended = endedAt ?? told ?? at
  const pending = isToBeShown(bulletin)
    ? bulletin.pending
    : bulletin.pending.filter(({ effect }) => effect.kind !== 'show')
  return { ...bulletin, pending, endedAt: ended, expires: Math.ceil((Date.parse(ended) + keptFor) / 1000) }
}
