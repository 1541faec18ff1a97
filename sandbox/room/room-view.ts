import type { Incident } from '../../bot/incident/incident.ts'
import { alarmNamed } from '../../common/alarms.ts'
import { type FunctionRole, withoutStage } from '../../common/names.ts'
import type { Cloud } from '../cloud/cloud.ts'
import type { IncidentsView } from '../incidents-view.ts'
import type { SandboxClock } from '../sandbox-clock.ts'
import { conditionOf } from './condition.ts'
import { errorChart, minutesOf } from './error-chart.ts'
import type { Recorded } from './record.ts'
import type { AlarmView, FunctionView, IncidentView, Room } from './room.ts'
import { sharesOf } from './version-words.ts'

/** What a room is read from. */
export interface RoomSource {
  cloud: Cloud
  clock: SandboxClock
  incidents: IncidentsView
  slack: { isDown(): boolean }
  scenarios: { playing(): string | null }
  record: Recorded
}

const versionsBefore = 3
const mailsShown = 20
const minuteMs = 60_000

/** The end of the last minute that was played; while one is being played, its calls are not all in yet. */
const playedUntil = (clock: SandboxClock) => new Date(clock.minuteEnd() - minuteMs)

function functionView({ cloud, clock }: RoomSource, role: FunctionRole): FunctionView {
  const name = cloud.names.functions[role]
  const shares = sharesOf(cloud.functions.alias(name))
  const newestFirst = cloud.functions.versions(name).toReversed()
  const idle = newestFirst.filter(({ version }) => !shares.has(version)).slice(0, versionsBefore)
  const [last] = minutesOf(cloud, role, playedUntil(clock), 1)
  return {
    name,
    role,
    versions: newestFirst
      .filter((each) => shares.has(each.version) || idle.includes(each))
      .map(({ version, description, createdAt }) => ({
        version,
        description,
        createdAt,
        share: shares.get(version) ?? 0,
      })),
    perMinute: last?.calls ?? 0,
    errorRate: last?.percent ?? null,
  }
}

function alarmViews({ cloud }: RoomSource): AlarmView[] {
  return cloud.alarms.describe().map(({ kind, alarm, state }) => {
    const listed = alarmNamed(withoutStage(alarm.name, cloud.stage))
    const condition = listed ? conditionOf(listed) : kind === 'composite' ? alarm.rule : alarm.description
    const severity = listed?.severity ?? /\b(Critical|High|Medium|Low)\b/.exec(alarm.description)?.[0] ?? null
    return { name: alarm.name, severity, state: state.value, since: state.changedAt, condition }
  })
}

function incidentView(incident: Incident): IncidentView {
  const { id, service, status, severity, alarms, escalation, rollback, message, openedAt, owner } = incident
  return {
    id,
    service,
    status,
    severity,
    openedAt,
    alarms: Object.keys(alarms),
    owner: owner?.user ?? null,
    level: escalation.level,
    nextDue: 'due' in escalation.next ? escalation.next.due : null,
    rollback: rollback?.status ?? 'none',
    slack: { channel: message?.channel ?? null, ts: message?.ts ?? null },
  }
}

/** Everything the control room shows, read from the running sandbox. */
export async function roomOf(source: RoomSource): Promise<Room> {
  const { cloud, clock, incidents, slack, scenarios, record } = source
  const all = await incidents.all()
  const { queues, deadLetters } = cloud.names
  const waiting = (name: string) => {
    const { visible, inFlight, delayed } = cloud.queues.counts(name)
    return visible + inFlight + delayed
  }
  const dead = Object.values(deadLetters).reduce((sum, name) => sum + waiting(name), 0)
  const now = clock.now()
  return {
    clock: { now: now.toISOString(), speed: clock.speed() },
    playing: scenarios.playing(),
    slackDown: slack.isDown(),
    functions: [functionView(source, 'api'), functionView(source, 'updater')],
    chart: errorChart(cloud, record, playedUntil(clock)),
    alarms: alarmViews(source),
    queues: [
      { name: 'alarms', waiting: waiting(queues.alarms) },
      { name: 'sender', waiting: waiting(queues.sender) },
      { name: 'evidence', waiting: waiting(queues.evidence) },
      { name: 'worker', waiting: waiting(queues.worker) },
      { name: 'remedy', waiting: waiting(queues.remedy) },
      { name: 'mailer', waiting: waiting(queues.mailer) },
      { name: 'deadLetters', waiting: dead },
    ],
    incidents: all.map(incidentView),
    mails: cloud.mailbox.list().slice(-mailsShown).toReversed(),
  }
}
