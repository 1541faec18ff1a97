import { useEffect, useId, useState } from 'react'
import { type Act, useDoing } from './act.ts'
import { Part, Trouble } from './part.tsx'
import { readable } from './words.ts'

export interface Scenario {
  name: string
  says: string
}

const titles: Readonly<Record<string, string>> = {
  'bad-deploy': 'Break a deployment',
  'canary-caught': 'Catch a bad canary',
  'automatic-rollback-fails': 'Automatic rollback fails',
  'rollback-does-not-help': 'Rollback does not help',
  'upstream-down': 'Price source down',
  'upstream-429': 'Price source says “too often”',
  'table-throttled': 'Table throttled',
  slow: 'Slow API',
  concurrency: 'Too many requests at once',
  'key-leaked': 'A customer’s key leaks',
  storm: 'A storm of alarms',
  'slack-down': 'Slack away while the API fails',
  calm: 'Heal everything',
}

async function listOfScenarios(): Promise<Scenario[]> {
  const answer = await fetch('/_sandbox/scenarios')
  if (!answer.ok) throw new Error(`The list of scenarios was answered with ${answer.status}.`)
  return (await answer.json()) as Scenario[]
}

/** Every story the sandbox can play; `known` is for those who have the list already. */
export function ScenariosPart(props: { playing: string | null; act: Act; known?: readonly Scenario[] }) {
  const { playing, act } = props
  const [list, setList] = useState<readonly Scenario[] | null>(props.known ?? null)
  const [missing, setMissing] = useState<string | null>(null)
  const { doing, trouble, run } = useDoing(act)
  const isKnown = list !== null
  useEffect(() => {
    if (isKnown) return
    listOfScenarios().then(setList, () => setMissing('The list of scenarios could not be read. Load the page again.'))
  }, [isKnown])

  const on = doing ?? playing
  const play = (name: string) => run(name, `/scenarios/${name}`)
  const calm = list?.find(({ name }) => name === 'calm')
  return (
    <Part title="Scenarios">
      <p className="visually-hidden" role="status">
        {on ? `Playing: ${titles[on] ?? readable(on)}` : ''}
      </p>
      <Trouble text={trouble ?? missing} />
      {!list && !missing && <p className="soft small">Asking which there are…</p>}
      <ul className="room-list room-scenarios">
        {list
          ?.filter(({ name }) => name !== 'calm')
          .map((scenario) => (
            <li key={scenario.name}>
              <ScenarioButton scenario={scenario} on={on} onPlay={play} />
            </li>
          ))}
      </ul>
      {calm && (
        <div className="room-scenarios room-calm">
          <ScenarioButton scenario={calm} on={on} onPlay={play} />
        </div>
      )}
    </Part>
  )
}

function ScenarioButton(props: { scenario: Scenario; on: string | null; onPlay: (name: string) => void }) {
  const { scenario, on, onPlay } = props
  const { name, says } = scenario
  const id = useId()
  const isOn = on === name
  return (
    <>
      <button
        type="button"
        className="room-button"
        aria-describedby={id}
        aria-busy={isOn}
        disabled={on !== null}
        onClick={() => onPlay(name)}
      >
        <span>{titles[name] ?? readable(name)}</span>
        <span aria-hidden="true">{isOn ? 'playing…' : '▶'}</span>
      </button>
      <p id={id} className="small soft">
        {says}
      </p>
    </>
  )
}
