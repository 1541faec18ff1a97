import type { Block } from './schema-blocks.ts'
import type { Stateful } from './schema-elements.ts'
import type { InputValue, StateValues } from './state.ts'
import { withChildren } from './with-children.ts'

/** An element that holds a value, and where it stands. */
export interface Field {
  block_id: string
  action_id: string
  element: Stateful
  /** Set for input blocks only: what the person reads above it, and whether it may stay empty. */
  input?: { label: string; optional: boolean }
}

type StatefulType = Stateful['type']
const stateful: Record<StatefulType, true> = {
  static_select: true,
  radio_buttons: true,
  users_select: true,
  checkboxes: true,
  plain_text_input: true,
}

const isStateful = <E extends { type: string }>(element: E): element is Extract<E, { type: StatefulType }> =>
  element.type in stateful

/** Every element of these blocks that holds a value; blocks must have their ids. */
export function fieldsOf(blocks: readonly Block[]): Field[] {
  return blocks.flatMap(withChildren).flatMap((block) => {
    const at = (element: Stateful, input?: Field['input']): Field => ({
      block_id: block.block_id ?? '',
      action_id: element.action_id ?? '',
      element,
      ...(input && { input }),
    })
    switch (block.type) {
      case 'input':
        return [at(block.element, { label: block.label.text, optional: block.optional ?? false })]
      case 'actions':
        return block.elements.filter(isStateful).map((element) => at(element))
      case 'section':
        return block.accessory && isStateful(block.accessory) ? [at(block.accessory)] : []
      case 'divider':
      case 'header':
      case 'image':
      case 'context':
      case 'rich_text':
      case 'markdown':
      case 'table':
      case 'data_visualization':
      case 'container':
        return []
      default:
        throw block satisfies never
    }
  })
}

/** What the app put into an element. */
export function initialValue(element: Stateful): InputValue {
  switch (element.type) {
    case 'plain_text_input':
      return { type: element.type, value: element.initial_value ?? null }
    case 'static_select':
    case 'radio_buttons':
      return { type: element.type, selected_option: element.initial_option ?? null }
    case 'users_select':
      return { type: element.type, selected_user: element.initial_user ?? null }
    case 'checkboxes':
      return { type: element.type, selected_options: element.initial_options ?? [] }
    default:
      throw element satisfies never
  }
}

/** `state.values` of blocks: what stood there before where the input is the same one, else the initial value. */
export function initialValues(blocks: readonly Block[], before: StateValues = {}): StateValues {
  const values: StateValues = {}
  for (const { block_id, action_id, element } of fieldsOf(blocks)) {
    const kept = before[block_id]?.[action_id]
    values[block_id] = {
      ...values[block_id],
      [action_id]: kept && kept.type === element.type ? kept : initialValue(element),
    }
  }
  return values
}
