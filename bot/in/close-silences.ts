import { causesOf } from '../../common/alarms.ts'
import { describeError } from '../../common/logger.ts'
import { moment } from '../../common/time.ts'
import { isRunning, ringingOn, Silenced } from '../bulletin/silence.ts'
import { tellBulletin } from '../bulletin-flow.ts'
import type { AlarmChange } from '../incident/alarm-record.ts'
import { fewAtOnce } from './few-at-once.ts'
import { readSilences, type Silence } from './silences.ts'
import { type TellDeps, tellIncidents } from './tell-incidents.ts'

/**
 * Ends silences whose time has passed, or which somebody ended, and hands what rings still to the incidents. Killed in
 * between, the next sweep does it again: an incident that has the alarm already has nothing new. Answers what went wrong.
 */
export async function closeSilences(deps: TellDeps): Promise<string[]> {
  const at = moment(deps.clock.now())
  try {
    const silences = await readSilences(deps, Silenced.options)
    const due = silences.filter(({ facts }) => !facts.handedOn && !isRunning(facts, at))
    return await fewAtOnce(due, (silence) => close(deps, silence, at))
  } catch (error) {
    deps.log.error('the silences could not be closed', { error: describeError(error) })
    return [describeError(error)]
  }
}

async function close(deps: TellDeps, silence: Silence, at: string): Promise<void> {
  // From here on it takes no alarm, so that nothing can join what is handed on below.
  const ended = await tellBulletin(deps, silence.id, [{ type: 'minute-passed', at }], silence)
  if (ended?.facts.kind !== 'silence') return
  const { facts } = ended
  const told = ringingOn(facts, at).map(({ service, alarm }) => ({
    service,
    event: { type: 'alarm-changed', at, service, alarm } as const,
  }))
  const failed = await tellIncidents(deps, told)
  if (failed.size > 0) throw new Error([...new Set([...failed.values()].map(describeError))].join(' · '))
  const incidents = Object.fromEntries(await incidentsOf(deps, told))
  await tellBulletin(deps, silence.id, [{ type: 'silence-handed-on', at, press: facts.press, incidents }])
}

interface Handed {
  service: string
  event: { alarm: AlarmChange }
}

/** Which incident has each alarm now: its own, or the one that it follows from. */
async function incidentsOf(deps: TellDeps, handed: readonly Handed[]): Promise<[string, string][]> {
  const holders: [string, string][] = []
  for (const { service, event } of handed) {
    const { name, listed } = event.alarm
    const services = new Set([service, ...causesOf(listed).map((cause) => cause.service)])
    const read = await Promise.all([...services].map((each) => deps.incidents.load({ service: each })))
    const holder = read.find((each) => each?.incident.status !== 'resolved' && each?.incident.alarms[name])
    if (holder) holders.push([name, holder.incident.id])
  }
  return holders
}
