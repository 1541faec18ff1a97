import { readMessageBlocks, readViewBlocks } from '../../sandbox/slack/validate-blocks.ts'

const rules = { acceptsNewBlocks: true }
const plain = (text: string) => ({ type: 'plain_text', text })
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const option = (text: string, more: object = {}) => ({ text: plain(text), value: text.toLowerCase(), ...more })
const image = { type: 'image', image_url: '/icon.svg', alt_text: 'A small picture' }
const richText = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
})
const section = (text: string, more: object = {}) => ({ type: 'section', text: mrkdwn(text), ...more })
const confirm = {
  title: plain('Really?'),
  text: mrkdwn('This *cannot* be undone.'),
  confirm: plain('Do it'),
  deny: plain('Better not'),
  style: 'danger',
}

export const elements = {
  button: { type: 'button', action_id: 'go', text: plain('Go on'), style: 'primary', confirm },
  link: { type: 'button', action_id: 'look', text: plain('Look'), url: 'https://example.com/runbook' },
  danger: { type: 'button', action_id: 'stop', text: plain('Stop'), style: 'danger', accessibility_label: 'Stop all' },
  overflow: { type: 'overflow', action_id: 'more', options: [option('Escalate'), option('Resolve')] },
  static_select: {
    type: 'static_select',
    action_id: 'version',
    placeholder: plain('Which version'),
    options: [option('Forty'), option('Forty-one')],
  },
  users_select: { type: 'users_select', action_id: 'who', placeholder: plain('Who takes over') },
  radio_buttons: {
    type: 'radio_buttons',
    action_id: 'one',
    options: [option('Now', { description: plain('Within a minute') }), option('Later')],
    initial_option: option('Later'),
  },
  checkboxes: {
    type: 'checkboxes',
    action_id: 'any',
    options: [{ text: mrkdwn('*Tell* everybody'), value: 'all' }, option('Tell nobody')],
    initial_options: [option('Tell nobody')],
  },
  plain_text_input: {
    type: 'plain_text_input',
    action_id: 'why',
    multiline: true,
    min_length: 3,
    max_length: 200,
    placeholder: plain('Say it in a sentence'),
  },
}

const series = (name: string, ...values: number[]) => ({
  name,
  data: values.map((value, index) => ({ label: `0${index + 1}:00`, value })),
})

const richest = {
  type: 'rich_text',
  elements: [
    {
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: 'Bold ', style: { bold: true } },
        { type: 'link', url: 'https://example.com/a', text: 'a link' },
        { type: 'emoji', name: 'fire' },
        { type: 'user', user_id: 'U0AIKO00001' },
        { type: 'usergroup', usergroup_id: 'S0ONCALL001' },
        { type: 'channel', channel_id: 'C0ALERTS001' },
        { type: 'broadcast', range: 'here' },
        { type: 'date', timestamp: 1_795_402_800, format: '{date_num}', fallback: 'then' },
        { type: 'color', value: '#ff0000' },
      ],
    },
    {
      type: 'rich_text_list',
      style: 'ordered',
      elements: [
        { type: 'rich_text_section', elements: [{ type: 'text', text: 'First' }] },
        { type: 'rich_text_section', elements: [{ type: 'text', text: 'Second' }] },
      ],
    },
    { type: 'rich_text_quote', elements: [{ type: 'text', text: 'Said before' }], border: 1 },
    { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'npm start' }] },
  ],
}

const shown = [
  { type: 'header', text: plain('API errors :fire:') },
  section('Errors at *7.9 %*, limit `5 %`', { accessory: image }),
  { type: 'section', fields: [mrkdwn('*Since* noon'), plain('No markup *here*')] },
  { type: 'divider' },
  { ...image, title: plain('How it looks') },
  { type: 'context', elements: [image, mrkdwn('Posted by <@U0AIKO00001>'), plain('as plain text')] },
  richest,
]
const pressed = [
  { type: 'actions', elements: Object.values(elements).filter(({ type }) => type !== 'plain_text_input') },
  ...Object.values(elements).flatMap((accessory) =>
    accessory.type === 'plain_text_input' ? [] : [section(`Beside ${accessory.type}`, { accessory })],
  ),
]
const inputs = (['plain_text_input', 'static_select', 'users_select', 'radio_buttons', 'checkboxes'] as const).map(
  (type, index) => ({
    type: 'input',
    block_id: `input-${type}`,
    label: plain(`Label of ${type}`),
    hint: plain(`Hint of ${type}`),
    optional: index % 2 === 1,
    element: elements[type],
  }),
)
const chart = (type: string) => ({
  type: 'data_visualization',
  title: `Errors as ${type}`,
  chart: {
    type,
    series: [series('Before', 1, 8, 3), series('After', 1, 0, 0)],
    axis_config: { categories: ['01:00', '02:00', '03:00'], x_label: 'Time', y_label: 'Errors' },
  },
})
const pie = {
  type: 'data_visualization',
  title: 'Errors as pie',
  chart: {
    type: 'pie',
    segments: [
      { label: 'Upstream', value: 3 },
      { label: 'Ours', value: 1 },
    ],
  },
}
const newer = [
  { type: 'markdown', text: '# Report\n\n**Bold** and a [link](https://example.com/b)\n\n- one\n- two' },
  {
    type: 'table',
    rows: [
      [
        { type: 'raw_text', text: 'Version' },
        { type: 'raw_text', text: 'Errors' },
      ],
      [richText('v42 *as it is*'), { type: 'raw_number', value: 7.9 }],
    ],
  },
  {
    type: 'container',
    title: plain('Folded'),
    subtitle: mrkdwn('with a *subtitle*'),
    icon: image,
    is_collapsible: true,
    default_collapsed: true,
    has_header_divider: true,
    child_blocks: [section('Inside'), { type: 'actions', elements: [{ ...elements.link, action_id: 'inner' }] }],
  },
  {
    type: 'container',
    rich_text_title: richText('Open'),
    width: 'narrow',
    child_blocks: [{ type: 'header', text: plain('Child') }, { type: 'divider' }, image],
  },
]

/** One of every block and element type that this Slack knows, on surfaces that may hold them. */
export const everyMessage = [
  readMessageBlocks([...shown, ...pressed], rules),
  readMessageBlocks([chart('line'), chart('bar'), ...newer], rules),
  readMessageBlocks([chart('area'), pie], rules),
]
export const everyView = readViewBlocks([...shown, ...pressed, ...inputs], rules)
