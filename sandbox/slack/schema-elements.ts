import { z } from 'zod'
import { limits } from './limits.ts'
import { anyText, bounded, list, plainText } from './schema-parts.ts'

/** Block elements: what stands inside blocks, and what a person can press, choose or type into. */
const confirm = z.strictObject({
  title: plainText(limits.confirmTitle),
  text: anyText(limits.confirmText),
  confirm: plainText(limits.confirmConfirm),
  deny: plainText(limits.confirmDeny),
  style: z.enum(['primary', 'danger']).optional(),
})

const actionable = { action_id: bounded(limits.actionId).optional(), confirm: confirm.optional() }
const focusable = { focus_on_load: z.boolean().optional() }
const placeholder = { placeholder: plainText(limits.placeholder).optional() }

const plainOption = z.strictObject({
  text: plainText(limits.optionText),
  value: bounded(limits.optionValue),
  description: plainText(limits.optionDescription).optional(),
})

const markedOption = z.strictObject({
  text: anyText(limits.optionText),
  value: bounded(limits.optionValue),
  description: anyText(limits.optionDescription).optional(),
})

const overflowOption = plainOption.extend({ url: bounded(limits.overflowOptionUrl).optional() })

/** Slack refuses an initial option that is not one of the options, letter by letter. */
const refuseForeign = (
  options: readonly unknown[],
  initial: readonly unknown[],
  context: { addIssue(issue: { code: 'custom'; message: string; path: string[] }): void },
  field: string,
) => {
  const known = new Set(options.map((option) => JSON.stringify(option)))
  if (initial.some((option) => !known.has(JSON.stringify(option)))) {
    context.addIssue({ code: 'custom', message: `${field} must be one of the options`, path: [field] })
  }
}

export const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(limits.buttonText),
  value: bounded(limits.buttonValue).optional(),
  url: bounded(limits.buttonUrl).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: bounded(limits.buttonAccessibilityLabel).optional(),
  ...actionable,
})

export const overflow = z.strictObject({
  type: z.literal('overflow'),
  options: list(overflowOption, limits.overflowOptions),
  ...actionable,
})

export const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    options: list(plainOption, limits.selectOptions),
    initial_option: plainOption.optional(),
    ...placeholder,
    ...actionable,
    ...focusable,
  })
  .superRefine((select, context) => {
    if (select.initial_option) refuseForeign(select.options, [select.initial_option], context, 'initial_option')
  })

export const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  initial_user: z.string().optional(),
  ...placeholder,
  ...actionable,
  ...focusable,
})

export const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    options: list(markedOption, limits.checkboxOptions),
    initial_options: z.array(markedOption).min(1).optional(),
    ...actionable,
    ...focusable,
  })
  .superRefine((boxes, context) => {
    if (boxes.initial_options) refuseForeign(boxes.options, boxes.initial_options, context, 'initial_options')
  })

export const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    options: list(markedOption, limits.radioOptions),
    initial_option: markedOption.optional(),
    ...actionable,
    ...focusable,
  })
  .superRefine((radio, context) => {
    if (radio.initial_option) refuseForeign(radio.options, [radio.initial_option], context, 'initial_option')
  })

export const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: bounded(limits.actionId).optional(),
  initial_value: bounded(limits.inputLength).optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(limits.inputLength.most).optional(),
  max_length: z.int().min(1).max(limits.inputLength.most).optional(),
  dispatch_action_config: z
    .strictObject({ trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1) })
    .optional(),
  ...placeholder,
  ...focusable,
})

export const imageElement = z.strictObject({
  type: z.literal('image'),
  image_url: bounded(limits.imageUrl),
  alt_text: bounded(limits.imageAltText),
})

export type Option = z.output<typeof markedOption>
export type Button = z.output<typeof button>
export type Overflow = z.output<typeof overflow>
export type StaticSelect = z.output<typeof staticSelect>
export type RadioButtons = z.output<typeof radioButtons>
export type UsersSelect = z.output<typeof usersSelect>
export type Checkboxes = z.output<typeof checkboxes>
export type PlainTextInput = z.output<typeof plainTextInput>

/** An element whose present value belongs to `state.values` of a payload. */
export type Stateful = StaticSelect | RadioButtons | UsersSelect | Checkboxes | PlainTextInput
/** An element that sends a payload when a person uses it. */
export type Interactive = Button | Overflow | Stateful
