import { createBase } from '../../bot/deps.ts'
import { handle } from '../../bot/flow.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import { incidentsTable } from '../../common/tables.ts'
import { sqsBatch, startDoors } from './doors.ts'
import { resolves } from './incident-builders.ts'
import { alarmNotification } from './notifications.ts'

export const source = 'ExternalApiErrorAlarm'
export const gateway = 'ApiGateway5xxAlarm'

/** The doors while the price source fails: what happens there in words, on a clock that only moves when told to. */
export async function startPriceOutage() {
  const doors = await startDoors()
  const { wall, cloud } = doors
  const now = () => wall.now().toISOString()
  const minutesPass = (minutes: number) => wall.jump(minutes * 60_000)
  const body = (name: string, state: 'ALARM' | 'OK' = 'ALARM', at = now()) =>
    JSON.stringify(alarmNotification({ name, state, at: at.replace('Z', '+0000') }))
  const take = (...bodies: string[]) => doors.lambda('alarms')(sqsBatch(...bodies))
  const sweep = () => doors.lambda('sweep')({})
  const incident = async (service: string): Promise<Incident | undefined> =>
    (await doors.incidents.all()).filter((each) => each.service === service).at(-1)
  /** The evidence performer does what it is asked for. */
  const readEvidence = async (service = 'updater') => {
    const asked = await incident(service)
    const effect = asked?.pending.find(({ effect: { kind } }) => kind === 'read-evidence')?.id
    await doors.lambda('evidence')(sqsBatch(JSON.stringify({ service, incident: asked?.id, effect, attempt: 1 })))
  }
  return {
    ...doors,
    now,
    minutesPass,
    body,
    take,
    sweep,
    incident,
    readEvidence,
    alarmsOf: async (service: string) => Object.keys((await incident(service))?.alarms ?? {}),
    /** The source begins to fail ten minutes after the last prices, and fails on until they are so old. */
    failsUntilPricesAre: async (minutes: number) => {
      minutesPass(10)
      await take(body(source))
      minutesPass(minutes - 10)
      await sweep()
      await readEvidence()
    },
    /** Minutes as the bot lives them, each with a sweep and fresh evidence. */
    live: async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        minutesPass(1)
        await sweep()
        await readEvidence()
      }
    },
    /** The price source answers again, and the updater has run. */
    pricesCome: () => cloud.traffic.update(wall.now()),
    /** What CloudWatch has on record, without a notification. */
    cloudWatchHas: (name: string, state: 'ALARM' | 'OK') => cloud.alarms.setAlarmState(name, state, 'by hand'),
    isClosedBy: (user: string, service: string) =>
      handle(createBase(doors.env, doors.world), { service }, [resolves(user, now())]),
    /** The item of a service's incident cannot be read, until it is healed. */
    failLoading: (service: string) =>
      cloud.faults.add({
        match: ({ operation, input }) =>
          operation === 'GetItem' && JSON.stringify(input).includes(incidentsTable.openKey(service)),
        kind: 'error',
      }),
    /** No item in which these words occur can be saved, until it is healed. */
    failSaving: (words: string) =>
      cloud.faults.add({
        match: ({ operation, input }) => operation === 'PutItem' && JSON.stringify(input).includes(words),
        kind: 'error',
      }),
  }
}

export type PriceOutage = Awaited<ReturnType<typeof startPriceOutage>>
