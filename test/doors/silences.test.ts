import { afterEach, beforeEach, expect, it } from 'vitest'
import { silenceId } from '../../bot/bulletin/silence.ts'
import { tellBulletin } from '../../bot/bulletin-flow.ts'
import { createBase } from '../../bot/deps.ts'
import { tellIncidents } from '../../bot/in/tell-incidents.ts'
import { plus } from '../../common/time.ts'
import { again } from '../support/doors.ts'
import { fires } from '../support/incident-builders.ts'
import { alarmNotification } from '../support/notifications.ts'
import { gateway, type PriceOutage, source, startPriceOutage } from '../support/price-outage.ts'

const errors = 'LambdaErrorAlarm'
let world: PriceOutage
beforeEach(async () => {
  world = await startPriceOutage()
})
afterEach(() => world.stop())

const base = () => createBase(world.env, world.world)
/** Somebody silences the API. */
async function isSilenced(minutes = 30) {
  const [at, press] = [world.now(), `V${world.now()}`]
  const asked = { type: 'silence-asked', at, of: 'api', reason: 'work', by: 'U1', press } as const
  await tellBulletin(base(), silenceId('api'), [{ ...asked, until: plus(at, minutes * 60_000) }])
}
async function silence() {
  const bulletin = await base().bulletins.load(silenceId('api'))
  if (bulletin?.facts.kind !== 'silence') throw new Error('nothing is silenced')
  return { ...bulletin.facts, pending: bulletin.pending.map(({ effect }) => effect.kind) }
}
const isOpen = async (service: string) => (await world.incident(service))?.status

it('the sweep finds for the silence what no notification told: a ringing alarm, once, and its end', async () => {
  await isSilenced()
  world.cloudWatchHas(errors, 'ALARM')
  const rangAt = world.now()
  world.minutesPass(1)
  await world.sweep()
  expect((await silence()).alarms).toEqual({})
  world.minutesPass(1)
  await world.sweep()
  expect((await silence()).alarms[errors]).toMatchObject({ ringing: true, firstAt: rangAt, fired: 1 })
  const found = () => world.log.lines.filter(({ message }) => message === 'the sweep found what no notification told')
  const before = found().length
  world.minutesPass(1)
  await world.sweep()
  expect(found()).toHaveLength(before)
  world.cloudWatchHas(errors, 'OK')
  world.minutesPass(2)
  await world.sweep()
  expect((await silence()).alarms[errors]).toMatchObject({ ringing: false, fired: 1 })
  expect(await world.incident('api')).toBeUndefined()
})

it('a batch is heard in its order, what repeats is heard once, and what comes late opens nothing', async () => {
  await isSilenced()
  const fired = world.body(errors)
  world.minutesPass(1)
  const cleared = world.body(errors, 'OK')
  expect(await world.take(fired, cleared)).toEqual(again())
  expect((await silence()).alarms[errors]).toMatchObject({ ringing: false, fired: 1 })
  await world.take(fired)
  world.minutesPass(30)
  await world.sweep()
  expect(await silence()).toMatchObject({ handedOn: { incidents: {} }, pending: ['show', 'tell-end'] })
  await world.take(fired)
  expect(await world.incident('api')).toBeUndefined()
  expect((await silence()).alarms[errors]).toMatchObject({ fired: 1 })
})

it('an end that is known before its alarm is found by the sweep, so that nothing opens at the end', async () => {
  await isSilenced()
  world.cloudWatchHas(errors, 'ALARM')
  const fired = world.body(errors)
  world.minutesPass(1)
  world.cloudWatchHas(errors, 'OK')
  await world.take(world.body(errors, 'OK'), fired)
  expect((await silence()).alarms[errors]).toMatchObject({ ringing: true })
  world.minutesPass(29)
  await world.sweep()
  expect((await silence()).alarms[errors]).toMatchObject({ ringing: false })
  expect(await world.incident('api')).toBeUndefined()
})

it('an alarm that could follow from another incident, and does not, is held back too', async () => {
  await isSilenced()
  await world.take(world.body(gateway))
  expect(Object.keys((await silence()).alarms)).toEqual([gateway])
  expect(await world.incident('api')).toBeUndefined()
  expect(await world.incident('updater')).toBeUndefined()
})

it('an alarm that the incident of another service explains goes there, and else to the silence', async () => {
  await world.failsUntilPricesAre(62)
  await isSilenced()
  await world.take(world.body(gateway), world.body(errors))
  expect(await world.alarmsOf('updater')).toEqual([source, gateway])
  expect(Object.keys((await silence()).alarms)).toEqual([errors])
  await world.pricesCome()
  await world.live(5)
  expect(await world.alarmsOf('updater')).toEqual([source])
  expect(Object.keys((await silence()).alarms).toSorted()).toEqual([gateway, errors])
  expect(await world.incident('api')).toBeUndefined()
})

it('a silence that ends between the look and the save does not take the alarm', async () => {
  await isSilenced()
  const { bulletins, ...rest } = base()
  const deps = {
    ...rest,
    bulletins: {
      ...bulletins,
      // Somebody presses End now right after the door has looked.
      load: async (id: string) => {
        const looked = await bulletins.load(id)
        if (looked?.facts.kind === 'silence') {
          const { press } = looked.facts
          await tellBulletin(base(), id, [{ type: 'silence-end-asked', at: world.now(), by: 'U2', press }])
        }
        return looked
      },
    },
  }
  const failed = await tellIncidents(deps, [{ service: 'api', event: fires(errors, world.now()) }])
  expect(failed.size).toBe(0)
  expect((await silence()).alarms).toEqual({})
  expect(await isOpen('api')).toBe('open')
})

it('a silence that cannot be closed keeps what rings for five minutes, and then it is announced', async () => {
  await isSilenced(15)
  world.cloudWatchHas(errors, 'ALARM')
  await world.take(world.body(errors))
  const heal = world.failSaving('BULLETIN#silence-api')
  world.minutesPass(15)
  await expect(world.sweep()).rejects.toThrow('The sweep failed in part')
  expect(await world.incident('api')).toBeUndefined()
  world.minutesPass(5)
  await expect(world.sweep()).rejects.toThrow('The sweep failed in part')
  const opened = await world.incident('api')
  expect(opened).toMatchObject({ status: 'open', alarms: { [errors]: { ringing: true } } })
  heal()
  world.minutesPass(1)
  await world.sweep()
  expect(await silence()).toMatchObject({ handedOn: { incidents: { [errors]: opened?.id } } })
  expect(await world.incident('api')).toMatchObject({ id: opened?.id, alarms: { [errors]: { fired: 1 } } })
})

it('killed between the end and handing on, the next sweep hands on, and nothing is told twice', async () => {
  await isSilenced(15)
  await world.take(world.body(errors))
  world.minutesPass(15)
  const heal = world.failSaving('SERVICE#api')
  await expect(world.sweep()).rejects.toThrow('The sweep failed in part')
  expect(await silence()).toMatchObject({ ended: { at: world.now() }, pending: ['show'] })
  expect(await silence()).not.toHaveProperty('handedOn')
  heal()
  world.minutesPass(1)
  await world.sweep()
  const opened = await world.incident('api')
  expect(opened).toMatchObject({ openedAt: world.now(), timeline: [{ what: 'alarm-fired', times: 1 }] })
  expect(await silence()).toMatchObject({
    handedOn: { incidents: { [errors]: opened?.id } },
    pending: ['show', 'tell-end'],
  })
  world.minutesPass(1)
  await world.sweep()
  expect(await world.incident('api')).toMatchObject({ timeline: [{ what: 'alarm-fired', times: 1 }] })
})

it('has room for forty different alarms; the next one is announced', async () => {
  await isSilenced()
  const about = (name: string) =>
    JSON.stringify(
      alarmNotification({
        name,
        at: world.now().replace('Z', '+0000'),
        dimensions: [{ name: 'FunctionName', value: world.cloud.names.functions.api }],
      }),
    )
  const forty = Array.from({ length: 40 }, (_, index) => `Custom${index}`)
  await world.take(...forty.map(about))
  expect(Object.keys((await silence()).alarms).toSorted()).toEqual(forty.toSorted())
  expect(await world.incident('api')).toBeUndefined()
  await world.take(about('OneTooMany'))
  expect(await world.alarmsOf('api')).toEqual(['OneTooMany'])
})
