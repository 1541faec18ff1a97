import { memo, useLayoutEffect, useRef, useState } from 'react'
import type { JournalEntry } from '../../protocol.ts'
import type { Reading } from '../times.ts'
import { Part } from './part.tsx'
import { timeWithSeconds } from './words.ts'

type Kind = JournalEntry['kind']

const kinds: Record<Kind, string> = {
  alarm: 'Alarm',
  decision: 'Decision',
  effect: 'Effect',
  slack: 'Slack',
  aws: 'AWS',
  person: 'Person',
  world: 'World',
  trouble: 'Trouble',
}
const allKinds = Object.keys(kinds) as Kind[]
const nearEnd = 40

/** What travels through the system, newest at the bottom. It stays at the bottom until the reader scrolls up. */
export function LogPart({ journal, reading }: { journal: readonly JournalEntry[]; reading: Reading }) {
  const [hidden, setHidden] = useState<ReadonlySet<Kind>>(new Set())
  const [isFollowing, setFollowing] = useState(true)
  const list = useRef<HTMLOListElement>(null)
  const shown = journal.filter(({ kind }) => !hidden.has(kind))
  const last = shown.at(-1)?.n

  const toEnd = () => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last entry is what moves the list
  useLayoutEffect(() => {
    if (isFollowing) toEnd()
  }, [last, isFollowing])
  const toggle = (kind: Kind) => {
    const next = new Set(hidden)
    if (!next.delete(kind)) next.add(kind)
    setHidden(next)
  }
  return (
    <Part title="What travels">
      <fieldset className="room-kinds">
        <legend className="visually-hidden">Show entries of these kinds</legend>
        {allKinds.map((kind) => (
          <button key={kind} type="button" aria-pressed={!hidden.has(kind)} onClick={() => toggle(kind)}>
            {kinds[kind]}
          </button>
        ))}
      </fieldset>
      <div className="room-log-frame">
        <ol
          ref={list}
          className="room-log"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
          tabIndex={0}
          aria-label="What travels, newest last"
          onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
            setFollowing(scrollHeight - scrollTop - clientHeight < nearEnd)
          }
        >
          {shown.map((entry) => (
            <Row key={entry.n} entry={entry} tz={reading.tz} locale={reading.locale} />
          ))}
        </ol>
        {!isFollowing && (
          <button type="button" className="room-newest" onClick={toEnd}>
            ↓ Newest
          </button>
        )}
      </div>
      {shown.length === 0 && <p className="small soft">Nothing has travelled yet.</p>}
    </Part>
  )
}

const inText = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(inText).join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Rows never change, so that four hundred of them cost nothing when one is added. */
const Row = memo(function Row({ entry, tz, locale }: { entry: JournalEntry } & Reading) {
  const { at, kind, text, incident, details } = entry
  const facts = { ...(incident !== undefined && { incident }), ...details }
  return (
    <li>
      <time dateTime={at}>{timeWithSeconds(new Date(at), { tz, locale })}</time>
      <span className={`room-kind ${kind}`}>{kinds[kind]}</span>
      <span className="room-sentence">{text}</span>
      {Object.keys(facts).length > 0 && (
        <details>
          <summary>details</summary>
          <dl>
            {Object.entries(facts).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{inText(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  )
})
