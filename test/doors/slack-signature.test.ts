import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Answer } from '../../bot/in/slack.ts'
import { sandboxSecrets } from '../../sandbox/bot-environment.ts'
import { type Doors, startDoors } from '../support/doors.ts'
import { fixture, fixtureText } from '../support/fixture.ts'
import { payloadForm, signedEvent } from '../support/signed.ts'

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
const record = { messageId: 'm', receiptHandle: 'r', attributes: { ApproximateReceiveCount: '1' } }
beforeEach(() => {
  doors.log.lines.length = 0
})
afterAll(() => doors.stop())

const ask = async (event: unknown) => (await door(event)) as Answer
const now = () => doors.wall.now()
const seconds = (n: number) => new Date(now().getTime() + n * 1000)
const status = async () => (await doors.incidents.all())[0]?.status
const press = payloadForm(fixture('slack-block-actions'))

/** Bolt's receiver answers these before it looks at a signature, so 401 shows that it was not asked. */
const answeredByBolt = {
  ssl_check: 'ssl_check=1&token=x',
  url_verification: '{"type":"url_verification","challenge":"c"}',
}

const refusals: [string, string, () => object][] = [
  ['unsigned', 'unsigned', () => ({ 'x-slack-signature': '', 'x-slack-request-timestamp': '' })],
  ['without a time', 'unsigned', () => ({ 'x-slack-request-timestamp': '' })],
  ['with a time that is none', 'unsigned', () => ({ 'x-slack-request-timestamp': '1e9' })],
  ['with a signature of another kind', 'bad-signature', () => ({ 'x-slack-signature': 'v1=00' })],
  ['with half a signature', 'bad-signature', () => ({ 'x-slack-signature': 'v0=' })],
  ['with letters beyond ASCII as signature', 'bad-signature', () => ({ 'x-slack-signature': `v0=${'é'.repeat(32)}` })],
]

it.each(refusals)('a request %s is refused before Bolt, and says %s', async (_what, check, headers) => {
  for (const [body, type] of [
    [press, undefined],
    [answeredByBolt.ssl_check, undefined],
    [answeredByBolt.url_verification, 'application/json'],
  ] as const) {
    const event = signedEvent(body, now(), { ...(type && { type }), headers: { ...headers() } })
    expect(await ask(event)).toMatchObject({ statusCode: 401, body: `The request was refused: ${check}.` })
  }
  expect(await status()).toBe('open')
  expect(doors.log.lines.map(({ message }) => message)).toEqual(Array(3).fill('a request was refused before Bolt'))
})

it.each([
  ['with another secret', { secret: 'guessed' }],
  ['for another body', { signed: 'payload=%7B%7D' }],
])('a request signed %s is refused', async (_what, change) => {
  expect(await ask(signedEvent(press, now(), change))).toMatchObject({
    statusCode: 401,
    body: expect.stringMatching(/bad-signature/),
  })
  expect(await status()).toBe('open')
})

it.each([
  [-301, 'too-old'],
  [301, 'too-new'],
  [-3_000_000, 'too-old'],
])('a request signed %i seconds from now is %s', async (offset, check) => {
  const refused = await ask(signedEvent(press, seconds(offset)))
  expect(refused).toMatchObject({ statusCode: 401, body: `The request was refused: ${check}.` })
  expect(await status()).toBe('open')
})

it.each([-300, 300])('a request signed %i seconds from now is in time', async (offset) => {
  const answered = await ask(signedEvent(answeredByBolt.ssl_check, seconds(offset)))
  expect(answered).toMatchObject({ statusCode: 200, body: '' })
})

it('no refusal says or logs what it refused, nor a secret', async () => {
  await ask(signedEvent(press, now(), { secret: 'guessed', headers: { 'x-slack-signature': 'v0=mine' } }))
  const said = JSON.stringify(doors.log.lines)
  expect(said).not.toContain(sandboxSecrets.signingSecret)
  expect(said).not.toContain('v0=mine')
  expect(said).not.toContain('gIkuvaNzQIHg97ATvDxqgjtO')
})

it.each([
  ['empty', '{"botToken":"xoxb-sandbox","signingSecret":""}'],
  ['missing', '{"botToken":"xoxb-sandbox"}'],
  ['half a JSON', '{"signingSecret":"sandbox-sig'],
])('with a signing secret that is %s nobody is let in, and why is in the log without it', async (_what, text) => {
  const name = doors.cloud.names.slackSecret
  const good = doors.cloud.secrets.get(name).text
  doors.cloud.secrets.set(name, text)
  const fresh = doors.lambda('slack')
  const forged = signedEvent(press, now(), { secret: ' ' })
  expect(await fresh(forged)).toMatchObject({
    statusCode: 503,
    body: expect.stringMatching(/secrets of the bot could not be read/),
  })
  expect(JSON.stringify(doors.log.lines)).toContain('neither empty')
  expect(JSON.stringify(doors.log.lines)).not.toContain('sandbox-sig')
  doors.cloud.secrets.set(name, good)
  expect(await fresh(signedEvent(answeredByBolt.ssl_check, now()))).toMatchObject({ statusCode: 200 })
  expect(await status()).toBe('open')
})

it('the same request with Slack’s signature is let in', async () => {
  expect(await ask(signedEvent(press, now()))).toMatchObject({ statusCode: 200, body: '' })
  expect((await doors.incidents.all())[0]).toMatchObject({ status: 'acknowledged', owner: { user: 'U0AIKO00001' } })
})
