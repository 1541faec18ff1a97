import type { Button as ButtonElement } from '../../../slack/schema-elements.ts'
import { type Place, pressKey, useActing } from './acting.ts'
import { useConfirm } from './confirm.tsx'
import { emojified } from './emoji.ts'
import { Link } from './mentions.tsx'

/** A button; with `url` it is a link that the app hears of, too. */
export function Button({ element, place }: { element: ButtonElement; place: Place }) {
  const { act, busy } = useActing()
  const [ask, dialog] = useConfirm(element.confirm)
  const { text, url, style, accessibility_label } = element
  const { block_id, action_id } = place
  const waiting = busy === pressKey(place)
  const press = () => {
    if (!waiting) act({ block_id, action_id, value: null, label: text.text })
  }
  const looks = `bk-button${style ? ` bk-${style}` : ''}`
  if (url !== undefined) {
    return (
      <Link href={url} className={looks} label={accessibility_label} onClick={press}>
        {emojified(text.text)}
      </Link>
    )
  }
  return (
    <>
      <button
        type="button"
        className={looks}
        aria-label={accessibility_label}
        aria-busy={waiting || undefined}
        aria-disabled={waiting || undefined}
        aria-haspopup={element.confirm ? 'dialog' : undefined}
        onClick={() => ask(press)}
      >
        {waiting && <span className="bk-spinner" aria-hidden="true" />}
        <span>{emojified(text.text)}</span>
      </button>
      {dialog}
    </>
  )
}
