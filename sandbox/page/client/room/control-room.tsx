import type { Room } from '../../../room/room.ts'
import type { JournalEntry, Person } from '../../protocol.ts'
import type { Act } from './act.ts'
import { AlarmsPart } from './alarms-part.tsx'
import { ErrorChartPart } from './error-chart-part.tsx'
import { showGuide, useGuide } from './guide.ts'
import { IncidentsPart } from './incidents-part.tsx'
import { LogPart } from './log-part.tsx'
import { MailPart } from './mail-part.tsx'
import { PartsNav } from './parts-nav.tsx'
import { PeoplePart } from './people-part.tsx'
import { QueuesPart } from './queues-part.tsx'
import { type Scenario, ScenariosPart } from './scenarios-part.tsx'
import { ServicePart } from './service-part.tsx'
import { SlackPart } from './slack-part.tsx'
import { TimePart } from './time-part.tsx'
import { readingOf } from './words.ts'

export interface ControlRoomProps {
  room: Room
  /** Oldest first. */
  journal: readonly JournalEntry[]
  people: readonly Person[]
  /** Id of the person the reader acts as. */
  me: string
  onActAs: (userId: string) => void
  onOpen: (channel: string, ts: string) => void
  /** Domain time of now. */
  clock: Date
  act: Act
  /** The scenarios there are; asked for unless given. */
  scenarios?: readonly Scenario[]
}

/** Everything that steers the sandbox, and everything it shows of itself. */
export function ControlRoom(props: ControlRoomProps) {
  const { room, journal, people, me, onActAs, onOpen, clock, act, scenarios } = props
  const reading = readingOf(people, me)
  const hasGuide = useGuide()
  return (
    <div className="room-parts">
      <PartsNav onGuide={hasGuide ? undefined : showGuide} />
      <TimePart speed={room.clock.speed} clock={clock} reading={reading} act={act} />
      <ErrorChartPart chart={room.chart} reading={reading} />
      <ServicePart functions={room.functions} />
      <ScenariosPart playing={room.playing} act={act} {...(scenarios && { known: scenarios })} />
      <SlackPart down={room.slackDown} act={act} />
      <IncidentsPart incidents={room.incidents} clock={clock} onOpen={onOpen} />
      <MailPart mails={room.mails} reading={reading} />
      <AlarmsPart alarms={room.alarms} reading={reading} />
      <QueuesPart queues={room.queues} />
      <PeoplePart people={people} me={me} onActAs={onActAs} />
      <LogPart journal={journal} reading={reading} />
    </div>
  )
}
