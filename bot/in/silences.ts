import { describeError } from '../../common/logger.ts'
import { moment } from '../../common/time.ts'
import type { Bulletin } from '../bulletin/bulletin.ts'
import {
  goesToSilence,
  isRunning,
  knows,
  Silenced,
  type SilenceFacts,
  silenceId,
  silencesOf,
} from '../bulletin/silence.ts'
import { type BulletinDeps, tellBulletin } from '../bulletin-flow.ts'
import type { FlowDeps } from '../flow.ts'
import type { IncidentEvent } from '../incident/event.ts'
import type { Told } from './tell-incidents.ts'

export type Silence = Bulletin & { facts: SilenceFacts }

const isSilence = (bulletin: Bulletin | undefined): bulletin is Silence => bulletin?.facts.kind === 'silence'

/** The last silence of each, running or over. */
export async function readSilences(
  { bulletins }: Pick<BulletinDeps, 'bulletins'>,
  of: Iterable<Silenced>,
): Promise<Silence[]> {
  const read = await Promise.all([...new Set(of)].map((each) => bulletins.load(silenceId(each))))
  return read.filter(isSilence)
}

/** Those that run now. */
export async function runningSilences(deps: Pick<BulletinDeps, 'bulletins' | 'clock'>): Promise<SilenceFacts[]> {
  const at = moment(deps.clock.now())
  const silences = await readSilences(deps, Silenced.options)
  return silences.flatMap(({ facts }) => (isRunning(facts, at) ? [facts] : []))
}

type AlarmTold = Told & { event: Extract<IncidentEvent, { type: 'alarm-changed' }> }
const isAlarm = (told: Told): told is AlarmTold => told.event.type === 'alarm-changed'

/**
 * Records in a silence what it holds back. Answers what is not to be told to any incident: only what is on record for
 * certain. Where a silence cannot be read or saved, the alarm is announced as usual, never the other way round.
 */
export async function tellSilences<T extends Told>(deps: FlowDeps & BulletinDeps, told: readonly T[]): Promise<Set<T>> {
  const held = new Set<T>()
  for (const [service, batch] of Map.groupBy(told, (each) => each.service)) {
    try {
      for (const each of await heldBack(deps, service, batch)) held.add(each)
    } catch (error) {
      deps.log.error('a silence could not be asked, so its alarms are announced', {
        service,
        error: describeError(error),
      })
    }
  }
  return held
}

async function heldBack<T extends Told>(deps: FlowDeps & BulletinDeps, service: string, batch: readonly T[]) {
  const alarms = batch.filter((each) => isAlarm(each))
  if (alarms.length === 0) return []
  const silences = await readSilences(deps, silencesOf(service))
  if (silences.length === 0) return []
  const own = (await deps.incidents.load({ service }))?.incident
  const held: T[] = []
  for (const silence of silences) {
    const goes = ({ event: { at, alarm } }: AlarmTold) => goesToSilence(silence.facts, own, { service, alarm, at })
    // What ends an alarm is told to both: the incident may know the alarm too, and a clear calls nobody.
    const events = alarms
      .filter((each) => !held.includes(each) && (goes(each) || each.event.alarm.state !== 'ALARM'))
      .map(({ event: { at, alarm } }) => ({ type: 'alarm-silenced', at, service, alarm }) as const)
    if (events.length === 0) continue
    const saved = await tellBulletin(deps, silence.id, events, silence)
    // It may have ended meanwhile, or have no room: what it does not know, it does not tell.
    if (isSilence(saved)) held.push(...alarms.filter((each) => goes(each) && knows(saved.facts, each.event.alarm)))
  }
  return held
}
