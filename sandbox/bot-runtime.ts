import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { alarms, evidence, mailer, remedy, sender, slack, sweep, worker } from '../bot/handlers.ts'
import type { Answer } from '../bot/in/slack.ts'
import type { Env } from '../common/env.ts'
import { describeError } from '../common/logger.ts'
import { queueSettings } from '../common/queue-settings.ts'
import type { World } from '../common/world.ts'
import type { Cloud } from './cloud/cloud.ts'

/** The bot's Lambdas by name. On AWS each has an entry file and a bundle of its own. */
export const handlers = { alarms, slack, sweep, sender, evidence, worker, remedy, mailer }
export type LambdaName = keyof typeof handlers

interface Instance extends Sandboxed {
  handler: Handler
}

/**
 * An environment a Lambda runs in. A test may hand out one whose connections can be cut: `killed`
 * then rejects, and the invocation ends as if its process had died.
 */
export interface Sandboxed {
  env: Env
  killed?: Promise<never>
  /** Told of each invocation that begins; answers with what to call when it has ended. */
  invoked?: () => () => void
}
export type Environments = (lambda: LambdaName, env: Env) => Promise<Sandboxed>

type Handler = (event: unknown, context: Context) => Promise<unknown>
/** Starts a Lambda with its environment. A test may start a bundle in a process of its own instead of the code here. */
export type StartLambda = (lambda: LambdaName, env: Env) => Handler | Promise<Handler>

interface Options {
  cloud: Cloud
  env: Env
  world: World
  environments?: Environments
  startLambda?: StartLambda
}

/** Runs the bot's Lambda handlers as AWS would: queues call performers, people and time call doors. */
export function createBotRuntime(options: Options) {
  const { cloud, env, world, startLambda = (name, own) => handlers[name](own, world) } = options
  const environments = options.environments ?? (async (_name, plain) => ({ env: plain }))
  const warm = new Map<LambdaName, Promise<Instance>>()

  const start = async (name: LambdaName): Promise<Instance> => {
    const sandboxed = await environments(name, env)
    return { ...sandboxed, handler: await startLambda(name, sandboxed.env) }
  }
  const invoke = async (name: LambdaName, event: unknown): Promise<unknown> => {
    const instance = warm.get(name) ?? start(name)
    warm.set(name, instance)
    const { handler, killed, invoked } = await instance
    const ended = invoked?.()
    const work = handler(event, contextOf(name)).finally(ended)
    if (!killed) return work
    try {
      return await Promise.race([work, killed])
    } catch (error) {
      // A process that died is not used again; what it was doing goes on against a dead connection.
      work.catch((late: unknown) => world.log.debug('a dead process said', { error: describeError(late) }))
      warm.delete(name)
      throw error
    }
  }
  const batch = (name: LambdaName) => async (event: SQSEvent) => (await invoke(name, event)) as SQSBatchResponse

  for (const name of ['alarms', 'sender', 'evidence', 'worker', 'remedy', 'mailer'] as const) {
    const { batchSize, maximumConcurrency } = queueSettings[name]
    cloud.queues.consume(cloud.names.queues[name], batch(name), { batchSize, maximumConcurrency })
  }

  return {
    /** The sweep of a minute. Its failure is logged, counted by its own metric, and tried again in a minute. */
    sweep: async (): Promise<void> => {
      try {
        await invoke('sweep', { source: 'aws.scheduler' })
      } catch (error) {
        world.log.error('a sweep failed', { error: describeError(error) })
      }
    },
    /** A request to the function URL of the Slack door. */
    slack: async (request: { headers: Record<string, string>; body: string; path: string }): Promise<Answer> =>
      (await invoke('slack', {
        version: '2.0',
        rawPath: request.path,
        rawQueryString: '',
        routeKey: '$default',
        headers: request.headers,
        requestContext: { http: { method: 'POST', path: request.path } },
        // A function URL hands a form over in base64.
        body: Buffer.from(request.body, 'utf8').toString('base64'),
        isBase64Encoded: true,
      })) as Answer,
  }
}

export type BotRuntime = ReturnType<typeof createBotRuntime>

const contextOf = (name: string): Context => ({
  functionName: `crypto-watch-${name}`,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:ap-northeast-1:123456789012:function:crypto-watch-${name}`,
  memoryLimitInMB: '512',
  awsRequestId: crypto.randomUUID(),
  logGroupName: `/aws/lambda/crypto-watch-${name}`,
  logStreamName: 'sandbox',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => 15_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
})
