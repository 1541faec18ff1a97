import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Clock, Wall } from '../common/clock.ts'
import { IncidentRecord, isPublic, priceServices } from '../common/incident-record.ts'
import { describeError, type Log } from '../common/logger.ts'
import { incidentsTable } from '../common/tables.ts'

/** The present incidents of the price service, open ones and the last resolved ones. */
export type Incidents = readonly IncidentRecord[]

export interface IncidentLookup {
  /** Answers within 200 ms, or with what was known before, or with undefined when nothing is known. Never throws. */
  known(): Promise<Incidents | undefined>
}

const patienceMs = 200
const keptMs = 15_000
/** What could not be read is not asked for again at once, so that no other request waits for it in vain. */
const restMs = 5_000
/** Older than this, what was known before is no answer any more. */
const worthMs = 5 * 60_000

/** Reads the record that the bot keeps. One reading serves every request of some seconds. */
export function createIncidentLookup(
  { clock, wall, log }: { clock: Clock; wall: Wall; log: Log },
  read: () => Promise<Incidents>,
): IncidentLookup {
  let copy: { incidents: Incidents; readAt: number } | undefined
  let until = 0
  let underWay: Promise<void> | undefined
  const now = () => clock.now().getTime()

  async function look(): Promise<void> {
    try {
      copy = { incidents: await read(), readAt: now() }
      until = now() + keptMs
    } catch (error) {
      until = now() + restMs
      log.warn('the record of incidents could not be read', { error: describeError(error) })
    } finally {
      underWay = undefined
    }
  }

  return {
    async known() {
      if (now() >= until) {
        underWay ??= look()
        // Whoever loses patience goes on; the reading ends by itself and serves the next one.
        await Promise.race([underWay, wall.pause(patienceMs)])
      }
      return copy !== undefined && now() - copy.readAt <= worthMs ? copy.incidents : undefined
    },
  }
}

/** The incidents table as DynamoDB holds it. An item that cannot be read is left out, with a line in the log. */
export const realIncidents =
  (client: DynamoDBDocumentClient, tableName: string, log: Log) => async (): Promise<Incidents> => {
    const keys = priceServices.map((service) => ({ [incidentsTable.key]: incidentsTable.openKey(service) }))
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys: keys } } }),
    )
    if (Object.keys(UnprocessedKeys ?? {}).length > 0) throw new Error('DynamoDB left out a part of the incidents')
    return (Responses?.[tableName] ?? []).flatMap((item) => {
      const parsed = IncidentRecord.safeParse(item)
      if (!parsed.success) log.error('an incident cannot be read', { key: item[incidentsTable.key] })
      return parsed.data ?? []
    })
  }

const isTold = (incident: IncidentRecord): boolean => incident.status !== 'resolved' && isPublic(incident)

/** The open incident that a client is told of when prices are too old: that of the updater, if there is one. */
export const incidentBehind = (incidents: Incidents | undefined): string | undefined =>
  priceServices
    .flatMap((service) => incidents?.filter((incident) => incident.service === service && isTold(incident)) ?? [])
    .at(0)?.id
