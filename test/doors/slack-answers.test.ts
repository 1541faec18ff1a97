import { afterAll, beforeAll, expect, it } from 'vitest'
import { fixture } from '../support/fixture.ts'
import { form, payloadForm, signedEvent } from '../support/signed.ts'
import { alertsChannel, api, type Story, startStory } from '../support/story.ts'

let story: Story
let id: string
let ts: string
beforeAll(async () => {
  story = await startStory()
  await story.play('bad-deploy')
  id = (await story.incident('api')).id
  ts = story.rootMessages()[0]?.ts ?? ''
})
afterAll(() => story.stop())

/** Sends what Slack would send, and gives what the person is told, in the modal or to them alone. */
async function send(payload: object): Promise<{ status: number; told: string }> {
  const before = story.slack.workspace.ephemerals('U0AIKO00001').length
  const { headers } = signedEvent(payloadForm(payload), story.wall.now(), { type: form })
  const body = payloadForm(payload)
  const answer = await fetch(`${story.addresses.bot}/slack/events`, { method: 'POST', headers, body })
  const said = await answer.text()
  await story.quiet()
  const whispered = story.slack.workspace.ephemerals('U0AIKO00001').slice(before)
  return { status: answer.status, told: [...whispered.map(({ text }) => text), said].join('') }
}

const press = (action: object, change: object = {}) => {
  const recorded = fixture('slack-block-actions', change)
  const [button] = recorded.actions as object[]
  return { ...recorded, actions: [{ ...button, ...action }] }
}
const notReadable = /could not be read; nothing was done/

it.each<[string, () => object]>([
  ['an action the bot does not have', () => ({ action_id: 'incident.explode', value: `{"i":"${id}","s":"open"}` })],
  ['a button of another app', () => ({ action_id: 'approve', value: 'yes' })],
  ['a value that is not ours', () => ({ value: 'yes' })],
  ['a value without incident', () => ({ value: '{"s":"open"}' })],
  ['a value of a status there is not', () => ({ value: `{"i":"${id}","s":"burning"}` })],
  ['no value', () => ({ value: undefined })],
  ['a menu option that is not ours', () => ({ action_id: 'incident.more', selected_option: { value: 'x|y' } })],
])('%s: the person is told, and nothing is done', async (_what, action) => {
  const before = await story.incident('api')
  const answer = await send(press(action()))
  expect(answer).toEqual({ status: 200, told: expect.stringMatching(notReadable) })
  expect(await story.incident('api')).toEqual(before)
})

it.each(['api-20200101T000000Z', 'api', '-', 'SERVICE#api', '__proto__', 'x'.repeat(1_900)])(
  'a button of the incident "%s" is told that it is gone',
  async (gone) => {
    const answer = await send(press({ value: JSON.stringify({ i: gone, s: 'open' }) }))
    expect(answer).toEqual({ status: 200, told: expect.stringContaining('no longer on record') })
  },
)

it('a visitor who forges a press on behalf of nobody is not permitted', async () => {
  const before = await story.incident('api')
  const value = JSON.stringify({ i: id, s: 'open' })
  const answer = await send(press({ value }, { user: { id: 'U0EVE000001', name: 'eve' } }))
  expect(answer.status).toBe(200)
  expect(story.slack.workspace.ephemerals('U0EVE000001').at(-1)?.text).toMatch(/may|permi/i)
  expect(await story.incident('api')).toEqual(before)
})

const submission = (view: object) => {
  const recorded = fixture('slack-view-submission')
  return { ...recorded, view: { ...Object(recorded.view), ...view } }
}
const reason = { values: { reason: { text: { type: 'plain_text_input', value: 'because' } } } }
const escalation = () => JSON.stringify({ incident: id, to: 2 })
const older = () => String(Number(story.cloud.functions.alias(api).version) - 1)
const rollback = (change: object = {}) =>
  JSON.stringify({ incident: id, role: 'api', from: '9', to: '8', aliasRevision: 'not-the-one', ...change })

it.each<[string, () => object, RegExp]>([
  ['no metadata', () => ({ private_metadata: undefined, state: reason }), notReadable],
  ['empty metadata', () => ({ private_metadata: '', state: reason }), notReadable],
  ['metadata that is no JSON', () => ({ private_metadata: '{', state: reason }), notReadable],
  ['metadata of another shape', () => ({ private_metadata: '[1]', state: reason }), notReadable],
  [
    'a level there is not',
    () => ({ private_metadata: JSON.stringify({ incident: id, to: 4 }), state: reason }),
    notReadable,
  ],
  ['no state', () => ({ private_metadata: escalation(), state: undefined }), notReadable],
  ['a state without values', () => ({ private_metadata: escalation(), state: {} }), notReadable],
  [
    'a blank reason',
    () => ({ private_metadata: escalation(), state: { values: { reason: { text: { value: '  ' } } } } }),
    notReadable,
  ],
  [
    'an incident there is not',
    () => ({ private_metadata: '{"incident":"x-1","to":2}', state: reason }),
    /nothing was done/,
  ],
])('an escalation with %s is refused in the modal', async (_what, view, told) => {
  const before = await story.incident('api')
  const answer = await send(submission(view()))
  expect(answer).toEqual({ status: 200, told: expect.stringMatching(told) })
  expect(JSON.parse(answer.told)).toMatchObject({ response_action: 'update', view: { type: 'modal' } })
  expect(await story.incident('api')).toEqual(before)
})

it.each<[string, () => object, RegExp]>([
  ['no metadata', () => ({ private_metadata: undefined }), notReadable],
  ['a role there is not', () => ({ private_metadata: rollback({ role: 'billing' }) }), notReadable],
  ['no state', () => ({ private_metadata: rollback(), state: undefined }), notReadable],
  ['a version there is not', () => ({ private_metadata: rollback({ to: '999' }) }), /has been deleted/],
  ['a revision that nobody saw', () => ({ private_metadata: rollback({ to: older() }) }), /moved|changed/i],
])('a rollback with %s is refused in the modal, and the alias stays', async (_what, view, told) => {
  const before = { alias: story.cloud.functions.alias(api), incident: await story.incident('api') }
  const answer = await send(submission({ callback_id: 'rollback.confirm', state: { values: {} }, ...view() }))
  expect(answer).toEqual({ status: 200, told: expect.stringMatching(told) })
  expect({ alias: story.cloud.functions.alias(api), incident: await story.incident('api') }).toEqual(before)
})

it('Japanese from a modal reaches Slack as it was typed', async () => {
  const value = '再起動しても直りません。<!channel> お願いします'
  const state = { values: { reason: { text: { type: 'plain_text_input', value } } } }
  expect(await send(submission({ private_metadata: escalation(), state }))).toEqual({ status: 200, told: '' })
  const page = JSON.stringify(story.slack.workspace.messages('C0DEV000001'))
  expect(page).toContain('再起動しても直りません。')
  expect(page).not.toContain('<!channel>')
  expect(story.slack.workspace.message(alertsChannel, ts)).toBeDefined()
})
