/** One limit of Slack's: what it bounds, the number, where Slack says so, and the check in Slack's words. */
export interface Limit {
  what: string
  most: number
  least: number
  unit: 'characters' | 'items' | 'bytes'
  docs: string
  /** What Slack answers for something of this size; undefined when it fits. */
  check(size: number): string | undefined
}

const limit = (most: number, unit: Limit['unit'], what: string, page: string, least = 0): Limit => ({
  what,
  most,
  least,
  unit,
  docs: `https://docs.slack.dev/${page}`,
  check: (size) => {
    if (size > most)
      return unit === 'items' ? `no more than ${most} items allowed` : `must be less than ${most + 1} ${unit}`
    if (size < least)
      return unit === 'items' ? `no fewer than ${least} items allowed` : `must be more than ${least - 1} ${unit}`
    return undefined
  },
})

const block = (name: string) => `reference/block-kit/blocks/${name}-block`
const element = (name: string) => `reference/block-kit/block-elements/${name}`
const part = (name: string) => `reference/block-kit/composition-objects/${name}-object`
const chart = block('data-visualization')

/** Every limit this Slack keeps. The validators read their numbers here and nowhere else. */
export const limits = {
  blocksPerMessage: limit(50, 'items', 'blocks of a message', 'reference/block-kit/blocks', 1),
  blocksPerView: limit(100, 'items', 'blocks of a view', 'reference/block-kit/blocks'),
  blockId: limit(255, 'characters', 'a block_id', 'reference/block-kit/blocks'),
  textObject: limit(3000, 'characters', 'any text object', part('text'), 1),
  sectionText: limit(3000, 'characters', 'text of a section', block('section'), 1),
  sectionFields: limit(10, 'items', 'fields of a section', block('section'), 1),
  sectionField: limit(2000, 'characters', 'one field of a section', block('section'), 1),
  header: limit(150, 'characters', 'text of a header', block('header'), 1),
  contextElements: limit(10, 'items', 'elements of a context block', block('context'), 1),
  actionsElements: limit(25, 'items', 'elements of an actions block', block('actions'), 1),
  inputLabel: limit(2000, 'characters', 'label of an input', block('input'), 1),
  inputHint: limit(2000, 'characters', 'hint of an input', block('input'), 1),
  imageUrl: limit(3000, 'characters', 'address of an image', block('image'), 1),
  imageAltText: limit(2000, 'characters', 'alt_text of an image', block('image'), 1),
  imageTitle: limit(2000, 'characters', 'title of an image', block('image'), 1),
  markdown: limit(12_000, 'characters', 'text of a markdown block', block('markdown'), 1),
  tableRows: limit(100, 'items', 'rows of a table', block('table'), 1),
  tableCells: limit(20, 'items', 'cells of a table row', block('table'), 1),
  tableColumnSettings: limit(20, 'items', 'column_settings of a table', block('table')),
  containerTitle: limit(150, 'characters', 'title of a container', block('container'), 1),
  containerSubtitle: limit(150, 'characters', 'subtitle of a container', block('container'), 1),
  containerChildren: limit(10, 'items', 'child_blocks of a container', block('container'), 1),
  chartsPerMessage: limit(2, 'items', 'data_visualization blocks of a message', chart),
  chartTitle: limit(50, 'characters', 'title of a chart', chart, 1),
  chartSeries: limit(6, 'items', 'series of a chart', chart, 1),
  chartSeriesName: limit(20, 'characters', 'name of a series', chart, 1),
  chartPoints: limit(20, 'items', 'points of a series', chart, 1),
  chartCategories: limit(20, 'items', 'categories of a chart', chart, 1),
  chartCategory: limit(20, 'characters', 'label of a category', chart, 1),
  chartAxisLabel: limit(50, 'characters', 'label of an axis', chart, 1),
  chartSegments: limit(6, 'items', 'segments of a pie', chart, 1),
  actionId: limit(255, 'characters', 'an action_id', element('button-element')),
  buttonText: limit(75, 'characters', 'text of a button', element('button-element'), 1),
  buttonValue: limit(2000, 'characters', 'value of a button', element('button-element')),
  buttonUrl: limit(3000, 'characters', 'url of a button', element('button-element')),
  buttonAccessibilityLabel: limit(75, 'characters', 'accessibility_label of a button', element('button-element')),
  overflowOptions: limit(5, 'items', 'options of an overflow menu', element('overflow-menu-element'), 2),
  overflowOptionUrl: limit(3000, 'characters', 'url of an overflow option', part('option')),
  selectOptions: limit(100, 'items', 'options of a select menu', element('select-menu-element'), 1),
  checkboxOptions: limit(10, 'items', 'options of checkboxes', element('checkboxes-element'), 1),
  radioOptions: limit(10, 'items', 'options of radio buttons', element('radio-button-group-element'), 1),
  placeholder: limit(150, 'characters', 'a placeholder', element('select-menu-element'), 1),
  inputLength: limit(3000, 'characters', 'text typed into an input', element('plain-text-input-element')),
  optionText: limit(75, 'characters', 'text of an option', part('option'), 1),
  optionDescription: limit(75, 'characters', 'description of an option', part('option'), 1),
  optionValue: limit(150, 'characters', 'value of an option', part('option')),
  confirmTitle: limit(100, 'characters', 'title of a confirm dialog', part('confirmation-dialog'), 1),
  confirmText: limit(300, 'characters', 'text of a confirm dialog', part('confirmation-dialog'), 1),
  confirmConfirm: limit(30, 'characters', 'confirm button of a confirm dialog', part('confirmation-dialog'), 1),
  confirmDeny: limit(30, 'characters', 'deny button of a confirm dialog', part('confirmation-dialog'), 1),
  viewTitle: limit(24, 'characters', 'title of a modal', 'reference/views/modal-views', 1),
  viewSubmit: limit(24, 'characters', 'submit button of a modal', 'reference/views/modal-views', 1),
  viewClose: limit(24, 'characters', 'close button of a modal', 'reference/views/modal-views', 1),
  viewPrivateMetadata: limit(3000, 'characters', 'private_metadata of a view', 'reference/views/modal-views'),
  viewCallbackId: limit(255, 'characters', 'callback_id of a view', 'reference/views/modal-views'),
  viewExternalId: limit(255, 'characters', 'external_id of a view', 'reference/views/modal-views'),
  viewSize: limit(250_000, 'bytes', 'a whole view', 'reference/methods/views.open'),
  viewStack: limit(3, 'items', 'views stacked on each other', 'reference/methods/views.push'),
  messageText: limit(40_000, 'characters', 'text of a message', 'reference/methods/chat.postMessage'),
  /** Slack documents 12,000 characters for markdown; by measurement all blocks together are cut off near 13,200. */
  messageBlockText: limit(13_200, 'characters', 'text of all blocks of a message', block('markdown')),
  /** Slack refuses large metadata without publishing the number; this one is ours, and on the small side. */
  metadata: limit(8_000, 'bytes', 'metadata of a message', 'messaging/message-metadata'),
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof limits
