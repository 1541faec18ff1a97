import { isBefore } from '../../common/time.ts'
import type { Bulletin } from './bulletin.ts'
import { withEffect, withShow } from './change.ts'
import type { BulletinIgnored, BulletinVerdict } from './decide.ts'
import type { BulletinEvent } from './event.ts'
import { isRunning, mostSilencedAlarms, type SilenceFacts, silenceId, withAlarm } from './silence.ts'

type Of<T extends BulletinEvent['type']> = Extract<BulletinEvent, { type: T }>

const changed = (bulletin: Bulletin, facts: SilenceFacts): Bulletin => ({ ...bulletin, facts, look: bulletin.look + 1 })

/** A silence begins where none runs. The record of the one before goes when all of it has been told. */
export function whenSilenceAsked(known: Bulletin | undefined, event: Of<'silence-asked'>): BulletinVerdict {
  const { at, of, reason, by, press, until } = event
  const against = known && refusal(known, press, at)
  if (against) return against
  const bulletin: Bulletin = {
    id: silenceId(of),
    channel: 'alerts',
    facts: { kind: 'silence', of, reason, by, press, from: at, until, alarms: {} },
    openedAt: at,
    look: 1,
    pending: [],
    // They go on counting, so that no message is taken for one of the silence before.
    effects: known?.effects ?? 0,
    revision: 0,
  }
  return { because: 'somebody silenced it', bulletin: withShow(bulletin) }
}

function refusal({ facts, endedAt, pending }: Bulletin, press: string, at: string): BulletinIgnored | undefined {
  if (facts.kind !== 'silence') return 'another-kind'
  if (facts.press === press) return 'already-known'
  if (isRunning(facts, at)) return 'already-silenced'
  return endedAt === undefined || pending.length > 0 ? 'not-closed-yet' : undefined
}

/** An alarm changed that the silence holds back, or has held back. */
export function whenAlarmSilenced(bulletin: Bulletin, { at, service, alarm }: Of<'alarm-silenced'>): BulletinVerdict {
  const { facts } = bulletin
  if (facts.kind !== 'silence') return 'another-kind'
  const known = facts.alarms[alarm.name]
  if (known && known.changedAt === alarm.changedAt && known.state === alarm.state) return 'already-known'
  if (known && !isBefore(known.changedAt, alarm.changedAt)) return 'older-than-known'
  const isFiring = alarm.state === 'ALARM'
  if (isFiring ? !isRunning(facts, at) : known === undefined || facts.handedOn !== undefined) return 'not-silenced'
  if (!known && Object.keys(facts.alarms).length >= mostSilencedAlarms) return 'silence-full'
  return {
    because: 'a silenced alarm changed',
    bulletin: withShow(changed(bulletin, withAlarm(facts, service, alarm))),
  }
}

/** `press` names the silence that the person saw: a later one of the same service goes on. */
export function whenSilenceEndAsked(bulletin: Bulletin, { at, by, press }: Of<'silence-end-asked'>): BulletinVerdict {
  const { facts } = bulletin
  if (facts.kind !== 'silence') return 'another-kind'
  if (facts.press !== press || !isRunning(facts, at)) return 'not-silenced'
  return { because: 'somebody ended it', bulletin: withShow(changed(bulletin, { ...facts, ended: { at, by } })) }
}

/** Its time has passed: it ends as late as the next minute comes, and held nothing back since. */
export function endedByTime(bulletin: Bulletin, at: string): Bulletin {
  const { facts } = bulletin
  if (facts.kind !== 'silence' || facts.ended || isRunning(facts, at)) return bulletin
  return changed(bulletin, { ...facts, ended: { at: facts.until } })
}

/** What rang on is with the incidents now, so the end can be told. */
export function whenSilenceHandedOn(
  bulletin: Bulletin,
  { at, press, incidents }: Of<'silence-handed-on'>,
): BulletinVerdict {
  const { facts } = bulletin
  if (facts.kind !== 'silence') return 'another-kind'
  if (facts.press !== press || !facts.ended) return 'not-silenced'
  if (facts.handedOn) return 'already-done'
  const next = withShow(changed(bulletin, { ...facts, handedOn: { at, incidents: { ...incidents } } }))
  return { because: 'what rings on was told', bulletin: withEffect(next, { kind: 'tell-end' }) }
}
