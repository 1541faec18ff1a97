import type { Block } from './schema-blocks.ts'
import type {
  Button,
  Checkboxes,
  Interactive,
  Option,
  Overflow,
  PlainTextInput,
  RadioButtons,
  StaticSelect,
  UsersSelect,
} from './schema-elements.ts'
import type { InputValue } from './state.ts'
import { withChildren } from './with-children.ts'

/** What a person pressed, and what it holds from then on. */
export type Control = { block_id: string; label: string } & (
  | { element: Button }
  | { element: Overflow | StaticSelect | RadioButtons; option: Option }
  | { element: Checkboxes; options: Option[] }
  | { element: UsersSelect; user: string }
  | { element: PlainTextInput; text: string | null }
)

/** The value in `state.values` after the press; buttons and overflow menus hold none. */
export function heldAfter(control: Control): InputValue | undefined {
  if ('options' in control) return { type: 'checkboxes', selected_options: control.options }
  if ('user' in control) return { type: 'users_select', selected_user: control.user }
  if ('text' in control) return { type: 'plain_text_input', value: control.text }
  if (!('option' in control) || control.element.type === 'overflow') return undefined
  return { type: control.element.type, selected_option: control.option }
}

function controlsOf(element: Interactive, block_id: string): Control[] {
  switch (element.type) {
    case 'button':
      return [{ element, block_id, label: element.text.text }]
    case 'overflow':
    case 'static_select':
    case 'radio_buttons':
      return element.options.map((option) => ({ element, option, block_id, label: option.text.text }))
    case 'checkboxes':
    case 'users_select':
    case 'plain_text_input':
      return []
    default:
      throw element satisfies never
  }
}

/** Everything with a visible text to press, in reading order; inputs of a form are filled at submission instead. */
export function controlsIn(blocks: readonly Block[]): Control[] {
  return blocks.flatMap(withChildren).flatMap((block) => {
    const id = block.block_id ?? ''
    if (block.type === 'actions') return block.elements.flatMap((element) => controlsOf(element, id))
    if (block.type === 'section' && block.accessory && block.accessory.type !== 'image') {
      return controlsOf(block.accessory, id)
    }
    return []
  })
}

const bare = (label: string) =>
  label
    .replace(/:[a-z0-9_+-]+:/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()

/** Finds a control by the text a person reads, or says in a sentence why there is no such one. */
export function findControl(blocks: readonly Block[], label: string): Control | string {
  const all = controlsIn(blocks)
  const exact = all.filter((control) => control.label === label)
  const found = exact.length > 0 ? exact : all.filter((control) => bare(control.label) === bare(label))
  const [first, second] = found
  const visible = all.map((control) => `"${control.label}"`).join(', ') || 'none at all'
  if (!first) return `There is no button "${label}" here. The visible buttons are: ${visible}.`
  if (second) return `${found.length} buttons here read "${label}", so it is not clear which one is meant.`
  return first
}
