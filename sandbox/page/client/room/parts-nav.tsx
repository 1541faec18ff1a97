import { useRef } from 'react'

/** Titles of the parts worth a short way, in the order they stand. */
const parts = ['Error rate', 'Scenarios', 'Incidents', 'Mail', 'Alarms', 'People', 'What travels']

/** Short ways to the parts of the control room, which is taller than any screen, and back to the first minute. */
export function PartsNav({ onGuide }: { onGuide: (() => void) | undefined }) {
  const nav = useRef<HTMLElement>(null)
  const goTo = (title: string) => {
    const headings = nav.current?.parentElement?.querySelectorAll('h3') ?? []
    const heading = [...headings].find(({ textContent }) => textContent === title)
    heading?.closest('section')?.scrollIntoView({ block: 'start' })
  }
  return (
    <nav ref={nav} className="room-ways" aria-label="Parts of the control room">
      {parts.map((title) => (
        <button key={title} type="button" onClick={() => goTo(title)}>
          {title}
        </button>
      ))}
      {onGuide && (
        <button type="button" onClick={onGuide}>
          Show the first minute again
        </button>
      )}
    </nav>
  )
}
