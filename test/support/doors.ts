import type { Context } from 'aws-lambda'
import type { Env } from '../../common/env.ts'
import { botEnvironment, sandboxSecrets } from '../../sandbox/bot-environment.ts'
import { handlers, type LambdaName } from '../../sandbox/bot-runtime.ts'
import { createCloud } from '../../sandbox/cloud/cloud.ts'
import { createIncidentsView } from '../../sandbox/incidents-view.ts'
import { createQuietLog } from './quiet-log.ts'
import { quietMeter } from './quiet-meter.ts'
import { createVirtualWall } from './virtual-wall.ts'

export const nobody = {} as Context

/**
 * The real handlers before a simulated cloud whose queues nobody reads: what a door hands over stays
 * where a test can count it. Slack is not there.
 */
export async function startDoors(outside: Env = {}) {
  const wall = createVirtualWall()
  const log = createQuietLog()
  const clock = { now: () => wall.now() }
  const cloud = await createCloud({ clock, wall, log, stage: 'prod', seed: 1 })
  cloud.secrets.set(cloud.names.slackSecret, JSON.stringify(sandboxSecrets))
  const places = {
    cloudEndpoint: cloud.endpoint,
    account: cloud.account,
    topicArn: cloud.topic.arn,
    mailTopicArn: cloud.mailbox.topicArn,
    slackApiUrl: 'http://127.0.0.1:9/api/',
    apiUrl: 'http://127.0.0.1:9',
    names: cloud.names,
    stage: 'prod',
  }
  const env = botEnvironment(places, { CALL_LIMIT_MS: '400', ...outside })
  const incidents = createIncidentsView(env, cloud.names.tables.incidents, wall)
  await incidents.create()
  const world = { clock, wall, log, meter: quietMeter }
  return {
    wall,
    log,
    cloud,
    incidents,
    env,
    world,
    /** A Lambda as AWS calls it, with settings changed where a test says so. */
    lambda: (name: LambdaName, change: Env = {}): ((event: unknown) => Promise<unknown>) => {
      const handler: (event: unknown, context: Context) => Promise<unknown> = handlers[name](
        { ...env, ...change },
        world,
      )
      return (event) => handler(event, nobody)
    },
    stop: async () => {
      incidents.close()
      await cloud.close()
    },
  }
}

export type Doors = Awaited<ReturnType<typeof startDoors>>

/** A batch as SQS hands it to a function; the messages are named m0, m1, … */
export const sqsBatch = (...bodies: string[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `m${index}`,
    receiptHandle: `receipt-${index}`,
    body,
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1795402800000' },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:ap-northeast-1:123456789012:crypto-watch-alarms',
    awsRegion: 'ap-northeast-1',
  })),
})

/** What a batch answers when exactly these messages are to come again. */
export const again = (...messages: string[]) => ({
  batchItemFailures: messages.map((itemIdentifier) => ({ itemIdentifier })),
})
