import { type ReactNode, useId } from 'react'

/** One section of the control room with its heading; `aside` stands beside the heading. */
export function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="room-part" aria-labelledby={id}>
      <div className="room-part-head">
        <h3 id={id}>{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** What went wrong, said at once to those who listen; the place is there before it is needed. */
export function Trouble({ text }: { text: string | null }) {
  return (
    <p className="room-trouble" role="alert">
      {text}
    </p>
  )
}
