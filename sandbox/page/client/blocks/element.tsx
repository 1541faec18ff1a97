import type { Interactive } from '../../../slack/schema-elements.ts'
import { type Place, pressKey, useActing } from './acting.ts'
import { Button } from './button.tsx'
import { Checkboxes, RadioButtons } from './choices.tsx'
import { Overflow } from './overflow.tsx'
import { StaticSelect, UsersSelect } from './select.tsx'
import { TextInput } from './text-input.tsx'

function Bare({ element, place }: { element: Interactive; place: Place }) {
  switch (element.type) {
    case 'button':
      return <Button element={element} place={place} />
    case 'overflow':
      return <Overflow element={element} place={place} />
    case 'static_select':
      return <StaticSelect element={element} place={place} />
    case 'users_select':
      return <UsersSelect element={element} place={place} />
    case 'radio_buttons':
      return <RadioButtons element={element} place={place} />
    case 'checkboxes':
      return <Checkboxes element={element} place={place} />
    case 'plain_text_input':
      return <TextInput element={element} place={place} />
    default:
      throw element satisfies never
  }
}

type Around = Omit<Place, 'action_id'>

/** Anything a person can press, choose or type into, with the warning sign beside it when Slack shows one. */
export function Element({ element, ...around }: { element: Interactive } & Around) {
  const place: Place = { ...around, action_id: element.action_id ?? '' }
  const { trouble } = useActing()
  return (
    <div className={`bk-element bk-element-${element.type}`}>
      <Bare element={element} place={place} />
      {trouble?.control === pressKey(place) && (
        <span className="bk-warned" role="img" aria-label={trouble.why} title={trouble.why}>
          ⚠
        </span>
      )}
    </div>
  )
}
