import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { awsClientSettings } from '../../common/aws-client-settings.ts'
import type { Clock, Wall } from '../../common/clock.ts'
import type { Env } from '../../common/env.ts'
import { type Names, names } from '../../common/names.ts'
import type { World } from '../../common/world.ts'
import { createItems } from '../incident-items.ts'
import { type Alarms, createAlarms } from './aws-alarms.ts'
import { createDeployments, type Deployments } from './aws-deployments.ts'
import { createFunctions, type Functions } from './aws-functions.ts'
import { createOpenIncidents, type OpenIncidents } from './open-incidents.ts'

/** Everything a release may touch. */
export interface ReleaseDeps {
  stage: string
  names: Names
  clock: Clock
  wall: Wall
  functions: Functions
  deployments: Deployments
  alarms: Alarms
  incidents: OpenIncidents
  /** Tells whoever waits how far it is, a line at a time. */
  say: (line: string) => void
}

/** Nobody is paged by a slow answer here, so a call gets more time than the bot's. */
const callLimitMs = 10_000
const tries = 4

/** Wired for real. Lines go to the log unless `say` is replaced. */
export function createReleaseDeps(env: Env, world: Pick<World, 'clock' | 'wall' | 'log'>, stage: string): ReleaseDeps {
  const aws = (service: string) => ({ ...awsClientSettings(env, service, callLimitMs), maxAttempts: tries })
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(aws('DYNAMODB')))
  const known = names(stage)
  return {
    stage,
    names: known,
    clock: world.clock,
    wall: world.wall,
    functions: createFunctions(new LambdaClient(aws('LAMBDA'))),
    deployments: createDeployments(new CodeDeployClient(aws('CODEDEPLOY'))),
    alarms: createAlarms(new CloudWatchClient(aws('CLOUDWATCH'))),
    incidents: createOpenIncidents(createItems({ client: documents, table: known.tables.incidents, wall: world.wall })),
    say: (line) => world.log.info(line),
  }
}
