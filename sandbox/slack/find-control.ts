import type { Block } from './schema-blocks.ts'
import type { Button, Interactive, Option, Overflow, RadioButtons, StaticSelect } from './schema-elements.ts'
import { withChildren } from './validate-blocks.ts'

/** Something a person can press: a button, or one option of a menu or a choice. */
export type Control = { block_id: string; label: string } & (
  | { element: Button }
  | { element: Overflow | StaticSelect | RadioButtons; option: Option }
)

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

/** Everything pressable in these blocks, in reading order; inputs of a form are filled at submission instead. */
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
