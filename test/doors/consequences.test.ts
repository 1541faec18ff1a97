import { afterEach, beforeEach, expect, it } from 'vitest'
import { again } from '../support/doors.ts'
import { gateway, type PriceOutage, source, startPriceOutage } from '../support/price-outage.ts'

let outage: PriceOutage
beforeEach(async () => {
  outage = await startPriceOutage()
})
afterEach(() => outage.stop())

it('the evidence of the updater tells when the prices of each currency came last', async () => {
  // Making the tables may take some milliseconds of this clock after the source was asked.
  const asked = outage.cloud.upstream.requests()[0]?.at.toISOString()
  outage.minutesPass(10)
  await outage.take(outage.body(source), outage.body('LambdaErrorAlarm'))
  await outage.readEvidence()
  await outage.readEvidence('api')
  expect((await outage.incident('updater'))?.evidence?.prices).toContainEqual({
    currency: 'usd',
    updatedAt: asked,
    readAt: outage.now(),
  })
  expect((await outage.incident('api'))?.evidence?.prices).toBeUndefined()
})

it.each(['hang', 'error'] as const)('prices that cannot be read (%s) are named, and the rest stands', async (kind) => {
  const { prices } = outage.cloud.names.tables
  outage.cloud.faults.add({ match: ({ input }) => input.TableName === prices, kind })
  await outage.take(outage.body(source))
  await outage.readEvidence()
  const evidence = (await outage.incident('updater'))?.evidence
  // The settings stand in the same table.
  expect(evidence?.missing.map(({ part }) => part).toSorted()).toEqual(['prices', 'settings'])
  expect(evidence?.prices).toBeUndefined()
  expect(evidence?.functions.updater?.alias.version).toMatch(/^\d+$/)
})

it.each([
  ['first', [gateway, 'PricesStaleAlarm', 'LambdaErrorAlarm']],
  ['in between', ['PricesStaleAlarm', gateway, 'LambdaErrorAlarm']],
  ['last', ['LambdaErrorAlarm', 'PricesStaleAlarm', gateway]],
])('in a batch the consequence comes %s: it joins its cause, in one write for each service', async (_where, names) => {
  await outage.failsUntilPricesAre(62)
  const before = (await outage.incident('updater'))?.revision ?? 0
  expect(await outage.take(...names.map((name) => outage.body(name)))).toEqual(again())
  const updater = await outage.incident('updater')
  expect(Object.keys(updater?.alarms ?? {}).sort()).toEqual([gateway, source, 'PricesStaleAlarm'])
  expect(updater).toMatchObject({ severity: 'High', revision: before + 1 })
  expect(await outage.incident('api')).toMatchObject({
    severity: 'Critical',
    revision: 1,
    alarms: { LambdaErrorAlarm: {} },
  })
  expect(await outage.alarmsOf('api')).toEqual(['LambdaErrorAlarm'])
})

it('its end and its repeats go where it is held', async () => {
  await outage.failsUntilPricesAre(62)
  const first = outage.body(gateway)
  await outage.take(first)
  await outage.take(first)
  outage.minutesPass(2)
  await outage.take(outage.body(gateway, 'OK'))
  outage.minutesPass(2)
  await outage.take(outage.body(gateway))
  expect((await outage.incident('updater'))?.alarms[gateway]).toMatchObject({ ringing: true, fired: 2 })
  expect(await outage.incident('api')).toBeUndefined()
})

it.each<[string, () => Promise<void>]>([
  ['no incident explains it', async () => outage.minutesPass(62)],
  ['prices are not too old yet', () => outage.failsUntilPricesAre(58)],
  [
    'nobody could read how old prices are by now',
    async () => {
      await outage.failsUntilPricesAre(62)
      outage.minutesPass(6)
    },
  ],
])('without a cause it opens an incident of its own: %s', async (_why, begin) => {
  await begin()
  await outage.take(outage.body(gateway))
  expect(await outage.incident('api')).toMatchObject({
    severity: 'Critical',
    status: 'open',
    alarms: { [gateway]: {} },
  })
})

it('a cause that cannot be asked keeps no outage back', async () => {
  await outage.failsUntilPricesAre(62)
  outage.failSaving('SERVICE#updater')
  expect(await outage.take(outage.body(gateway))).toEqual(again())
  expect(await outage.alarmsOf('api')).toEqual([gateway])
})

it('what its own incident has already stays there, whoever could explain it now', async () => {
  outage.minutesPass(62)
  const early = outage.body(gateway)
  await outage.take(early)
  await outage.take(outage.body(source))
  await outage.readEvidence()
  outage.minutesPass(1)
  await outage.take(early, outage.body(gateway))
  expect(await outage.alarmsOf('updater')).toEqual([source])
  await outage.take(outage.body(gateway, 'OK', outage.now()))
  expect((await outage.incident('api'))?.alarms[gateway]?.ringing).toBe(true)
})
