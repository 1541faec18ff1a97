import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Answer } from '../../bot/in/slack.ts'
import { type Doors, startDoors } from '../support/doors.ts'
import { fixture, fixtureText } from '../support/fixture.ts'
import { form, payloadForm, signedEvent } from '../support/signed.ts'

const record = { messageId: 'm', receiptHandle: 'r', attributes: { ApproximateReceiveCount: '1' } }
let doors: Doors
let door: (event: unknown) => Promise<unknown>
beforeAll(async () => {
  doors = await startDoors({
    SLACK_ONCALL: 'U0AIKO00001',
    SLACK_DEVELOPERS: 'U0CHIE00001',
    SLACK_MANAGERS: 'U0DAN000001',
  })
  door = doors.lambda('slack')
  await doors.lambda('alarms')({ Records: [{ ...record, body: fixtureText('metric-math-alarm') }] })
})
afterEach(() => {
  doors.log.lines.length = 0
})
afterAll(() => doors.stop())

type Change = Parameters<typeof signedEvent>[2]
const ask = async (body: string, change?: Change) => (await door(signedEvent(body, doors.wall.now(), change))) as Answer
const incident = async () => (await doors.incidents.all())[0]
const json = { type: 'application/json' }

it.each([
  ['text', 'text/plain', 'hello', 'expected a form or JSON'],
  ['no type', '', 'hello', 'expected a form or JSON'],
  ['XML', 'application/xml', '<a/>', 'expected a form or JSON'],
  ['almost a form', `${form}ed`, 'payload=%7B%7D', 'expected a form or JSON'],
  ['broken JSON', json.type, '{"type":', 'the payload is not a JSON object'],
  ['null', json.type, 'null', 'the payload is not a JSON object'],
  ['a list', json.type, '[]', 'the payload is not a JSON object'],
  ['a form of broken JSON', form, 'payload=%7B', 'the payload is not a JSON object'],
  ['a form of a number', form, 'payload=5', 'the payload is not a JSON object'],
  ['a form of nothing', form, 'payload=', 'the payload is not a JSON object'],
  [
    'a press of nothing',
    form,
    payloadForm(fixture('slack-block-actions', { actions: [] })),
    'not one that Slack sends',
  ],
  ['a press by nobody', form, payloadForm(fixture('slack-block-actions', { user: null })), 'not one that Slack sends'],
  [
    'a modal without view',
    form,
    payloadForm({ type: 'view_submission', user: { id: 'U1' } }),
    'not one that Slack sends',
  ],
])('%s is refused with a sentence', async (_what, type, body, why) => {
  expect(await ask(body, { type })).toMatchObject({ statusCode: 400, body: expect.stringContaining(why) })
  expect(doors.log.lines.filter(({ level }) => level === 'error')).toEqual([])
})

it.each([
  ['another slash command', 'command=%2Fdeploy&text=&user_id=U0AIKO00001&channel_id=C0ALERTS001&trigger_id=1.2.a'],
  ['an unknown modal', payloadForm({ ...fixture('slack-view-submission'), view: { id: 'V1', callback_id: 'other' } })],
  ['a closed modal', payloadForm(fixture('slack-view-submission', { type: 'view_closed' }))],
  ['a shortcut', payloadForm({ type: 'shortcut', callback_id: 'x', user: { id: 'U1' }, trigger_id: '1' })],
  ['a payload of no type', payloadForm({})],
  ['an empty form', ''],
])('%s is none of ours, and the answer says so', async (_what, body) => {
  expect(await ask(body)).toMatchObject({ statusCode: 404, body: expect.stringContaining('does not know this') })
})

const typed = (fields: Record<string, string>) =>
  new URLSearchParams({ command: '/incident', team_id: 'T0CRYPTOW01', channel_id: 'C0ALERTS001', ...fields }).toString()
const byAiko = { user_id: 'U0AIKO00001', trigger_id: '1.2.a' }
const unreadable = 'The command could not be read; nothing was done. Please type it again.'
const list = '*/incident key* – an API key may have leaked'
const openOnes = '🔴 *API errors at 12.4 %, limit 5 %*'

it.each([
  ['nothing after it', typed({ ...byAiko, text: '' }), openOnes],
  ['no text at all', typed(byAiko), openOnes],
  ['help', typed({ ...byAiko, text: ' Help ' }), list],
  ['an unknown word', typed({ ...byAiko, text: 'coffee' }), 'There is no “coffee”.'],
  ['a word too many', typed({ ...byAiko, text: 'key now' }), 'There is no “key now”.'],
  ['markup', typed({ ...byAiko, text: '<!channel>\n*x*' }), 'There is no “&lt;!channel&gt; *x*”.'],
  ['too long a text', typed({ ...byAiko, text: 'k'.repeat(9_000) }), `There is no “${'k'.repeat(59)}…”.`],
  ['no person', typed({ text: 'key', trigger_id: '1.2.a' }), unreadable],
  ['no trigger', typed({ text: 'key', user_id: 'U0AIKO00001' }), unreadable],
  ['an empty trigger', typed({ ...byAiko, text: 'key', trigger_id: '' }), unreadable],
])('/incident with %s is answered to whoever typed it, and to nobody else', async (_what, body, said) => {
  const answered = await ask(body)
  expect(answered.statusCode).toBe(200)
  const told = JSON.parse(answered.body)
  expect(told).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining(said) })
  expect(told.text.length).toBeLessThan(500)
  expect(doors.log.lines.filter(({ level }) => level === 'error')).toEqual([])
})

it('the command of another stage is answered with its own name', async () => {
  const answered = await ask(typed({ ...byAiko, command: '/incident-staging', text: 'help' }))
  expect(answered.body).toContain('*/incident-staging key* – an API key may have leaked')
})

it('/incident as JSON with fields of other kinds is answered too', async () => {
  const command = { command: '/incident', text: 5, user_id: ['U0AIKO00001'], trigger_id: null }
  const answered = await ask(JSON.stringify(command), json)
  expect({ ...answered, body: JSON.parse(answered.body) }).toMatchObject({
    statusCode: 200,
    body: { text: unreadable },
  })
})

it.each([
  ['an event without a type', '{"event":null}', json.type],
  ['a payload with a name that is none', payloadForm({ name: 0 }), form],
  ['a dialog of old', '{"type":"dialog_submission"}', json.type],
])('%s is none of ours, and Bolt does not see it', async (_what, body, type) => {
  expect(await ask(body, { type })).toMatchObject({ statusCode: 404 })
  expect(doors.log.lines.filter(({ level }) => level === 'error')).toEqual([])
})

it.each(['team_id', 'enterprise_id'])('a command with a %s that every object has is refused', async (field) => {
  const answered = await ask(typed({ ...byAiko, text: 'key', [field]: 'valueOf' }))
  expect(answered).toMatchObject({ statusCode: 400, body: expect.stringContaining('not one that Slack sends') })
})

it('Slack’s own questions are answered', async () => {
  expect(await ask('ssl_check=1&token=x')).toMatchObject({ statusCode: 200, body: '' })
  const challenge = JSON.stringify({ type: 'url_verification', challenge: '合言葉', token: 'x' })
  const answered = await ask(challenge, json)
  expect({ ...answered, body: JSON.parse(answered.body) }).toMatchObject({
    statusCode: 200,
    body: { challenge: '合言葉' },
  })
})

it('a media type may have parameters and capitals', async () => {
  const type = 'Application/X-WWW-Form-Urlencoded; charset=UTF-8'
  expect(await ask('ssl_check=1', { type })).toMatchObject({ statusCode: 200 })
})

it('a body beyond a megabyte is refused unread', async () => {
  const body = payloadForm({ type: 'block_actions', filler: 'x'.repeat(1_000_001) })
  expect(await ask(body)).toMatchObject({ statusCode: 413, body: 'The request was refused: the body is too large.' })
})

it('what is no function URL event is refused', async () => {
  for (const event of [
    undefined,
    null,
    7,
    'text',
    [],
    {},
    { headers: [] },
    { headers: { a: ['b'] } },
    { headers: {}, body: {} },
  ]) {
    expect(await door(event)).toMatchObject({ statusCode: expect.toSatisfy((code) => code === 400 || code === 401) })
  }
})

it.each([true, false])('Japanese arrives whole, in base64: %s', async (base64) => {
  const reason = `データベースに接続できません ${base64}`
  const view = Object(fixture('slack-view-submission').view)
  const state = { values: { reason: { text: { type: 'plain_text_input', value: reason } } } }
  const to = base64 ? 2 : 3
  const metadata = JSON.stringify({ incident: (await incident())?.id, to })
  const submission = fixture('slack-view-submission', { view: { ...view, state, private_metadata: metadata } })
  expect(await ask(payloadForm(submission), { base64 })).toMatchObject({ statusCode: 200, body: '' })
  expect(JSON.stringify((await incident())?.pending)).toContain(reason)
})

const inForm = fc.oneof(fc.json(), fc.string()).map((text) => [payloadForm(text), form] as const)
const asBody = fc
  .tuple(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), fc.constantFrom(form, json.type, 'text/plain', ''))
  .map(([body, type]) => [body, type] as const)
/** A recorded payload with one field replaced by something that does not belong there. */
const mutated = fc
  .tuple(fc.constantFrom('slack-block-actions', 'slack-view-submission'), fc.nat(), fc.anything({ maxDepth: 1 }))
  .map(([name, at, value]) => {
    const text = fixtureText(name)
    let field = at % (text.match(/":/g)?.length ?? 1)
    const changed: unknown = JSON.parse(text, (key, old: unknown) => (key !== '' && field-- === 0 ? value : old))
    return [payloadForm(changed), form] as const
  })
/** A typed command with one field replaced, left out or repeated. */
const typedAnyhow = fc
  .tuple(fc.constantFrom('command', 'text', 'user_id', 'trigger_id', 'channel_id', 'team_id'), fc.string())
  .map(([field, value]) => [typed({ ...byAiko, text: 'key', [field]: value }), form] as const)

it('whatever Slack signs, and whatever it does not, is answered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(inForm, asBody, mutated, typedAnyhow), fc.boolean(), async ([body, type], isSigned) => {
      const answer = await ask(body, { type, ...(!isSigned && { secret: 'guessed' }) })
      const { statusCode, body: said } = answer
      if (!isSigned) expect(answer).toMatchObject({ statusCode: 401, body: 'The request was refused: bad-signature.' })
      else expect(statusCode === 200 || said.startsWith('The request was refused: ')).toBe(true)
      expect(statusCode).toBeLessThan(500)
    }),
    { numRuns: 400 },
  )
})

it('whatever bytes come, they are answered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(form, json.type), async (bytes, type) => {
      const text = Buffer.from(bytes).toString('utf8')
      const event = signedEvent(text, doors.wall.now(), { type })
      const { statusCode } = (await door({ ...event, body: Buffer.from(bytes).toString('base64') })) as Answer
      expect([200, 400, 404]).toContain(statusCode)
    }),
    { numRuns: 100 },
  )
})
