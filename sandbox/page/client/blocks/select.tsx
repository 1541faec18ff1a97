import { useEffect, useRef } from 'react'
import type {
  Option,
  StaticSelect as StaticSelectElement,
  UsersSelect as UsersSelectElement,
} from '../../../slack/schema-elements.ts'
import { aria, type Place, pressKey, useActing } from './acting.ts'
import { useConfirm } from './confirm.tsx'
import { emojified } from './emoji.ts'
import { useHeld } from './held.ts'
import { useReader } from './reader.ts'

interface Choice {
  value: string
  text: string
  /** Smaller beside the text, where the option has one. */
  description?: string | undefined
}

function Select(props: {
  element: StaticSelectElement | UsersSelectElement
  place: Place
  prompt: string
  choices: readonly Choice[]
  chosen: string | undefined
  choose: (value: string) => void
}) {
  const { element, place, prompt, choices, chosen, choose } = props
  const { act, busy } = useActing()
  const [ask, dialog] = useConfirm(element.confirm)
  const field = useRef<HTMLSelectElement>(null)
  useEffect(() => {
    if (element.focus_on_load) field.current?.focus()
  }, [element.focus_on_load])
  const waiting = busy === pressKey(place)
  const { block_id, action_id, silent } = place
  return (
    <>
      <select
        ref={field}
        className="bk-select"
        value={chosen ?? ''}
        aria-busy={waiting || undefined}
        {...aria(place, prompt)}
        onChange={({ target: { value } }) =>
          ask(() => {
            choose(value)
            const label = choices.find((choice) => choice.value === value)?.text ?? value
            if (!silent) act({ block_id, action_id, value, label })
          })
        }
      >
        <option value="" disabled hidden>
          {prompt}
        </option>
        {choices.map(({ value, text, description }) => (
          <option key={value} value={value}>
            {emojified(description ? `${text} – ${description}` : text)}
          </option>
        ))}
      </select>
      {waiting && <span className="bk-spinner" aria-hidden="true" />}
      {dialog}
    </>
  )
}

export function StaticSelect({ element, place }: { element: StaticSelectElement; place: Place }) {
  const [held, hold] = useHeld(element, place)
  return (
    <Select
      element={element}
      place={place}
      prompt={element.placeholder?.text ?? 'Choose an option'}
      choices={element.options.map(({ value, text, description }) => ({
        value,
        text: text.text,
        description: description?.text,
      }))}
      chosen={'selected_option' in held ? (held.selected_option as Option | null)?.value : undefined}
      choose={(value) => {
        const option = element.options.find((each) => each.value === value) ?? null
        hold({ type: element.type, selected_option: option })
      }}
    />
  )
}

export function UsersSelect({ element, place }: { element: UsersSelectElement; place: Place }) {
  const { people } = useReader()
  const [held, hold] = useHeld(element, place)
  return (
    <Select
      element={element}
      place={place}
      prompt={element.placeholder?.text ?? 'Choose a person'}
      choices={people.filter((person) => !person.is_bot).map(({ id, real_name }) => ({ value: id, text: real_name }))}
      chosen={'selected_user' in held ? (held.selected_user ?? undefined) : undefined}
      choose={(value) => hold({ type: element.type, selected_user: value })}
    />
  )
}
