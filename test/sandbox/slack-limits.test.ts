import { describe, expect, test } from 'vitest'
import { type LimitName, limits } from '../../sandbox/slack/limits.ts'
import { sampleChannels, sampleGroups, samplePeople } from '../../sandbox/slack/people.ts'
import { createSlack } from '../../sandbox/slack/slack.ts'
import { quietLog, virtualWall } from './slack-setup.ts'

const create = (acceptsNewBlocks = true) => {
  const { wall, forward } = virtualWall()
  const people = samplePeople
  const secrets = { botToken: 'xoxb-sandbox', signingSecret: 'x', interactivityUrl: 'http://127.0.0.1:9' }
  const common = { wall, log: quietLog, people, groups: sampleGroups, channels: sampleChannels }
  return { slack: createSlack({ ...common, ...secrets, acceptsNewBlocks }), forward }
}
const { slack, forward } = create()

type Request = readonly [method: string, args: Record<string, unknown>, error: string]

const x = (length: number) => 'x'.repeat(length)
const times = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index))
const plain = (text: string) => ({ type: 'plain_text', text })
const channel = 'C0ALERTS001'
const post = (...blocks: object[]): Request => ['chat.postMessage', { channel, text: 't', blocks }, 'invalid_blocks']
const user_id = 'U0AIKO00001'
const home = (view: object): Request => [
  'views.publish',
  { user_id, view: { type: 'home', blocks: [], ...view } },
  'invalid_arguments',
]
const section = (more: object = {}) => ({ type: 'section', text: plain('s'), ...more })
const accessory = (element: object) => post(section({ accessory: element }))
const button = (more: object = {}) => ({ type: 'button', text: plain('b'), ...more })
const option = (more: object = {}, index = 0) => ({ text: plain(`o${index}`), value: `v${index}`, ...more })
const select = (more: object = {}) => ({ type: 'static_select', options: [option()], ...more })
const overflow = (more: object) => ({ type: 'overflow', options: [option(), option({}, 1)], ...more })
const options = (length: number) => times(length, (index) => option({}, index))
const confirm = (more: object) =>
  accessory(
    button({ confirm: { title: plain('t'), text: plain('t'), confirm: plain('y'), deny: plain('n'), ...more } }),
  )
const image = (more: object) => post({ type: 'image', image_url: 'https://a.test/b.png', alt_text: 'a', ...more })
const input = (more: object) => post({ type: 'input', label: plain('l'), element: select(), ...more })
const container = (more: object) => post({ type: 'container', title: plain('t'), child_blocks: [section()], ...more })
const table = (more: object) => post({ type: 'table', rows: [[{ type: 'raw_text', text: 'c' }]], ...more })
const line = ({ labels = ['a'], name = 's', series = 1, axis = {}, title = 't' }) => ({
  type: 'data_visualization',
  title,
  chart: {
    type: 'line',
    series: times(series, (index) => ({
      name: series === 1 ? name : `${name}${index}`,
      data: labels.map((label) => ({ label, value: 1 })),
    })),
    axis_config: { categories: labels, ...axis },
  },
})
const pie = (segments: number) => ({
  type: 'data_visualization',
  title: 't',
  chart: { type: 'pie', segments: times(segments, (index) => ({ label: `l${index}`, value: 1 })) },
})
const as = ([method, args]: Request, error: string): Request => [method, args, error]
const modal = (more: object): Request => [
  'views.update',
  { external_id: 'open', view: { type: 'modal', title: plain('t'), blocks: [], external_id: 'open', ...more } },
  'invalid_arguments',
]

/** A request of exactly this size for every row of the table; a new row has no test without one, and fails for that. */
const requests: Readonly<Record<LimitName, (size: number) => Request>> = {
  blocksPerMessage: (size) => post(...times(size, () => ({ type: 'divider' }))),
  blocksPerView: (size) => home({ blocks: times(size, () => ({ type: 'divider' })) }),
  blockId: (size) => post({ type: 'divider', block_id: x(size) }),
  textObject: (size) => post({ type: 'context', elements: [plain(x(size))] }),
  sectionText: (size) => post(section({ text: plain(x(size)) })),
  sectionFields: (size) => post(section({ fields: times(size, () => plain('f')) })),
  sectionField: (size) => post(section({ fields: [plain(x(size))] })),
  header: (size) => post({ type: 'header', text: plain(x(size)) }),
  contextElements: (size) => post({ type: 'context', elements: times(size, () => plain('e')) }),
  actionsElements: (size) => post({ type: 'actions', elements: times(size, () => button()) }),
  inputLabel: (size) => input({ label: plain(x(size)) }),
  inputHint: (size) => input({ hint: plain(x(size)) }),
  imageUrl: (size) => image({ image_url: x(size) }),
  imageAltText: (size) => image({ alt_text: x(size) }),
  imageTitle: (size) => image({ title: plain(x(size)) }),
  markdown: (size) => post({ type: 'markdown', text: x(size) }),
  tableRows: (size) => table({ rows: times(size, () => [{ type: 'raw_text', text: 'c' }]) }),
  tableCells: (size) => table({ rows: [times(size, () => ({ type: 'raw_text', text: 'c' }))] }),
  tableColumnSettings: (size) => table({ column_settings: times(size, () => ({ align: 'left' })) }),
  containerTitle: (size) => container({ title: plain(x(size)) }),
  containerSubtitle: (size) => container({ subtitle: plain(x(size)) }),
  containerChildren: (size) => container({ child_blocks: times(size, () => section()) }),
  chartsPerMessage: (size) => post(...times(size, () => line({}))),
  chartTitle: (size) => post(line({ title: x(size) })),
  chartSeries: (size) => post(line({ series: size })),
  chartSeriesName: (size) => post(line({ name: x(size) })),
  chartPoints: (size) => post(line({ labels: times(size, String) })),
  chartCategories: (size) => post(line({ labels: times(size, String) })),
  chartCategory: (size) => post(line({ labels: [x(size)] })),
  chartAxisLabel: (size) => post(line({ axis: { x_label: x(size) } })),
  chartSegments: (size) => post(pie(size)),
  actionId: (size) => accessory(button({ action_id: x(size) })),
  buttonText: (size) => accessory(button({ text: plain(x(size)) })),
  buttonValue: (size) => accessory(button({ value: x(size) })),
  buttonUrl: (size) => accessory(button({ url: x(size) })),
  buttonAccessibilityLabel: (size) => accessory(button({ accessibility_label: x(size) })),
  overflowOptions: (size) => accessory(overflow({ options: options(size) })),
  overflowOptionUrl: (size) => accessory(overflow({ options: [option({ url: x(size) }), option({}, 1)] })),
  selectOptions: (size) => accessory(select({ options: options(size) })),
  checkboxOptions: (size) => accessory({ type: 'checkboxes', options: options(size) }),
  radioOptions: (size) => accessory({ type: 'radio_buttons', options: options(size) }),
  placeholder: (size) => accessory(select({ placeholder: plain(x(size)) })),
  inputLength: (size) => input({ element: { type: 'plain_text_input', initial_value: x(size) } }),
  optionText: (size) => accessory(select({ options: [option({ text: plain(x(size)) })] })),
  optionDescription: (size) => accessory(select({ options: [option({ description: plain(x(size)) })] })),
  optionValue: (size) => accessory(select({ options: [option({ value: x(size) })] })),
  confirmTitle: (size) => confirm({ title: plain(x(size)) }),
  confirmText: (size) => confirm({ text: plain(x(size)) }),
  confirmConfirm: (size) => confirm({ confirm: plain(x(size)) }),
  confirmDeny: (size) => confirm({ deny: plain(x(size)) }),
  viewTitle: (size) => modal({ title: plain(x(size)) }),
  viewSubmit: (size) => modal({ submit: plain(x(size)) }),
  viewClose: (size) => modal({ close: plain(x(size)) }),
  viewPrivateMetadata: (size) => home({ private_metadata: x(size) }),
  viewCallbackId: (size) => home({ callback_id: x(size) }),
  viewExternalId: (size) => home({ external_id: x(size) }),
  // Those below are open already: see `prepare`.
  viewStack: () => ['views.push', { view: { type: 'modal', title: plain('t'), blocks: [] } }, 'push_limit_reached'],
  viewSize: (size) => {
    const full = (last: number) => ({
      type: 'home',
      blocks: [...times(83, () => section({ text: plain(x(2_950)) })), section({ text: plain(x(last)) })],
    })
    const rest = size - JSON.stringify(full(0)).length
    return ['views.publish', { user_id, view: full(rest) }, 'view_too_large']
  },
  messageText: (size) => ['chat.postMessage', { channel, text: x(size) }, 'msg_too_long'],
  messageBlockText: (size) =>
    as(
      post(...times(4, () => section({ text: plain(x(3000)) })), section({ text: plain(x(size - 12_000)) })),
      'msg_blocks_too_long',
    ),
  metadata: (size) => {
    const metadata = (data: string) => ({ event_type: 'e', event_payload: { data } })
    const rest = size - JSON.stringify(metadata('')).length
    return ['chat.postMessage', { channel, text: 't', metadata: metadata(x(rest)) }, 'metadata_too_large']
  },
}

const call = async ([method, args]: Request) => {
  await forward(60_000)
  const trigger = method === 'views.push' ? { trigger_id: await trigger_id() } : {}
  return slack.api(method, { ...args, ...trigger })
}

let isOpen = false
/** What has to be there before a request of this size: a modal to be updated, or a stack to be pushed onto. */
async function prepare([method]: Request, size: number) {
  if (method !== 'views.update' && method !== 'views.push') return
  if (method === 'views.update' && isOpen) return
  isOpen = method === 'views.update'
  const bare = { type: 'modal', title: plain('t'), blocks: [] }
  const view = isOpen ? { ...bare, external_id: 'open' } : bare
  expect(await slack.api('views.open', { trigger_id: await trigger_id(), view })).toMatchObject({ ok: true })
  if (isOpen) return
  for (let open = 1; open < size - 1; open += 1)
    expect(await call(['views.push', { view: bare }, ''])).toMatchObject({ ok: true })
}

/** The command itself reaches nobody; its trigger is what counts. */
async function trigger_id() {
  await slack.command({ user: 'aiko', channel, command: '/x' })
  return Object.keys(slack.snapshot().triggers).at(-1)
}

describe('every limit', () => {
  slack.workspace.conversationWith(user_id)
  test.each(Object.keys(limits) as LimitName[])('%s: that many, and not one more', async (name) => {
    const request = requests[name]
    if (request === undefined) expect.fail(`nobody measures ${name}`)
    const { most, least, docs, check } = limits[name]
    expect(docs).toMatch(/^https:\/\/docs\.slack\.dev\/[a-z]/)
    const answer = async (size: number) => {
      await prepare(request(size), size)
      return call(request(size))
    }
    expect(await answer(most)).toMatchObject({ ok: true })
    const error = request(most)[2]
    expect(await answer(most + 1)).toMatchObject({ ok: false, error })
    expect(check(most)).toBeUndefined()
    expect(check(most + 1)).toBeDefined()
    if (least < 1) return
    expect(await answer(least)).toMatchObject({ ok: true })
    // An empty list of blocks means no blocks at all.
    if (name !== 'blocksPerMessage') expect(await answer(least - 1)).toMatchObject({ ok: false, error })
  })
})

const messagesOf = async (request: Request) => {
  const answer = await call(request)
  return [answer.error, ...((answer.response_metadata as { messages?: string[] } | undefined)?.messages ?? [])]
}

describe('rules that are no numbers', () => {
  test('a problem is told in words and with its place', async () => {
    expect(await messagesOf(post(section(), section({ text: plain(x(3001)) })))).toEqual([
      'invalid_blocks',
      '[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]',
    ])
  })

  test.each<[string, Request, string]>([
    ['an unknown block', post({ type: 'hologram' }), 'unsupported type: hologram [json-pointer:/blocks/0/type]'],
    ['a block without type', post({ text: 'x' }), 'missing required field: type [json-pointer:/blocks/0]'],
    ['an unknown field', post(section({ colour: 'red' })), 'unsupported field: colour [json-pointer:/blocks/0/colour]'],
    ['a section without text', post({ type: 'section' }), 'missing required field: text [json-pointer:/blocks/0]'],
    ['a button with mrkdwn', accessory(button({ text: { type: 'mrkdwn', text: '*b*' } })), 'unsupported type: mrkdwn'],
    ['a header with mrkdwn', post({ type: 'header', text: { type: 'mrkdwn', text: 'h' } }), 'unsupported type: mrkdwn'],
    [
      'an element in the wrong block',
      post({ type: 'actions', elements: [plain('x')] }),
      'unsupported type: plain_text',
    ],
    [
      'two blocks of one id',
      post(section({ block_id: 'a' }), section({ block_id: 'a' })),
      'block_id "a" already exists',
    ],
    [
      'two actions of one id',
      post({ type: 'actions', elements: [button({ action_id: 'a' }), button({ action_id: 'a' })] }),
      'action_id "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ],
    [
      'an initial option from elsewhere',
      accessory(select({ initial_option: option({}, 9) })),
      'initial_option must be',
    ],
    ['two series of one name', post(twoSeries('a', 'a')), 'series name "a" already exists'],
    ['a series with other labels', post(strayLabels()), 'labels must match the categories'],
    ['a container in a container', container({ child_blocks: [{ type: 'container' }] }), 'unsupported type: container'],
    [
      'rich text in a container',
      container({ child_blocks: [{ type: 'rich_text', elements: [] }] }),
      'unsupported type',
    ],
    ['a fold without a hinge', container({ default_collapsed: true }), 'requires is_collapsible'],
  ])('%s is refused', async (_, request, problem) => {
    expect((await messagesOf(request)).join('\n')).toContain(problem)
  })

  test('blocks that are no JSON, or no list, are refused', async () => {
    expect((await messagesOf(['chat.postMessage', { channel, blocks: '[' }, '']))[0]).toBe('invalid_blocks_format')
    expect((await messagesOf(['chat.postMessage', { channel, blocks: {} }, '']))[0]).toBe('invalid_blocks')
  })

  test('a chart is for messages only, and a modal with inputs needs a submit button', async () => {
    expect(await messagesOf(home({ blocks: [line({})] }))).toEqual([
      'invalid_arguments',
      '[ERROR] unsupported type: data_visualization [json-pointer:/view/blocks/0/type]',
    ])
    const blocks = [{ type: 'input', label: plain('l'), element: select() }]
    await prepare(modal({ blocks }), 1)
    expect((await messagesOf(modal({ blocks }))).join()).toContain('missing required field: submit')
  })

  test('rich text, tables and every chart pass', async () => {
    const text = (value: string) => ({ type: 'text', text: value })
    const richSection = { type: 'rich_text_section', elements: [text('a'), { type: 'link', url: 'https://a.test' }] }
    const rich = {
      type: 'rich_text',
      elements: [
        richSection,
        { type: 'rich_text_list', style: 'bullet', elements: [richSection] },
        { type: 'rich_text_quote', elements: [text('q')] },
        { type: 'rich_text_preformatted', elements: [text('p')] },
      ],
    }
    const { chart, ...block } = line({})
    const charts = ['bar', 'area'].map((type) => ({ ...block, chart: { ...chart, type } }))
    expect(await call(post(rich, ...charts))).toMatchObject({ ok: true })
    expect(await call(table({ rows: [[{ type: 'raw_text', text: 'c' }, rich]] }))).toMatchObject({ ok: true })
  })

  test('an older Slack refuses the newer blocks and takes the rest', async () => {
    const old = create(false)
    const say = (block: object) => old.slack.api('chat.postMessage', { channel, text: 't', blocks: [block] })
    expect(await say(line({}))).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: { messages: ['[ERROR] unsupported type: data_visualization [json-pointer:/blocks/0/type]'] },
    })
    expect(await say(section())).toMatchObject({ ok: true })
  })
})

function twoSeries(one: string, two: string) {
  const { chart, ...block } = line({ series: 2 })
  const series = chart.series.map((each, index) => ({ ...each, name: index === 0 ? one : two }))
  return { ...block, chart: { ...chart, series } }
}

function strayLabels() {
  const { chart, ...block } = line({ labels: ['a', 'b'] })
  return { ...block, chart: { ...chart, axis_config: { categories: ['b', 'a'] } } }
}
