import type { Person } from '../../protocol.ts'
import { Part } from './part.tsx'

/** Who may be played, and who is. */
export function PeoplePart(props: { people: readonly Person[]; me: string; onActAs: (userId: string) => void }) {
  const { people, me, onActAs } = props
  return (
    <Part title="People">
      <ul className="room-list room-people">
        {people
          .filter(({ is_bot }) => !is_bot)
          .map(({ id, real_name, title }) => (
            <li key={id} aria-current={id === me ? 'true' : undefined}>
              <span className="room-main">
                <span>{real_name}</span>
                <span className="small soft">{title}</span>
              </span>
              {id === me ? (
                <span className="room-tag">That is you</span>
              ) : (
                <button type="button" className="room-small" onClick={() => onActAs(id)}>
                  Act as {real_name.split(' ')[0]}
                </button>
              )}
            </li>
          ))}
      </ul>
    </Part>
  )
}
