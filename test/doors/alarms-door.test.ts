import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { again, type Doors, sqsBatch, startDoors } from '../support/doors.ts'
import { fixture, fixtureText } from '../support/fixture.ts'

let doors: Doors
let take: (event: unknown) => Promise<unknown>
beforeAll(async () => {
  doors = await startDoors()
  take = doors.lambda('alarms')
})
afterEach(() => {
  doors.log.lines.length = 0
})
afterAll(() => doors.stop())

const alarm = (name: string, change: object = {}) =>
  JSON.stringify({ ...fixture('composite-alarm', { AlarmName: name }), ...change })
const services = async () => (await doors.incidents.all()).map(({ service }) => service)

it('the good messages of a batch are taken in, the bad ones come again', async () => {
  const batch = sqsBatch('{', alarm('good-one'), '{"Type":"Notification","Message":"?"}', alarm('good-two'))
  expect(await take(batch)).toEqual(again('m0', 'm2'))
  expect(await services()).toEqual(expect.arrayContaining(['good-one', 'good-two']))
  expect(doors.log.lines.filter(({ level }) => level === 'error')).toHaveLength(2)
})

it('a record that is no queue message spoils no other', async () => {
  const { Records } = sqsBatch(alarm('beside-a-wreck'))
  expect(await take({ Records: [{ messageId: 'wreck' }, ...Records] })).toEqual(again('wreck'))
  expect(await services()).toContain('beside-a-wreck')
})

it('an event that is no batch is a batch that failed', async () => {
  for (const event of [undefined, null, 1, 'text', {}, { Records: 'x' }]) expect(await take(event)).toEqual(again(''))
})

it('an alarm of a service and a moment no table can hold keep the others of that service in', async () => {
  const reason = 'Threshold Crossed: 1 datapoint [1e308 (23/11/26 02:59:00)]'
  const odd = JSON.stringify(fixture('metric-alarm', { AlarmName: 'odd', NewStateReason: reason }))
  const far = JSON.stringify(fixture('metric-alarm', { StateChangeTime: '+200000-01-01T00:00:00.000Z' }))
  expect(await take(sqsBatch(odd, far, fixtureText('metric-math-alarm')))).toEqual(again('m1'))
  const stored = (await doors.incidents.all()).find(({ service }) => service === 'api')
  expect(Object.keys(stored?.alarms ?? {}).sort()).toEqual(['LambdaErrorAlarm', 'odd'])
})

it('alarms whose names differ only in letters a queue cannot carry are told apart', async () => {
  const before = doors.cloud.queues.counts('crypto-watch-sender.fifo').visible
  const long = (end: string) => `${'a'.repeat(200)}${end}`
  expect(await take(sqsBatch(...['障害甲', '障害乙', long('1'), long('2')].map((name) => alarm(name))))).toEqual(
    again(),
  )
  expect(doors.cloud.queues.counts('crypto-watch-sender.fifo').visible - before).toBe(4)
})

it('on staging the listed alarms are known by their suffix', async () => {
  const staging = doors.lambda('alarms', { STAGE: 'staging' })
  expect(await staging(sqsBatch(alarm('DynamoDBThrottleAlarm-staging')))).toEqual(again())
  const incident = (await doors.incidents.all()).find(({ service }) => service === 'table')
  expect(incident).toMatchObject({ severity: 'High', alarms: { 'DynamoDBThrottleAlarm-staging': {} } })
})

it('what is not ours is neither an incident nor a failure', async () => {
  const before = await services()
  expect(await take(sqsBatch(fixtureText('ec2-state-change')))).toEqual(again())
  expect(await services()).toEqual(before)
})

const texts = ['metric-alarm', 'metric-math-alarm', 'composite-alarm', 'codedeploy-state-change'].map(fixtureText)
const nasty = fc.constantFrom<unknown>(
  null,
  true,
  -1,
  1e308,
  '',
  'x'.repeat(100_000),
  [],
  {},
  '\u0000',
  '\ud800',
  '__proto__',
  'constructor',
  '<!channel>',
  { __proto__: null, toString: 1 },
)
/** A recorded message with one field, at any depth, replaced by something that does not belong there. */
const mutated = fc.tuple(fc.constantFrom(...texts), fc.nat(), nasty).map(([text, at, value]) => {
  let field = at % (text.match(/":/g)?.length ?? 1)
  return JSON.stringify(JSON.parse(text, (key, old: unknown) => (key !== '' && field-- === 0 ? value : old)))
})
const truncated = fc
  .tuple(fc.constantFrom(...texts), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([text, share]) => text.slice(0, Math.floor(text.length * share)))
const polluting = fc
  .constantFrom('__proto__', 'constructor', 'prototype')
  .map((key) => texts[0]?.replace('{', `{"${key}":{"AlarmName":"polluted","Records":[],"polluted":true},`) ?? '')
const enveloped = (body: fc.Arbitrary<string>) =>
  body.map((Message) => JSON.stringify(fixture('sns-envelope', { Message })))
const plain = fc.oneof(mutated, truncated, polluting, fc.string(), fc.json())
const body = fc.oneof(plain, enveloped(plain))

it('whatever the messages say, a batch is answered, and a good message in it is taken in', async () => {
  let batches = 0
  await fc.assert(
    fc.asyncProperty(fc.array(body, { maxLength: 5 }), fc.nat(), async (bodies, where) => {
      const service = `good-${batches++}`
      const at = where % (bodies.length + 1)
      const answer = await take(sqsBatch(...bodies.slice(0, at), alarm(service), ...bodies.slice(at)))
      const { batchItemFailures } = answer as { batchItemFailures: { itemIdentifier: string }[] }
      const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
      expect(failed.every((name) => /^m\d$/.test(name))).toBe(true)
      expect(new Set(failed).size).toBe(failed.length)
      expect(failed).not.toContain(`m${at}`)
      expect(Object.keys(Object.prototype)).toEqual([])
    }),
    { numRuns: 150 },
  )
  expect((await services()).filter((service) => /^good-\d+$/.test(service))).toHaveLength(batches)
})

it('whatever a Lambda is called with, it answers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.anything({ withNullPrototype: true, withBigInt: true }), async (event) => {
      expect(await take(event)).toHaveProperty('batchItemFailures')
      expect(await take({ Records: [event] })).toEqual(again(...names(event)))
    }),
    { numRuns: 150 },
  )
})

/** The name that can be told of a record that is nothing else. */
const names = (record: unknown): string[] => {
  const id: unknown = Object(record).messageId
  return [typeof id === 'string' ? id : '']
}
