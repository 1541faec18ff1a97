import type { Room } from '../../../room/room.ts'
import { Part } from './part.tsx'

const names: Record<Room['queues'][number]['name'], { name: string; says: string }> = {
  alarms: { name: 'alarms', says: 'notifications on their way in' },
  sender: { name: 'sender', says: 'messages to Slack' },
  evidence: { name: 'evidence', says: 'reading AWS' },
  worker: { name: 'worker', says: 'changing AWS' },
  remedy: { name: 'remedy', says: 'changing settings' },
  mailer: { name: 'mailer', says: 'mails to people' },
  deadLetters: { name: 'dead letters', says: 'given up, for a person to look at' },
}

/** How much waits where. */
export function QueuesPart({ queues }: { queues: Room['queues'] }) {
  const most = Math.max(10, ...queues.map(({ waiting }) => waiting))
  return (
    <Part title="Queues">
      <ul className="room-list room-queues">
        {queues.map(({ name, waiting }) => (
          <li key={name} className={name === 'deadLetters' && waiting > 0 ? 'bad' : ''}>
            <span className="room-main">
              <span>{names[name].name}</span>
              <span className="small soft">{names[name].says}</span>
            </span>
            <span className="room-bar" aria-hidden="true">
              <span style={{ width: `${(100 * waiting) / most}%` }} />
            </span>
            <span className="room-numbers">
              {name === 'deadLetters' && waiting > 0 && <span aria-hidden="true">▲ </span>}
              {waiting}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  )
}
