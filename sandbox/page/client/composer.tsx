import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { type Seen, troubleIn } from './use-actions.ts'

/** Where a person writes: a message, or a slash command. */
export function Composer({
  label,
  say,
  command,
}: {
  label: string
  say: (text: string) => Promise<Seen>
  command?: (name: string, text: string) => Promise<Seen>
}) {
  const [text, setText] = useState('')
  const [trouble, setTrouble] = useState<string>()
  const isSending = useRef(false)
  const id = useId()

  const send = async () => {
    const typed = text.trim()
    if (typed === '' || isSending.current) return
    isSending.current = true
    setTrouble(undefined)
    const [, name, rest] = /^(\/[\w-]+)\s*([\s\S]*)$/.exec(typed) ?? []
    const seen = name && command ? await command(name, rest ?? '') : await say(typed)
    isSending.current = false
    const why = troubleIn(seen)
    if (why === undefined) setText('')
    else setTrouble(name ? `${name} failed. ${why}` : `Not sent. ${why}`)
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {trouble && (
        <p className="trouble small" role="alert" id={`${id}-trouble`}>
          <span aria-hidden="true">⚠</span> {trouble}
        </p>
      )}
      <div className="composer-box">
        <textarea
          aria-label={label}
          aria-describedby={trouble ? `${id}-trouble` : undefined}
          placeholder={label}
          rows={1}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={pressed}
        />
        <button type="submit" className="send" aria-label="Send" disabled={text.trim() === ''}>
          <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
            <path d="M2 3l16 7-16 7 2-6 8-1-8-1z" fill="currentColor" />
          </svg>
        </button>
      </div>
    </form>
  )
}
