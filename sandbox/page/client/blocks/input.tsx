import { useId } from 'react'
import type { Block } from '../../../slack/schema-blocks.ts'
import { useActing } from './acting.ts'
import { Element } from './element.tsx'
import { emojified } from './emoji.ts'

/** A labelled input of a form, with its hint and what is wrong with it. */
export function Input({ block }: { block: Extract<Block, { type: 'input' }> }) {
  const { errors } = useActing()
  const id = useId()
  const { label, hint, optional = false, element, block_id = '', dispatch_action = false } = block
  const error = errors[block_id]
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter((each) => each).join(' ')
  return (
    <div className={`bk-input${error ? ' bk-input-wrong' : ''}`}>
      <div id={`${id}-label`} className="bk-label">
        {emojified(label.text)}
        {optional && <span className="bk-optional"> (optional)</span>}
      </div>
      <Element
        element={element}
        block_id={block_id}
        labelledBy={`${id}-label`}
        describedBy={describedBy || undefined}
        required={!optional}
        invalid={error !== undefined}
        silent={!dispatch_action}
      />
      {error && (
        <p id={`${id}-error`} className="bk-error" role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="bk-hint">
          {emojified(hint.text)}
        </p>
      )}
    </div>
  )
}
