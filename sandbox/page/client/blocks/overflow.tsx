import { type KeyboardEvent, useId, useRef, useState } from 'react'
import type { Overflow as OverflowElement } from '../../../slack/schema-elements.ts'
import { type Place, pressKey, useActing } from './acting.ts'
import { useConfirm } from './confirm.tsx'
import { emojified } from './emoji.ts'

/** Beside the button and inside the window, whatever scrolls around it. */
function placeBeside(menu: HTMLElement, opener: HTMLElement) {
  const at = opener.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const below = at.bottom + 4 + height <= window.innerHeight
  menu.style.top = `${Math.max(4, below ? at.bottom + 4 : at.top - 4 - height)}px`
  menu.style.left = `${Math.max(4, Math.min(at.left, window.innerWidth - width - 4))}px`
}

/** The menu behind three dots. */
export function Overflow({ element, place }: { element: OverflowElement; place: Place }) {
  const { act, busy } = useActing()
  const [ask, dialog] = useConfirm(element.confirm)
  const [open, setOpen] = useState(false)
  const id = useId()
  const opener = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const { block_id, action_id } = place
  const waiting = busy === pressKey(place)

  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
  const move = (event: KeyboardEvent) => {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }
    const next = steps[event.key]
    if (event.key === 'Tab') menu.current?.hidePopover()
    // Escape closes the menu and nothing around it.
    if (event.key === 'Escape') event.stopPropagation()
    if (next === undefined) return
    event.preventDefault()
    all.at(next % all.length)?.focus()
  }
  const choose = (option: OverflowElement['options'][number]) => {
    menu.current?.hidePopover()
    opener.current?.focus()
    ask(() => {
      if (option.url !== undefined) window.open(option.url, '_blank', 'noopener,noreferrer')
      act({ block_id, action_id, value: option.value, label: option.text.text })
    })
  }
  return (
    <>
      <button
        ref={opener}
        type="button"
        className="bk-button bk-overflow"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-busy={waiting || undefined}
        popoverTarget={id}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          menu.current?.showPopover()
        }}
      >
        {waiting ? <span className="bk-spinner" aria-hidden="true" /> : <span aria-hidden="true">⋯</span>}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        aria-label="More actions"
        tabIndex={-1}
        className="bk-menu"
        onKeyDown={move}
        onToggle={(event) => {
          const opened = event.newState === 'open'
          setOpen(opened)
          if (!opened || !opener.current || !menu.current) return
          placeBeside(menu.current, opener.current)
          items()[0]?.focus()
        }}
      >
        {element.options.map((option) => (
          <button
            key={option.value}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className="bk-menu-item"
            onClick={() => choose(option)}
          >
            {emojified(option.text.text)}
            {option.description && <small>{emojified(option.description.text)}</small>}
          </button>
        ))}
      </div>
      {dialog}
    </>
  )
}
