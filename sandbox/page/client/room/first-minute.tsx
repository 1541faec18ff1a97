import { type ReactNode, useId } from 'react'
import type { Room } from '../../../room/room.ts'
import { sampleGroups, samplePeople } from '../../../slack/people.ts'
import { type Act, useDoing } from './act.ts'
import { progressOf } from './first-minute-steps.ts'
import { hideGuide, useGuide } from './guide.ts'
import { Trouble } from './part.tsx'

export interface FirstMinuteProps {
  room: Room
  /** Id of the person the reader acts as. */
  me: string
  /** Shows a message in its channel, or with its thread beside it. */
  onOpen: (channel: string, ts: string, part?: 'thread') => void
  onActAs: (userId: string) => void
  act: Act
}

const named = (name: string) => samplePeople.find((person) => person.name === name)?.id ?? ''
const groupsOf = (id: string) => samplePeople.find((person) => person.id === id)?.groups ?? []
const mayRollBack = sampleGroups.filter(({ handle }) => handle !== 'managers').map(({ id }) => id)

/** Three steps that show what this is about, each ticked when it has come true. */
export function FirstMinute(props: FirstMinuteProps) {
  const { room, me, onOpen, onActAs, act } = props
  const isShown = useGuide()
  const { doing, trouble, run } = useDoing(act)
  const id = useId()
  if (!isShown) return null

  const { incident, done, current } = progressOf(room)
  const isBusy = doing !== null || room.playing !== null
  const play = (name: string) => run(name, `/scenarios/${name}`)
  const open = (part?: 'thread') => {
    const { channel, ts } = incident?.slack ?? {}
    if (channel && ts) onOpen(channel, ts, part)
  }
  const isAllowed = groupsOf(me).some((group) => mayRollBack.includes(group))
  return (
    <section className="first-minute" aria-labelledby={id}>
      <div className="first-minute-head">
        <h2 id={id}>
          {current === 'over' ? 'That was the first minute' : 'Your first minute'}
          {current !== 'over' && <span className="soft small"> step {current} of 3</span>}
        </h2>
        <button type="button" className="room-small" onClick={hideGuide}>
          Hide
        </button>
      </div>
      <ol>
        <Step number={1} isDone={done[0]} isCurrent={current === 1} text="Break a deployment">
          <p className="small soft">
            A new version of the price API turns bad. A quarter of an hour passes in a moment.
          </p>
          <button type="button" className="room-primary" disabled={isBusy} onClick={() => play('bad-deploy')}>
            {doing === 'bad-deploy' || room.playing === 'bad-deploy' ? 'Breaking it…' : 'Break it'}
          </button>
        </Step>
        <Step
          number={2}
          isDone={done[1]}
          isCurrent={current === 2}
          text="Open the message in #crypto-watch-alerts and press Roll back, then confirm"
        >
          {isAllowed ? (
            <button type="button" className="room-primary" onClick={() => open()}>
              Open the message
            </button>
          ) : (
            <>
              <p className="small soft">Only on-call engineers and developers may roll back.</p>
              <button type="button" className="room-primary" onClick={() => onActAs(named('aiko'))}>
                Act as Aiko, who is on call
              </button>
            </>
          )}
        </Step>
        <Step number={3} isDone={done[2]} isCurrent={current === 3} text="Let five minutes pass and read the proof">
          <button
            type="button"
            className="room-primary"
            disabled={isBusy}
            onClick={() => run('jump', '/clock', { forward_s: 300 }).then(() => open())}
          >
            {doing === 'jump' ? 'Five minutes pass…' : 'Let five minutes pass'}
          </button>
        </Step>
      </ol>
      <p className="visually-hidden" role="status">
        {current === 'over' ? 'All three steps are done.' : `Step ${current} of 3.`}
      </p>
      {current === 'over' && (
        <div className="first-minute-next">
          <p className="small">The proof is in the thread of the message. What to try next:</p>
          <div className="room-buttons">
            <button type="button" className="room-small" onClick={() => open('thread')}>
              Read the proof
            </button>
            <button type="button" className="room-small" disabled={isBusy} onClick={() => play('slow')}>
              A slow API: press Escalate
            </button>
            <button type="button" className="room-small" onClick={() => onActAs(named('eve'))}>
              Be Eve, the visitor: what may she do?
            </button>
            <button type="button" className="room-small" disabled={isBusy} onClick={() => play('storm')}>
              A storm of forty alarms
            </button>
          </div>
        </div>
      )}
      <Trouble text={trouble} />
    </section>
  )
}

function Step(props: { number: number; text: string; isDone: boolean; isCurrent: boolean; children: ReactNode }) {
  const { number, text, isDone, isCurrent, children } = props
  const state = isDone ? 'done' : isCurrent ? 'current' : 'later'
  return (
    <li className={`step ${state}`} aria-current={isCurrent ? 'step' : undefined}>
      <span className="step-mark" aria-hidden="true">
        {isDone ? '✓' : number}
      </span>
      <div className="step-body">
        <p>
          {text}
          {isDone && <span className="visually-hidden"> (done)</span>}
        </p>
        {isCurrent && children}
      </div>
    </li>
  )
}
