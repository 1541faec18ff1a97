import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { awsClientSettings } from '../common/aws-client-settings.ts'
import type { Env } from '../common/env.ts'
import { names } from '../common/names.ts'
import type { World } from '../common/world.ts'
import { mention } from './message/look.ts'
import { createAliasReader } from './out/alias-reader.ts'
import { createAlarmWatch } from './out/aws-alarms.ts'
import { createDeployments } from './out/aws-deployments.ts'
import { createFunctions } from './out/aws-functions.ts'
import { createReadings } from './out/aws-readings.ts'
import { createIncidentTable } from './out/incident-table.ts'
import { createLastPrices } from './out/last-prices.ts'
import { createOutboxes } from './out/outboxes.ts'
import { createSharedMarks } from './out/shared-marks.ts'
import { createSlack } from './out/slack.ts'
import { createSlackMessages } from './out/slack-messages.ts'
import { createPermissions } from './out/slack-people.ts'
import { createSecretSource } from './out/slack-secrets.ts'
import { readBotSettings } from './settings.ts'

/** A person waits: one try, and not for long. */
const atAClick = {
  maxAttempts: 1,
  requestHandler: { requestTimeout: 800, connectionTimeout: 400, throwOnRequestTimeout: true },
}

/** Everything the bot may touch, wired for real. Each Lambda takes its part, and has rights for no other. */
export function createDeps(env: Env, world: World) {
  const settings = readBotSettings(env)
  const { stage, callLimitMs, channels } = settings
  const { wall, log } = world
  const aws = (service: string) => awsClientSettings(env, service, callLimitMs)
  const sqs = new SQSClient(aws('SQS'))
  const cloudwatch = new CloudWatchClient(aws('CLOUDWATCH'))
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(aws('DYNAMODB')), {
    marshallOptions: { removeUndefinedValues: true },
  })
  const secrets = createSecretSource(new SecretsManagerClient(aws('SECRETS_MANAGER')), settings.slackSecret, wall, log)
  const slack = createSlack({ apiUrl: settings.slackApiUrl, limitMs: callLimitMs, secrets, log })
  const functions = createFunctions(new LambdaClient(aws('LAMBDA')))
  const { people, language, hours } = settings
  const look = {
    language,
    stage,
    hours,
    people: {
      oncall: mention(people.oncall),
      developers: mention(people.developers),
      managers: mention(people.managers),
    },
  }
  return {
    ...world,
    settings,
    stage,
    hours,
    channels,
    look,
    names: names(stage),
    sqs,
    secrets,
    slack,
    functions,
    messages: createSlackMessages(slack, log),
    permissions: createPermissions(slack, people, wall),
    incidents: createIncidentTable(table, settings.incidentsTable),
    lastPrices: createLastPrices(table, settings.pricesTable, callLimitMs),
    marks: createSharedMarks(table, settings.incidentsTable),
    outboxes: createOutboxes(sqs, settings.queues, channels, log),
    deployments: createDeployments(new CodeDeployClient(aws('CODEDEPLOY'))),
    readings: createReadings(cloudwatch, stage),
    watch: createAlarmWatch(cloudwatch, settings.alarmTopicArn),
    aliases: createAliasReader(createFunctions(new LambdaClient({ ...aws('LAMBDA'), ...atAClick })), names(stage), log),
  }
}

export type Deps = ReturnType<typeof createDeps>
