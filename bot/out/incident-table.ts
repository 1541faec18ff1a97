import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb'
import { incidentsTable } from '../../common/tables.ts'
import { Incident } from '../incident/incident.ts'

/** Which incident: the present one of a service, or that one exactly. */
export interface IncidentRef {
  service: string
  id?: string
}

/** An incident as it was read, with the key it stands under. */
export interface Stored {
  key: string
  incident: Incident
}

/** Where incidents are kept. One item each; the open one of a service stands under the name of the service. */
export interface IncidentTable {
  load(ref: IncidentRef): Promise<Stored | undefined>
  /** Writes in place of `stored`, only if nobody has saved since; a lost race is an answer, not an error. */
  save(incident: Incident, stored: Stored | undefined): Promise<'saved' | 'changed-meanwhile'>
  /** Copies a finished incident to its own key as it is, where it stays when the next one takes its place. */
  archive(incident: Incident): Promise<void>
  /** Every incident that is open or has something left to do. Eventually consistent. */
  live(): Promise<IncidentRef[]>
}

export const incidentItem = {
  openKey: incidentsTable.openKey,
  archiveKey: incidentsTable.archiveKey,
  /** An item is live until it is resolved, archived and nothing is pending. */
  isLive: ({ status, pending, archived }: Incident) => status !== 'resolved' || !archived || pending.length > 0,
  write: (key: string, incident: Incident) => ({
    [incidentsTable.key]: key,
    ...(incidentItem.isLive(incident) && { [incidentsTable.liveIndex.key]: 'live' }),
    ...incident,
  }),
  parse: (item: Record<string, unknown>): Incident => Incident.parse(item),
}

export function createIncidentTable(client: DynamoDBDocumentClient, table: string): IncidentTable {
  const get = async (key: string) => {
    const found = await client.send(
      new GetCommand({ TableName: table, Key: { [incidentsTable.key]: key }, ConsistentRead: true }),
    )
    return found.Item && incidentItem.parse(found.Item)
  }
  const put = async (key: string, incident: Incident, only: { at: number } | { orOlderThan: number } | 'new') => {
    const isNew = `attribute_not_exists(#key)`
    const names = { '#key': incidentsTable.key }
    const condition =
      only === 'new'
        ? { ConditionExpression: isNew, ExpressionAttributeNames: names }
        : {
            ConditionExpression: 'at' in only ? '#revision = :revision' : `${isNew} OR #revision <= :revision`,
            ExpressionAttributeNames: { '#revision': 'revision', ...('at' in only ? {} : names) },
            ExpressionAttributeValues: { ':revision': 'at' in only ? only.at : only.orOlderThan },
          }
    try {
      await client.send(new PutCommand({ TableName: table, Item: incidentItem.write(key, incident), ...condition }))
      return 'saved'
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'changed-meanwhile'
      throw error
    }
  }
  return {
    load: async ({ service, id }) => {
      const open = { key: incidentItem.openKey(service), incident: await get(incidentItem.openKey(service)) }
      if (open.incident && (id === undefined || open.incident.id === id)) return { ...open, incident: open.incident }
      if (id === undefined) return undefined
      const old = await get(incidentItem.archiveKey(id))
      return old && { key: incidentItem.archiveKey(id), incident: old }
    },
    save: (incident, stored) =>
      stored
        ? put(stored.key, incident, { at: stored.incident.revision })
        : put(incidentItem.openKey(incident.service), incident, 'new'),
    archive: async (incident) => {
      await put(incidentItem.archiveKey(incident.id), incident, { orOlderThan: incident.revision })
    },
    live: async () => {
      const refs: IncidentRef[] = []
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: incidentsTable.liveIndex.name,
          KeyConditionExpression: '#live = :live',
          ExpressionAttributeNames: { '#live': incidentsTable.liveIndex.key, '#service': 'service', '#id': 'id' },
          ExpressionAttributeValues: { ':live': 'live' },
          ProjectionExpression: '#service, #id',
        },
      )
      for await (const page of pages) {
        for (const item of page.Items ?? []) refs.push({ service: String(item.service), id: String(item.id) })
      }
      return refs
    },
  }
}
