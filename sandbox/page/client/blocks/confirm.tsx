import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import type { Button } from '../../../slack/schema-elements.ts'
import { Text } from './drawn.tsx'
import { emojified } from './emoji.ts'

export type Confirm = NonNullable<Button['confirm']>

function ConfirmDialog({ confirm, onEnd }: { confirm: Confirm; onEnd: (agreed: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [title, text] = [useId(), useId()]
  useLayoutEffect(() => {
    // The browser keeps the focus inside, and gives it back to what was pressed if the dialog closes while it is there.
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="bk-confirm"
      aria-labelledby={title}
      aria-describedby={text}
      // Escape closes this dialog and not the modal around it.
      onKeyDown={(event) => event.stopPropagation()}
      onCancel={(event) => {
        event.preventDefault()
        event.stopPropagation()
        onEnd(false)
      }}
    >
      <h2 id={title}>{emojified(confirm.title.text)}</h2>
      <div id={text} className="bk-confirm-text">
        <Text text={confirm.text} />
      </div>
      <div className="bk-confirm-buttons">
        <button type="button" className="bk-button" onClick={() => onEnd(false)}>
          {emojified(confirm.deny.text)}
        </button>
        <button type="button" className={`bk-button bk-${confirm.style ?? 'primary'}`} onClick={() => onEnd(true)}>
          {emojified(confirm.confirm.text)}
        </button>
      </div>
    </dialog>
  )
}

/** Asks before something is done, when the element wants that; the dialog stands wherever it is put. */
export function useConfirm(confirm: Confirm | undefined): [ask: (done: () => void) => void, dialog: ReactNode] {
  const [asked, setAsked] = useState<{ done: () => void }>()
  const ask = (done: () => void) => (confirm ? setAsked({ done }) : done())
  const end = (agreed: boolean) => {
    setAsked(undefined)
    if (agreed) asked?.done()
  }
  const dialog = confirm && asked ? <ConfirmDialog confirm={confirm} onEnd={end} /> : null
  return [ask, dialog]
}
