import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { SeenMessage } from '../protocol.ts'
import { dayInWords, dayKey, type Reading } from './times.ts'

const closeMs = 5 * 60_000

export interface ListProps {
  label: string
  messages: readonly SeenMessage[]
  reading: Reading
  /** The ts up to which the reader had read when the list was opened; a line stands under it. */
  readUpTo?: string | undefined
  draw: (message: SeenMessage, isFollowing: boolean) => ReactNode
}

/** Messages in order, with days and the first unread one marked; stays at the end while the reader is there. */
export function MessageList({ label, messages, reading, readUpTo, draw }: ListProps) {
  const box = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const [hasMore, setHasMore] = useState(false)
  const newest = messages.at(-1)?.ts

  useLayoutEffect(() => {
    if (newest === undefined) return
    if (isAtEnd.current) toEnd(box.current)
    else setHasMore(true)
  }, [newest])
  // Messages grow when they are edited, and the list must not slide away from its end then.
  useEffect(() => {
    if (!content.current || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => isAtEnd.current && toEnd(box.current))
    observer.observe(content.current)
    return () => observer.disconnect()
  }, [])

  const scrolled = () => {
    const { current } = box
    if (!current) return
    isAtEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < 48
    if (isAtEnd.current) setHasMore(false)
  }
  const firstNew = messages.find(
    ({ ts, user }) => user !== '' && readUpTo !== undefined && Number(ts) > Number(readUpTo),
  )
  return (
    <div className="list-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="message-list" ref={box} onScroll={scrolled} aria-label={label} tabIndex={0}>
        <div ref={content}>
          {messages.map((message, index) => {
            const before = messages[index - 1]
            const at = new Date(message.at)
            const isNewDay = !before || dayKey(new Date(before.at), reading) !== dayKey(at, reading)
            const isFirstNew = message === firstNew && before !== undefined
            const isFollowing = !isNewDay && !isFirstNew && before !== undefined && follows(message, before)
            return (
              <div key={`${message.ts}`}>
                {isNewDay && (
                  <p className="day-line">
                    <span>{dayInWords(at, reading)}</span>
                  </p>
                )}
                {isFirstNew && (
                  <p className="new-line">
                    <span>New</span>
                  </p>
                )}
                {draw(message, isFollowing)}
              </div>
            )
          })}
        </div>
      </section>
      {hasMore && (
        <button
          type="button"
          className="more-below"
          onClick={() => {
            isAtEnd.current = true
            toEnd(box.current)
            setHasMore(false)
          }}
        >
          New messages ↓
        </button>
      )}
    </div>
  )
}

function toEnd(box: HTMLElement | null) {
  if (box) box.scrollTop = box.scrollHeight
}

const follows = (message: SeenMessage, before: SeenMessage) =>
  message.user === before.user &&
  !message.onlyYou &&
  !before.onlyYou &&
  !message.broadcast &&
  Date.parse(message.at) - Date.parse(before.at) < closeMs
