import { useId } from 'react'
import { type Act, useDoing } from './act.ts'
import { Part, Trouble } from './part.tsx'

/** Takes Slack away and brings it back. */
export function SlackPart({ down, act }: { down: boolean; act: Act }) {
  const { doing, trouble, run } = useDoing(act)
  const id = useId()
  return (
    <Part title="Slack">
      <div className="room-switch-line">
        <span className="room-main">
          <span id={id}>Slack is down</span>
          <span className="small soft">
            {down
              ? 'Every call is refused. What the bot has to say waits and is said later.'
              : 'Slack answers. Take it away and see that nothing is lost.'}
          </span>
        </span>
        <button
          type="button"
          role="switch"
          aria-checked={down}
          aria-labelledby={id}
          className="room-switch"
          disabled={doing !== null}
          onClick={() => run('switch', '/slack/down', { down: !down })}
        >
          <span aria-hidden="true">{down ? 'On' : 'Off'}</span>
        </button>
      </div>
      <Trouble text={trouble} />
    </Part>
  )
}
