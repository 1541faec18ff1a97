import type { AlarmView } from '../../../room/room.ts'
import type { Reading } from '../times.ts'
import { Clipped } from './clipped.tsx'
import { Part } from './part.tsx'
import { shortTime } from './words.ts'

const states = {
  ALARM: { shape: '▲', word: 'ALARM' },
  OK: { shape: '●', word: 'OK' },
  INSUFFICIENT_DATA: { shape: '◇', word: 'No data' },
} as const

const order: Record<AlarmView['state'], number> = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 }

/** Every alarm, the ringing ones first. */
export function AlarmsPart({ alarms, reading }: { alarms: readonly AlarmView[]; reading: Reading }) {
  const sorted = alarms.toSorted((a, b) => order[a.state] - order[b.state] || a.name.localeCompare(b.name))
  const ringing = alarms.filter(({ state }) => state === 'ALARM').length
  return (
    <Part
      title="Alarms"
      aside={<span className="small soft">{ringing === 0 ? 'all quiet' : `${ringing} ringing`}</span>}
    >
      <Clipped
        first={Math.max(8, Math.min(ringing, 10))}
        what="alarms"
        items={sorted.map(({ name, severity, state, since, condition }) => (
          <li key={name} className={`room-alarm ${state.toLowerCase()}`}>
            <span className="room-state">
              <span aria-hidden="true">{states[state].shape}</span> {states[state].word}
            </span>
            <span className="room-main">
              <strong>{name}</strong>
              <span className="small soft">
                {severity !== null && `${severity} · `}
                {condition} · since {shortTime(new Date(since), reading)}
              </span>
            </span>
          </li>
        ))}
      />
    </Part>
  )
}
