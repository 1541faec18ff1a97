import { type ReactNode, useState } from 'react'

/** The first few of a long list, and the rest on demand. */
export function Clipped({ items, first, what }: { items: readonly ReactNode[]; first: number; what: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <ul className="room-list">{isOpen ? items : items.slice(0, first)}</ul>
      {items.length > first && (
        <button type="button" className="link small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Show fewer' : `Show all ${items.length} ${what}`}
        </button>
      )}
    </>
  )
}
