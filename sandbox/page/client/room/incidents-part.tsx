import type { IncidentView } from '../../../room/room.ts'
import { Clipped } from './clipped.tsx'
import { Part } from './part.tsx'
import { countdown, readable } from './words.ts'

const rollbackWords: Readonly<Record<string, string>> = {
  requested: 'rollback asked for',
  stopping: 'rollback waits for a deployment to stop',
  moving: 'rollback moves the alias',
  verifying: 'rollback done, proof outstanding',
  helped: 'rollback helped',
  'did-not-help': 'rollback did not help',
  'not-proven': 'rollback could not be proven',
  failed: 'rollback failed',
}

function next({ nextDue, level, status }: IncidentView, clock: Date): string | undefined {
  if (nextDue === null || status === 'resolved') return undefined
  const left = countdown(new Date(nextDue), clock)
  return left === undefined ? `level ${level + 1} is due now` : `level ${level + 1} in ${left}`
}

/** The incidents, open ones first, each with the way to its message. */
export function IncidentsPart(props: {
  incidents: readonly IncidentView[]
  clock: Date
  onOpen: (channel: string, ts: string) => void
}) {
  const { incidents, clock, onOpen } = props
  const isOpen = ({ status }: IncidentView) => status !== 'resolved'
  const sorted = incidents.toSorted(
    (a, b) => Number(isOpen(b)) - Number(isOpen(a)) || b.openedAt.localeCompare(a.openedAt),
  )
  const open = incidents.filter(isOpen).length
  return (
    <Part title="Incidents" aside={<span className="small soft">{open === 0 ? 'none open' : `${open} open`}</span>}>
      {incidents.length === 0 && <p className="small soft">Nothing has happened yet. Play a scenario.</p>}
      <Clipped
        first={6}
        what="incidents"
        items={sorted.map((incident) => {
          const { id, service, severity, status, level, rollback, slack } = incident
          const facts = [`level ${level}`, next(incident, clock), rollbackWords[rollback]].filter(Boolean)
          const { channel, ts } = slack
          return (
            <li key={id} className={`room-incident ${isOpen(incident) ? 'open' : 'over'}`}>
              <span className="room-main">
                <span>
                  <strong>{service}</strong> <span className="room-tag">{severity}</span>{' '}
                  <span className="room-tag">{readable(status)}</span>
                </span>
                <span className="small soft room-numbers">{facts.join(' · ')}</span>
              </span>
              {channel !== null && ts !== null ? (
                <button type="button" className="room-small" onClick={() => onOpen(channel, ts)}>
                  Show message<span className="visually-hidden"> of {id}</span>
                </button>
              ) : (
                <span className="small soft">no message yet</span>
              )}
            </li>
          )
        })}
      />
    </Part>
  )
}
