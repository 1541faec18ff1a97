import { useLayoutEffect, useRef, useState } from 'react'
import type { InputValue, StateValues } from '../../slack/state.ts'
import type { SeenView } from '../protocol.ts'
import { Blocks } from './blocks/blocks.tsx'
import { troubleIn } from './use-actions.ts'
import type { Workspace } from './workspace.ts'

/** The modal in front of a person. It is the browser's own dialog, so focus stays inside and comes back. */
export function Modal({ workspace, view }: { workspace: Workspace; view: SeenView }) {
  const { actions, reader } = workspace
  const frame = useRef<HTMLDialogElement>(null)
  const [typed, setTyped] = useState<StateValues>({})
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [trouble, setTrouble] = useState<string>()
  const [isSending, setSending] = useState(false)
  useLayoutEffect(() => {
    const shown = frame.current
    shown?.showModal()
    // Only a dialog that is closed while it still stands in the document gives the focus back.
    return () => shown?.close()
  }, [])

  const values = merged(view.values, typed)
  const submit = async () => {
    setSending(true)
    setTrouble(undefined)
    const seen = await actions.submit(values)
    setSending(false)
    setErrors(seen.errors ?? {})
    setTrouble(troubleIn(seen))
  }
  const { busy, trouble: pressed } = actions.pressing.true ?? {}
  const title = `modal-${view.id}`
  return (
    <dialog
      ref={frame}
      className="modal"
      aria-labelledby={title}
      onCancel={(event) => {
        // The sandbox closes it, and tells the page; Escape only asks for that.
        event.preventDefault()
        actions.close()
      }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <header className="pane-head">
          <h2 id={title}>{view.title}</h2>
          <button type="button" className="icon" aria-label="Close" onClick={() => actions.close(true)}>
            ✕
          </button>
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <section className="modal-body" aria-label={view.title} tabIndex={0}>
          {trouble && (
            <p className="trouble" role="alert">
              <span aria-hidden="true">⚠</span> We had some trouble connecting. {trouble}
            </p>
          )}
          <Blocks
            blocks={view.blocks}
            reader={reader}
            act={(press) => actions.press({ view: true, values }, press)}
            values={values}
            onValue={(block, action, value) => setTyped((all) => withValue(all, block, action, value))}
            errors={errors}
            busy={busy}
            trouble={pressed}
          />
        </section>
        <footer className="modal-foot">
          <button type="button" className="button" onClick={() => actions.close()}>
            {view.close ?? (view.submit ? 'Cancel' : 'Close')}
          </button>
          {view.submit && (
            <button type="submit" className="button primary" disabled={isSending} aria-busy={isSending}>
              {view.submit}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  )
}

const withValue = (all: StateValues, block: string, action: string, value: InputValue): StateValues => ({
  ...all,
  [block]: { ...all[block], [action]: value },
})

/** What the view begins with, and over it what was typed into inputs that are still there. */
export function merged(initial: StateValues, typed: StateValues): StateValues {
  const entries = Object.entries(initial).map(([block, actions]) => {
    const now = Object.entries(actions).map(([action, value]) => {
      const mine = typed[block]?.[action]
      return [action, mine?.type === value.type ? mine : value] as const
    })
    return [block, Object.fromEntries(now)] as const
  })
  return Object.fromEntries(entries)
}
