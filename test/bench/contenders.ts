import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
import { createApi } from '../../api/handler.ts'
import { systemClock, systemWall } from '../../common/clock.ts'
import { PriceSnapshot, pricesTable } from '../../common/prices.ts'
import { type Cloud, createCloud } from '../../sandbox/cloud/cloud.ts'
import { matchRoute, proxyEvent } from '../../sandbox/cloud/gateway/proxy-event.ts'
import { createQuietLog } from '../support/quiet-log.ts'
import { quietMeter } from '../support/quiet-meter.ts'

export interface Question {
  path: string
  query: Record<string, string>
}

/** A handler of API Gateway events. */
export type Contender = (event: object) => Promise<{ statusCode: number; body: string }>

export function eventOf({ path, query }: Question): object {
  const matched = matchRoute(path)
  if (matched === undefined) throw new Error(`There is no route ${path}.`)
  const about = { requestId: 'bench', stage: 'prod', at: systemClock.now(), key: undefined }
  return proxyEvent({ method: 'GET', path, query, headers: { accept: 'application/json' } }, matched, about)
}

/** Ours, and the two peers it is measured against, all over the same table. */
export async function createContenders() {
  const world = { clock: systemClock, wall: systemWall, log: createQuietLog(), meter: quietMeter }
  const cloud: Cloud = await createCloud({ ...world, stage: 'prod', seed: 1 })
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' }
  const ours = createApi(
    {
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      PRICES_TABLE: cloud.names.tables.prices,
      INCIDENTS_TABLE: cloud.names.tables.incidents,
    },
    world,
  )

  /** The least that a web framework can do: the bytes that ours answered, and nothing to find out. */
  async function bareHono(question: Question): Promise<Contender> {
    const answer = await ours(eventOf(question))
    if ('ok' in answer) throw new Error('A question was taken for the check of a new version.')
    const { body, headers } = answer
    const sent = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]))
    const app = new Hono()
    app.get(question.path, (context) => context.body(body, 200, sent))
    const handler = handle(app)
    return async (event) => handler(event as Parameters<typeof handler>[0]) as ReturnType<Contender>
  }

  const client = new DynamoDBClient({ endpoint: cloud.endpoint, region: 'ap-northeast-1', credentials })
  const documents = DynamoDBDocumentClient.from(client)
  /** The usual handler without memory: one read of the table for each request. */
  const readEachTime: Contender = async (event) => {
    const { pathParameters, queryStringParameters } = event as {
      pathParameters: { id: string }
      queryStringParameters: { currency: string }
    }
    const Key = pricesTable.snapshot(queryStringParameters.currency)
    const { Item } = await documents.send(new GetCommand({ TableName: cloud.names.tables.prices, Key }))
    return { statusCode: 200, body: JSON.stringify(PriceSnapshot.parse(Item).prices[pathParameters.id]) }
  }

  return {
    ours: ours as Contender,
    bareHono,
    readEachTime,
    close: async () => {
      client.destroy()
      await cloud.close()
    },
  }
}
