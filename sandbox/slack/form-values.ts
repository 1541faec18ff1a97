import { InteractionError } from './interaction.ts'
import type { Person } from './people.ts'
import type { Block } from './schema-blocks.ts'
import type { Option } from './schema-elements.ts'
import type { InputValue, StateValues } from './state.ts'
import { type Field, fieldsOf } from './view-values.ts'

/** What a person fills into a form: by block_id/action_id, block_id, action_id or the label above the input. */
export type Typed = Readonly<Record<string, string | readonly string[] | null>>

const one = (name: string, value: Typed[string]): string => {
  if (typeof value === 'string') return value
  throw new InteractionError(`"${name}" takes one text, not a list.`)
}

function optionCalled(name: string, options: readonly Option[], wanted: string): Option {
  const found = options.find(({ text, value }) => text.text === wanted || value === wanted)
  if (found) return found
  const all = options.map(({ text }) => `"${text.text}"`).join(', ')
  throw new InteractionError(`"${name}" has no option "${wanted}". Its options are: ${all}.`)
}

function typedValue(name: string, { element }: Field, typed: Typed[string], people: readonly Person[]): InputValue {
  switch (element.type) {
    case 'plain_text_input':
      return { type: element.type, value: typed === null || typed === '' ? null : one(name, typed) }
    case 'static_select':
    case 'radio_buttons': {
      const selected = typed === null ? null : optionCalled(name, element.options, one(name, typed))
      return { type: element.type, selected_option: selected }
    }
    case 'users_select': {
      if (typed === null) return { type: element.type, selected_user: null }
      const wanted = one(name, typed)
      const person = people.find((each) => [each.id, each.name, each.real_name].includes(wanted))
      if (!person) throw new InteractionError(`"${name}" was given "${wanted}", but nobody here is called that.`)
      return { type: element.type, selected_user: person.id }
    }
    case 'checkboxes': {
      const wanted = typed === null ? [] : typeof typed === 'string' ? [typed] : typed
      return { type: element.type, selected_options: wanted.map((each) => optionCalled(name, element.options, each)) }
    }
    default:
      throw element satisfies never
  }
}

/** The present values of a form with what was typed over them. */
export function fill(
  blocks: readonly Block[],
  present: StateValues,
  typed: Typed,
  people: readonly Person[],
): StateValues {
  const fields = fieldsOf(blocks)
  const values = structuredClone(present)
  for (const [name, value] of Object.entries(typed)) {
    const field =
      fields.find(({ block_id, action_id }) => `${block_id}/${action_id}` === name) ??
      fields.find(({ block_id }) => block_id === name) ??
      fields.find(({ action_id }) => action_id === name) ??
      fields.find(({ input }) => input?.label === name)
    if (!field) {
      const all = fields.map(({ input, block_id }) => `"${input?.label ?? block_id}"`).join(', ') || 'none at all'
      throw new InteractionError(`This form has no input "${name}". Its inputs are: ${all}.`)
    }
    values[field.block_id] = { ...values[field.block_id], [field.action_id]: typedValue(name, field, value, people) }
  }
  return values
}

function problem({ element, input }: Field, value: InputValue | undefined): string | undefined {
  const text = value?.type === 'plain_text_input' ? value.value : undefined
  const empty =
    !value ||
    ('value' in value && (value.value === null || value.value === '')) ||
    ('selected_option' in value && value.selected_option === null) ||
    ('selected_user' in value && value.selected_user === null) ||
    ('selected_options' in value && value.selected_options.length === 0)
  if (empty) return input?.optional ? undefined : 'Please complete this required field.'
  if (element.type !== 'plain_text_input' || typeof text !== 'string') return undefined
  const { min_length: least = 0, max_length: most = 3000 } = element
  if (text.length < least) return `Please enter at least ${least} characters.`
  if (text.length > most) return `Please enter no more than ${most} characters.`
  return undefined
}

/** What Slack itself refuses before the app hears of a submission: block_id → sentence. */
export function formErrors(blocks: readonly Block[], values: StateValues): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const field of fieldsOf(blocks)) {
    const found = field.input && problem(field, values[field.block_id]?.[field.action_id])
    if (found) errors[field.block_id] = found
  }
  return errors
}
