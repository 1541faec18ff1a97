import { z } from 'zod'
import { limits } from './limits.ts'
import { dataVisualization } from './schema-chart.ts'
import {
  button,
  checkboxes,
  imageElement,
  overflow,
  plainTextInput,
  radioButtons,
  staticSelect,
  usersSelect,
} from './schema-elements.ts'
import { anyText, blockId, bounded, list, mrkdwnText, plainText, refuseRepeats } from './schema-parts.ts'

const section = z
  .strictObject({
    type: z.literal('section'),
    text: anyText(limits.sectionText).optional(),
    fields: list(anyText(limits.sectionField), limits.sectionFields).optional(),
    accessory: z
      .discriminatedUnion('type', [button, overflow, staticSelect, usersSelect, checkboxes, radioButtons, imageElement])
      .optional(),
    expand: z.boolean().optional(),
    ...blockId,
  })
  .superRefine((block, context) => {
    if (!block.text && !block.fields) context.addIssue({ code: 'custom', message: 'missing required field: text' })
  })

const divider = z.strictObject({ type: z.literal('divider'), ...blockId })

const header = z.strictObject({ type: z.literal('header'), text: plainText(limits.header), ...blockId })

const image = imageElement.extend({ title: plainText(limits.imageTitle).optional(), ...blockId })

const context = z.strictObject({
  type: z.literal('context'),
  elements: list(
    z.discriminatedUnion('type', [imageElement, plainText(limits.textObject), mrkdwnText(limits.textObject)]),
    limits.contextElements,
  ),
  ...blockId,
})

const actions = z
  .strictObject({
    type: z.literal('actions'),
    elements: list(
      z.discriminatedUnion('type', [button, overflow, staticSelect, usersSelect, checkboxes, radioButtons]),
      limits.actionsElements,
    ),
    ...blockId,
  })
  .superRefine((block, issues) =>
    refuseRepeats(
      block.elements.map((each) => each.action_id),
      'action_id',
      issues,
      (index) => ['elements', index, 'action_id'],
    ),
  )

const input = z.strictObject({
  type: z.literal('input'),
  label: plainText(limits.inputLabel),
  element: z.discriminatedUnion('type', [plainTextInput, staticSelect, usersSelect, checkboxes, radioButtons]),
  hint: plainText(limits.inputHint).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  ...blockId,
})

/** Inline pieces of rich text keep their own fields: Slack has many, and none of them is pressed. */
const inline = z.looseObject({
  type: z.enum(['text', 'link', 'emoji', 'user', 'usergroup', 'channel', 'date', 'broadcast', 'color']),
})
const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(inline) })

const richText = z.strictObject({
  type: z.literal('rich_text'),
  elements: z
    .array(
      z.discriminatedUnion('type', [
        richSection,
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          elements: z.array(richSection),
          indent: z.int().optional(),
          offset: z.int().optional(),
          border: z.int().optional(),
        }),
        z.strictObject({
          type: z.literal('rich_text_quote'),
          elements: z.array(inline),
          border: z.int().optional(),
        }),
        z.strictObject({
          type: z.literal('rich_text_preformatted'),
          elements: z.array(inline),
          border: z.int().optional(),
          language: z.string().optional(),
        }),
      ]),
    )
    .min(1),
  ...blockId,
})

const markdown = z.strictObject({ type: z.literal('markdown'), text: bounded(limits.markdown), ...blockId })

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string() }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().optional() }),
  richText,
])

const table = z.strictObject({
  type: z.literal('table'),
  rows: list(list(cell, limits.tableCells), limits.tableRows),
  column_settings: list(
    z.strictObject({
      align: z.enum(['left', 'center', 'right']).optional(),
      is_wrapped: z.boolean().optional(),
    }),
    limits.tableColumnSettings,
  ).optional(),
  ...blockId,
})

/**
 * A collapsible group of blocks. Slack's page and its live validator name different sets of children;
 * only what both take is taken here, so that what passes here passes there.
 */
const container = z
  .strictObject({
    type: z.literal('container'),
    title: plainText(limits.containerTitle).optional(),
    rich_text_title: richText.optional(),
    subtitle: anyText(limits.containerSubtitle).optional(),
    child_blocks: list(
      z.discriminatedUnion('type', [section, divider, header, image, context, actions, table]),
      limits.containerChildren,
    ),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    icon: imageElement.optional(),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
    ...blockId,
  })
  .superRefine((block, issues) => {
    if (!block.title && !block.rich_text_title) {
      issues.addIssue({ code: 'custom', message: 'missing required field: title' })
    }
    if (block.default_collapsed && !block.is_collapsible) {
      issues.addIssue({ code: 'custom', message: 'requires is_collapsible', path: ['default_collapsed'] })
    }
  })

/** Every block this Slack knows, as Slack takes it: unknown types and fields are refused. */
export const blockSchema = z.discriminatedUnion('type', [
  section,
  divider,
  header,
  image,
  context,
  actions,
  input,
  richText,
  markdown,
  table,
  dataVisualization,
  container,
])

export type Block = z.output<typeof blockSchema>

/** Block types that an older Slack, or one of the emulators, does not know. */
export const newerBlocks: readonly Block['type'][] = ['data_visualization', 'container', 'table', 'markdown']
/** Block types that only messages may hold. */
export const messageOnlyBlocks: readonly Block['type'][] = ['data_visualization', 'table', 'markdown']
