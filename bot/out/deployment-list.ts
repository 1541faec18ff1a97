import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { incidentsTable } from '../../common/tables.ts'
import { DeploymentList, type ListedDeployment, withDeployment } from '../bulletin/deployment-list.ts'
import { within } from './within.ts'

/** The newest deployments, for whoever wants them without a look at each. */
export interface RecentDeployments {
  /** Noted twice, or later than a newer note, it changes nothing. Throws when it could not be kept. */
  note(listed: ListedDeployment): Promise<void>
  /** The newest first. Throws when they could not be read. */
  newest(): Promise<ListedDeployment[]>
}

export interface RecentDeploymentsParts {
  client: DynamoDBDocumentClient
  table: string
  /** For a call as a whole, its repetitions included. */
  limitMs: number
}

const Key = { [incidentsTable.key]: 'DEPLOYMENTS' }
/** Two performers at most write at a time: one posts and one edits. */
const mostRaces = 10

/** One item for them all. It never ends, and never grows. */
export function createRecentDeployments({ client, table, limitMs }: RecentDeploymentsParts): RecentDeployments {
  const load = async (ConsistentRead: boolean): Promise<DeploymentList | undefined> => {
    const get = new GetCommand({ TableName: table, Key, ConsistentRead })
    const { Item } = await within(limitMs, (abortSignal) => client.send(get, { abortSignal }))
    return Item && DeploymentList.parse(Item)
  }
  const save = async (next: DeploymentList, before: DeploymentList | undefined): Promise<boolean> => {
    const put = new PutCommand({
      TableName: table,
      Item: { ...Key, ...next },
      ...(before
        ? {
            ConditionExpression: '#revision = :revision',
            ExpressionAttributeNames: { '#revision': 'revision' },
            ExpressionAttributeValues: { ':revision': before.revision },
          }
        : {
            ConditionExpression: 'attribute_not_exists(#key)',
            ExpressionAttributeNames: { '#key': incidentsTable.key },
          }),
    })
    try {
      await within(limitMs, (abortSignal) => client.send(put, { abortSignal }))
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }
  return {
    note: async (listed) => {
      for (let race = 0; race < mostRaces; race += 1) {
        const before = await load(true)
        const list = before ?? { deployments: [], revision: 0 }
        const next = withDeployment(list, listed)
        if (next === list || (await save(next, before))) return
      }
      throw new Error(`The list of deployments was changed ${mostRaces} times while one was noted`)
    },
    newest: async () => (await load(false))?.deployments ?? [],
  }
}
