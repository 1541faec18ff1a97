import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { again, type Doors, sqsBatch, startDoors } from '../support/doors.ts'
import { fixture } from '../support/fixture.ts'

const performers = ['sender', 'evidence', 'worker', 'remedy'] as const
let doors: Doors
let id: string
let pending: { id: string; effect: { kind: string } }[]
beforeAll(async () => {
  doors = await startDoors()
  await doors.lambda('alarms')(sqsBatch(JSON.stringify(fixture('metric-math-alarm'))))
  const [incident] = await doors.incidents.all()
  id = incident?.id ?? ''
  pending = incident?.pending ?? []
})
afterEach(() => {
  doors.log.lines.length = 0
})
afterAll(() => doors.stop())

const pointer = (change: object = {}) =>
  JSON.stringify({ service: 'api', incident: id, effect: 'e1', attempt: 1, ...change })
const effect = (kind: string) => pending.find((each) => each.effect.kind === kind)?.id

it.each(performers)('the %s gives back what it cannot read, and only that', async (name) => {
  const perform = doors.lambda(name)
  const gone = pointer({ effect: 'e999' })
  expect(await perform(sqsBatch('{', gone, 'null', '{}', pointer({ attempt: 'x' }), gone))).toEqual(
    again('m0', 'm2', 'm3', 'm4'),
  )
  expect(doors.log.lines.filter(({ level }) => level === 'error')).toHaveLength(4)
})

it.each(performers)('the %s has nothing to do for an incident or effect that is not there', async (name) => {
  const perform = doors.lambda(name)
  for (const change of [
    { incident: 'api-20200101T000000Z' },
    { incident: 'no dash' },
    { service: 'nobody' },
    { service: '__proto__', incident: '__proto__' },
    { effect: '__proto__' },
    { effect: 'x'.repeat(1_000) },
  ]) {
    expect(await perform(sqsBatch(pointer(change)))).toEqual(again())
  }
})

it.each([
  ['worker', 'show'],
  ['evidence', 'show'],
  ['sender', 'read-evidence'],
  ['worker', 'read-evidence'],
  ['remedy', 'show'],
] as const)('the %s fails the message of a %s, and the effect stays for its own performer', async (name, kind) => {
  const wrong = pointer({ effect: effect(kind) })
  expect(await doors.lambda(name)(sqsBatch(wrong))).toEqual(again('m0'))
  expect(JSON.stringify(doors.log.lines)).toContain(`cannot perform ${kind}`)
  expect((await doors.incidents.all())[0]?.pending.map((each) => each.id)).toEqual(pending.map((each) => each.id))
})

it('behind an effect that failed the rest of a batch waits, as order wants it', async () => {
  const wrong = pointer({ effect: effect('show') })
  const batch = sqsBatch('{', pointer({ effect: 'e999' }), wrong, pointer({ effect: 'e999' }))
  expect(await doors.lambda('worker')(batch)).toEqual(again('m0', 'm2', 'm3'))
})

const record = fc.record(
  {
    messageId: fc.oneof(fc.constantFrom('a', 'b'), fc.anything()),
    receiptHandle: fc.oneof(fc.constant('r'), fc.anything()),
    body: fc.oneof(fc.json(), fc.string(), fc.anything()),
    attributes: fc.oneof(
      fc.record({ ApproximateReceiveCount: fc.oneof(fc.constant('1'), fc.anything()) }),
      fc.anything(),
    ),
  },
  { requiredKeys: [] },
)
const batch = fc.oneof(
  fc.record({ Records: fc.array(fc.oneof(record, fc.anything()), { maxLength: 4 }) }),
  fc.anything(),
)
/** A pointer whose fields are sometimes right. */
const points = fc
  .record({
    service: fc.oneof(fc.constant('api'), fc.string(), fc.anything()),
    incident: fc.oneof(fc.constantFrom('api-1', 'x'), fc.string(), fc.anything()),
    effect: fc.oneof(fc.string(), fc.anything()),
    attempt: fc.oneof(fc.nat(), fc.anything()),
  })
  .map((fields) => sqsBatch(JSON.stringify(fields) ?? ''))

it.each(performers)('whatever comes to the %s, it answers which messages failed', async (name) => {
  const perform = doors.lambda(name)
  await fc.assert(
    fc.asyncProperty(fc.oneof(batch, points), async (event) => {
      const answer = (await perform(event)) as { batchItemFailures: { itemIdentifier: unknown }[] }
      for (const { itemIdentifier } of answer.batchItemFailures) expect(itemIdentifier).toBeTypeOf('string')
    }),
    { numRuns: 100 },
  )
})

it('the sweep asks nothing of what it is called with', async () => {
  const sweep = doors.lambda('sweep')
  for (const event of [undefined, null, 'x', { detail: { __proto__: null } }])
    expect(await sweep(event)).toBeUndefined()
})
