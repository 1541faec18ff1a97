import type { Stateful } from '../../../slack/schema-elements.ts'
import type { InputValue } from '../../../slack/state.ts'
import { initialValue } from '../../../slack/view-values.ts'
import { type Place, useActing } from './acting.ts'

/** What an element holds at present: what was chosen, or else what the app chose for it. */
export function useHeld(element: Stateful, { block_id, action_id }: Place): [InputValue, (value: InputValue) => void] {
  const { values, onValue } = useActing()
  const held = values[block_id]?.[action_id]
  const fits = held !== undefined && held.type === element.type
  return [fits ? held : initialValue(element), (value) => onValue(block_id, action_id, value)]
}
