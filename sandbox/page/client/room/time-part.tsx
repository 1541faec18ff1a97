import { useState } from 'react'
import type { Reading } from '../times.ts'
import { type Act, useDoing } from './act.ts'
import { Part, Trouble } from './part.tsx'
import { timeWithSeconds } from './words.ts'

const speeds = [
  { speed: 0, label: 'Pause' },
  { speed: 1, label: '1×' },
  { speed: 10, label: '10×' },
  { speed: 60, label: '60×' },
]
const jumps = [
  { seconds: 60, label: '+1 min' },
  { seconds: 300, label: '+5 min' },
  { seconds: 900, label: '+15 min' },
  { seconds: 3600, label: '+1 h' },
]

/** The sandbox clock: how fast it runs, and jumps ahead. */
export function TimePart(props: { speed: number; clock: Date; reading: Reading; act: Act }) {
  const { speed, clock, reading, act } = props
  const { doing, trouble, run } = useDoing(act)
  const [from, setFrom] = useState(0)
  const jump = jumps.find(({ label }) => label === doing)
  const isListed = speeds.some((each) => each.speed === speed)
  const day = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: reading.tz,
  })

  return (
    <Part title="Time">
      <p className="room-clock">
        <time dateTime={clock.toISOString()}>{timeWithSeconds(clock, reading)}</time>
        <span className="soft small">
          {day.format(clock)}, {reading.tz.replaceAll('_', ' ')}
        </span>
      </p>
      <div className="room-buttons">
        <fieldset className="room-joined">
          <legend className="visually-hidden">How fast the clock runs</legend>
          {speeds.map((each) => (
            <button
              key={each.label}
              type="button"
              aria-pressed={each.speed === speed}
              disabled={doing !== null}
              onClick={() => run(`speed ${each.speed}`, '/clock', { speed: each.speed })}
            >
              {each.label}
            </button>
          ))}
        </fieldset>
        {!isListed && <span className="small soft">runs at {speed}×</span>}
      </div>
      <fieldset className="room-joined">
        <legend className="visually-hidden">Jump ahead</legend>
        {jumps.map(({ seconds, label }) => (
          <button
            key={label}
            type="button"
            aria-busy={doing === label}
            disabled={doing !== null}
            onClick={() => {
              setFrom(clock.getTime())
              run(label, '/clock', { forward_s: seconds })
            }}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <div className="room-progress" role="status">
        {jump && (
          <>
            <span className="small">{jump.label}: every minute is played on the way…</span>
            <progress
              aria-label="Jump under way"
              max={jump.seconds * 1000}
              value={Math.min(jump.seconds * 1000, Math.max(0, clock.getTime() - from))}
            />
          </>
        )}
      </div>
      <Trouble text={trouble} />
    </Part>
  )
}
