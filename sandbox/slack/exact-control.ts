import type { Control } from './find-control.ts'
import type { Person } from './people.ts'
import type { Block } from './schema-blocks.ts'
import type { Interactive, Option } from './schema-elements.ts'
import { withChildren } from './with-children.ts'

/** One element by its ids; `value` says which option, which options, which person or what text. */
export interface Exact {
  block_id: string
  action_id: string
  value?: string | string[] | null | undefined
}

interface Found {
  block_id: string
  element: Interactive
}

/** Everything that tells the app when it is used; an input of a form does so only when the app asked for it. */
function pressable(blocks: readonly Block[]): Found[] {
  return blocks.flatMap(withChildren).flatMap((block): Found[] => {
    const block_id = block.block_id ?? ''
    if (block.type === 'actions') return block.elements.map((element) => ({ block_id, element }))
    if (block.type === 'input' && block.dispatch_action) return [{ block_id, element: block.element }]
    if (block.type === 'section' && block.accessory && block.accessory.type !== 'image') {
      return [{ block_id, element: block.accessory }]
    }
    return []
  })
}

const among = (options: readonly Option[], wanted: string) => options.find(({ value }) => value === wanted)

/** Finds an element by its ids and says what was done to it, or why that cannot be done. */
export function findExactly(
  blocks: readonly Block[],
  { block_id, action_id, value = null }: Exact,
  people: readonly Person[],
): Control | string {
  const all = pressable(blocks)
  const found = all.find(({ block_id: block, element }) => block === block_id && element.action_id === action_id)
  if (!found) {
    const known = all.map((each) => `"${each.block_id}" / "${each.element.action_id}"`).join(', ') || 'none at all'
    return `There is nothing to press at "${block_id}" / "${action_id}". There are: ${known}.`
  }
  const { element } = found
  const lacks = (what: string) => `"${action_id}" takes ${what}, but was given ${JSON.stringify(value)}.`
  switch (element.type) {
    case 'button':
      return value === null ? { block_id, label: element.text.text, element } : lacks('no value')
    case 'overflow':
    case 'static_select':
    case 'radio_buttons': {
      const option = typeof value === 'string' ? among(element.options, value) : undefined
      return option ? { block_id, label: option.text.text, element, option } : lacks('the value of one of its options')
    }
    case 'checkboxes': {
      const wanted = Array.isArray(value) ? value : []
      const options = element.options.filter((option) => wanted.includes(option.value))
      const label = options.map(({ text }) => text.text).join(', ')
      if (Array.isArray(value) && options.length === wanted.length) return { block_id, label, element, options }
      return lacks('a list of values of its options')
    }
    case 'users_select': {
      const person = people.find(({ id, name }) => id === value || name === value)
      return person ? { block_id, label: person.real_name, element, user: person.id } : lacks('the id of a person')
    }
    case 'plain_text_input':
      if (Array.isArray(value)) return lacks('a text')
      return { block_id, label: value ?? '', element, text: value === '' ? null : value }
    default:
      throw element satisfies never
  }
}
