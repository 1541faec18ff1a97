import { type ChangeEvent, type KeyboardEvent, useEffect, useRef } from 'react'
import type { PlainTextInput } from '../../../slack/schema-elements.ts'
import { aria, type Place, useActing } from './acting.ts'
import { useHeld } from './held.ts'

/** A line, or with `multiline` a field, to type into. */
export function TextInput({ element, place }: { element: PlainTextInput; place: Place }) {
  const { act } = useActing()
  const [held, hold] = useHeld(element, place)
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  useEffect(() => {
    if (element.focus_on_load) field.current?.focus()
  }, [element.focus_on_load])
  const { block_id, action_id, silent } = place
  const typed = 'value' in held ? (held.value ?? '') : ''
  const { multiline, min_length, max_length = 3000, dispatch_action_config: config } = element
  const tells = config?.trigger_actions_on ?? ['on_enter_pressed']
  const tell = (value: string) => act({ block_id, action_id, value: value === '' ? null : value, label: value })

  const common = {
    ref: field,
    className: 'bk-text-input',
    value: typed,
    placeholder: element.placeholder?.text,
    minLength: min_length,
    maxLength: max_length,
    ...aria(place, element.placeholder?.text ?? 'Text'),
    onChange: ({ target: { value } }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      hold({ type: element.type, value: value === '' ? null : value })
      if (!silent && tells.includes('on_character_entered')) tell(value)
    },
    onKeyDown: (event: KeyboardEvent) => {
      // Enter that chooses a word of an input method is not Enter.
      if (event.key !== 'Enter' || event.nativeEvent.isComposing || multiline) return
      if (silent || !tells.includes('on_enter_pressed')) return
      event.preventDefault()
      tell(typed)
    },
  }
  const left = max_length - typed.length
  return (
    <>
      {multiline ? <textarea rows={4} {...common} /> : <input type="text" autoComplete="off" {...common} />}
      {left <= 50 && left < max_length / 2 && (
        <span className="bk-left" role="status">
          {left} {left === 1 ? 'character' : 'characters'} left
        </span>
      )}
    </>
  )
}
