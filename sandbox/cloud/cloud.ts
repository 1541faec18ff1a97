import { alarms as definitions } from '../../common/alarms.ts'
import type { Clock, Wall } from '../../common/clock.ts'
import type { Env } from '../../common/env.ts'
import type { Log } from '../../common/logger.ts'
import { names as namesOf } from '../../common/names.ts'
import { createListeners } from '../listeners.ts'
import { createAlarms } from './alarms.ts'
import { createCallLog } from './call-log.ts'
import { CloudSnapshot } from './cloud-snapshot.ts'
import { createDeployments } from './deployments.ts'
import { createFaults } from './faults.ts'
import { createFunctions } from './functions.ts'
import { createGateway } from './gateway.ts'
import { createGuard } from './guard.ts'
import type { Happening } from './happening.ts'
import { writeHistory } from './history.ts'
import { apiGatewayOperations } from './http/api-gateway.ts'
import { cloudWatchOperations } from './http/cloudwatch.ts'
import { cloudWatchLogsOperations } from './http/cloudwatch-logs.ts'
import { codeDeployOperations } from './http/code-deploy.ts'
import { createDynamoDb } from './http/dynamodb.ts'
import { createLambdaApi } from './http/lambda.ts'
import { secretsManagerOperations } from './http/secrets-manager.ts'
import { createEndpoint, type Services } from './http/server.ts'
import { snsOperations } from './http/sns.ts'
import { sqsOperations } from './http/sqs.ts'
import { createCloudLogs } from './logs/cloud-logs.ts'
import { createMailbox } from './mailbox.ts'
import { createCloudMeter } from './metrics/meter.ts'
import { createMetrics } from './metrics.ts'
import { account } from './place.ts'
import { createPriceService } from './price-service.ts'
import { botQueues } from './queues/bot-queues.ts'
import { createQueues, type QueueSettings } from './queues.ts'
import { createSecrets } from './secrets.ts'
import { createRandom } from './seeded-random.ts'
import { createTopic } from './topic.ts'
import { createTraffic } from './traffic.ts'
import { createUpstreams } from './upstream.ts'

export interface CloudOptions {
  clock: Clock
  wall: Wall
  log: Log
  stage: string
  seed: number
  /** Keeps the tables on disk in this folder; without it they live in memory. */
  dataFolder?: string | undefined
  /** The endpoint's port; any free one unless told. */
  port?: number
  /** The bot's queues unless told. */
  queues?: readonly QueueSettings[]
  /** Settings a developer brings along, such as a key of the real price source. */
  outside?: Env
  /** What an earlier `snapshot` gave, to go on from there. */
  saved?: unknown
}

const minuteMs = 60_000

/** The AWS account of the sandbox: everything the bot and the price service use, behind one HTTP endpoint. */
export async function createCloud(options: CloudOptions) {
  const { clock, wall, log, stage, seed } = options
  const names = namesOf(stage)
  const atStage = (name: string) => (stage === 'prod' ? name : `${name}-${stage}`)
  const random = createRandom(seed)
  const metrics = createMetrics()
  const faults = createFaults()
  const guard = createGuard()
  const happenings = createListeners<Happening>(log)
  const calls = createCallLog((call) => happenings.emit({ kind: 'called', call }))
  const secrets = createSecrets()
  const upstreams = createUpstreams(clock)
  const { first: upstream, second: secondUpstream } = upstreams

  const queues = createQueues({ wall, log })
  for (const settings of options.queues ?? botQueues(stage)) queues.define(settings)
  const topic = createTopic({
    name: names.topic,
    wall,
    subscriber: (body) => queues.send(names.queues.alarms, { body }),
  })
  const mailbox = createMailbox({ name: names.mailTopic, clock })
  const { logs, ...logged } = createCloudLogs(names, log)
  const functions = createFunctions({ clock, metrics, random, logs: logged.ofFunctions, moved: happenings.emit })
  const alarms = createAlarms({ clock, metrics, topic, stage, turned: happenings.emit })
  // The brake on the new version alone exists from its first release on.
  const brakes = [
    ...definitions.filter((alarm) => alarm.brakes).map(({ name }) => atStage(name)),
    names.newVersionAlarm,
  ]
  const deployments = createDeployments({
    clock,
    application: names.application,
    groups: [
      {
        name: names.deploymentGroups.api,
        function: names.functions.api,
        canary: { weight: 0.1, minutes: 5 },
        brakes,
      },
      { name: names.deploymentGroups.updater, function: names.functions.updater, brakes: [] },
    ],
    functions,
    topic,
    rings: alarms.rings,
    changed: happenings.emit,
  })
  const gateway = createGateway({
    name: names.gateway,
    stage,
    functionName: names.functions.api,
    functions,
    metrics,
    clock,
    wall,
    logged: logged.requested,
  })
  const traffic = createTraffic({ gateway, functions, updater: names.functions.updater })

  const dynamodb = createDynamoDb(options.dataFolder)
  let endpoint = ''
  const services: Services = {
    sqs: sqsOperations(queues, (name) => `${endpoint}/${account}/${name}`),
    sns: snsOperations(mailbox),
    cloudwatch: cloudWatchOperations(alarms, metrics, clock),
    logs: cloudWatchLogsOperations(logs),
    codedeploy: codeDeployOperations(deployments),
    secretsmanager: secretsManagerOperations(secrets),
    lambda: createLambdaApi(functions),
    apigateway: apiGatewayOperations(gateway.keys, stage),
    dynamodb,
  }
  const other: typeof upstream.handle = (...asked) => upstream.handle(...asked) || secondUpstream.handle(...asked)
  const server = createEndpoint({ services, guard, faults, calls, metrics, clock, wall, log, other })
  endpoint = await server.listen(options.port ?? 0)

  const world = { clock, wall, log: logged.ofFunctions.log, meter: createCloudMeter(metrics, clock, stage) }
  const { outside = {} } = options
  const priceService = createPriceService({ endpoint, stage, world, names, functions, upstreams, secrets, outside })

  function restore(saved: unknown): void {
    const snapshot = CloudSnapshot.parse(saved)
    random.restore(snapshot.random)
    traffic.setRequestsPerMinute(snapshot.requestsPerMinute)
    traffic.setLeaked(snapshot.leakedKeyOf)
    upstream.setMode(snapshot.upstream)
    upstream.withholdChange(snapshot.withheldChange)
    secondUpstream.setMode(snapshot.secondUpstream)
    gateway.keys.restore(snapshot.apiKeys)
    functions.restore(snapshot.functions)
    deployments.restore(snapshot.deployments)
    alarms.restore(snapshot.alarms)
    metrics.restore(snapshot.metrics)
    queues.restore(snapshot.queues)
    mailbox.restore(snapshot.mails)
  }

  const isTableNew = await priceService.createTable()
  if (options.saved === undefined) writeHistory({ now: clock.now(), names, stage, functions, deployments, metrics })
  else restore(options.saved)
  // A world that goes on has its prices in its data folder, or is given them by whoever restored it.
  if (options.saved === undefined || (isTableNew && options.dataFolder !== undefined)) await traffic.update(clock.now())
  queues.start()

  let working: Promise<void> = Promise.resolve()

  async function playMinute(now: Date): Promise<void> {
    await traffic.minute(now)
    if (traffic.updateIsDue(now)) await traffic.update(now)
    alarms.evaluate(now)
    await deployments.tick(now)
    metrics.prune(now)
  }

  return {
    endpoint,
    names,
    stage,
    account,
    queues,
    topic,
    mailbox,
    functions,
    metrics,
    alarms,
    deployments,
    gateway,
    logs,
    traffic,
    upstream,
    secondUpstream,
    secrets,
    faults,
    /** Lets a test say who may do what; without a guard everybody may do everything. */
    guard: guard.set,
    calls,
    /** Calls the listener with what happens from now on; returns the way to stop it. */
    subscribe: happenings.subscribe,
    /** An alarm's name as this stage has it. */
    alarmName: atStage,
    /** What the world does in the domain minute that ends at `now`: traffic, metrics, alarms, deployments. */
    async minute(now: Date): Promise<void> {
      const whole = new Date(Math.floor(now.getTime() / minuteMs) * minuteMs)
      // Minutes never overlap: the next one waits, even if this one fails.
      const mine = working.then(() => playMinute(whole))
      working = mine.catch(() => undefined)
      await mine
    },
    /** Everything but tables and secrets, as plain JSON. */
    snapshot: (): CloudSnapshot => ({
      random: random.snapshot(),
      requestsPerMinute: traffic.requestsPerMinute(),
      leakedKeyOf: traffic.leaked(),
      upstream: upstream.mode(),
      secondUpstream: secondUpstream.mode(),
      withheldChange: [...upstream.withheldChange()],
      apiKeys: gateway.keys.snapshot(),
      functions: functions.snapshot(),
      deployments: deployments.snapshot(),
      alarms: alarms.snapshot(),
      metrics: metrics.snapshot(),
      queues: queues.snapshot(),
      mails: mailbox.snapshot(),
    }),
    restore,
    async close(): Promise<void> {
      await queues.close()
      await working
      priceService.close()
      await server.close()
      await dynamodb.close()
    },
  }
}

export type Cloud = Awaited<ReturnType<typeof createCloud>>
