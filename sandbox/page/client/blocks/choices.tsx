import { useEffect, useId, useRef } from 'react'
import type {
  Checkboxes as CheckboxesElement,
  Option,
  RadioButtons as RadioButtonsElement,
} from '../../../slack/schema-elements.ts'
import { aria, type Place, pressKey, useActing } from './acting.ts'
import { useConfirm } from './confirm.tsx'
import { Text } from './drawn.tsx'
import { useHeld } from './held.ts'

function Choices(props: {
  element: CheckboxesElement | RadioButtonsElement
  place: Place
  chosen: readonly string[]
  choose: (option: Option) => void
}) {
  const { element, place, chosen, choose } = props
  const { busy } = useActing()
  const group = useRef<HTMLDivElement>(null)
  const name = useId()
  const single = element.type === 'radio_buttons'
  useEffect(() => {
    if (element.focus_on_load) group.current?.querySelector('input')?.focus()
  }, [element.focus_on_load])
  return (
    <div
      ref={group}
      className="bk-choices"
      role={single ? 'radiogroup' : 'group'}
      aria-busy={busy === pressKey(place) || undefined}
      {...aria(single ? place : { ...place, required: false, invalid: false }, single ? 'Choose one' : 'Choose any')}
    >
      {element.options.map((option, index) => (
        <label key={option.value} className="bk-choice">
          <input
            type={single ? 'radio' : 'checkbox'}
            name={name}
            checked={chosen.includes(option.value)}
            aria-describedby={option.description ? `${name}-${index}` : undefined}
            onChange={() => choose(option)}
          />
          <span>
            <Text text={option.text} />
            {option.description && (
              <span id={`${name}-${index}`} className="bk-choice-description">
                <Text text={option.description} />
              </span>
            )}
          </span>
        </label>
      ))}
    </div>
  )
}

export function RadioButtons({ element, place }: { element: RadioButtonsElement; place: Place }) {
  const { act } = useActing()
  const [ask, dialog] = useConfirm(element.confirm)
  const [held, hold] = useHeld(element, place)
  const chosen = 'selected_option' in held ? (held.selected_option as Option | null) : null
  const { block_id, action_id, silent } = place
  return (
    <>
      <Choices
        element={element}
        place={place}
        chosen={chosen ? [chosen.value] : []}
        choose={(option) =>
          ask(() => {
            hold({ type: element.type, selected_option: option })
            if (!silent) act({ block_id, action_id, value: option.value, label: option.text.text })
          })
        }
      />
      {dialog}
    </>
  )
}

export function Checkboxes({ element, place }: { element: CheckboxesElement; place: Place }) {
  const { act } = useActing()
  const [ask, dialog] = useConfirm(element.confirm)
  const [held, hold] = useHeld(element, place)
  const chosen = ('selected_options' in held ? (held.selected_options as Option[]) : []).map(({ value }) => value)
  const { block_id, action_id, silent } = place
  return (
    <>
      <Choices
        element={element}
        place={place}
        chosen={chosen}
        choose={(option) =>
          ask(() => {
            const isChosen = ({ value }: Option) => chosen.includes(value) !== (value === option.value)
            const now = element.options.filter(isChosen)
            hold({ type: element.type, selected_options: now })
            const value = now.map((each) => each.value)
            if (!silent) act({ block_id, action_id, value, label: option.text.text })
          })
        }
      />
      {dialog}
    </>
  )
}
