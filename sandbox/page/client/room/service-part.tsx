import type { FunctionView } from '../../../room/room.ts'
import { Part } from './part.tsx'
import { percent } from './words.ts'

const roleNames = { api: 'Price API', updater: 'Price updater' } as const

/** “<commit> by <author>: <subject>” without the commit. */
const withoutCommit = (description: string) => description.replace(/^[0-9a-f]{7} /, '')

function numbers({ perMinute, errorRate }: FunctionView): string {
  const calls = `${perMinute} ${perMinute === 1 ? 'call' : 'calls'} in the last minute`
  return errorRate === null ? calls : `${calls}, errors ${percent(errorRate)}`
}

/** Which version answers how much of the traffic. */
export function ServicePart({ functions }: { functions: readonly FunctionView[] }) {
  return (
    <Part title="Service">
      {functions.map((each) => (
        <div key={each.name} className="room-function">
          <h4>{roleNames[each.role]}</h4>
          <p className="small room-mono soft">{each.name}</p>
          <p className="small">{numbers(each)}</p>
          <ul className="room-list room-versions">
            {each.versions.map(({ version, description, share }) => (
              <li key={version} className={share > 0 ? 'live' : 'idle'}>
                <span className="room-version">v{version}</span>
                <span className="room-bar" aria-hidden="true">
                  <span style={{ width: `${share * 100}%` }} />
                </span>
                <span className="room-share">
                  <span className="visually-hidden">share of the traffic: </span>
                  {percent(share * 100)}
                </span>
                <span className="small soft room-said">{withoutCommit(description)}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Part>
  )
}
