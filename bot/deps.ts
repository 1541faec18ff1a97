import { APIGatewayClient } from '@aws-sdk/client-api-gateway'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SNSClient } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { awsClientSettings } from '../common/aws-client-settings.ts'
import type { Env } from '../common/env.ts'
import { names } from '../common/names.ts'
import type { World } from '../common/world.ts'
import { mention } from './message/look.ts'
import { createAliasReader } from './out/alias-reader.ts'
import { createApiKeys } from './out/api-keys.ts'
import { createAlarmWatch } from './out/aws-alarms.ts'
import { createDeployments } from './out/aws-deployments.ts'
import { createFunctions } from './out/aws-functions.ts'
import { createHealthReader } from './out/aws-health.ts'
import { createLogs } from './out/aws-logs.ts'
import { createReadings } from './out/aws-readings.ts'
import { createSeriesReader } from './out/aws-series.ts'
import { createBulletinOutbox } from './out/bulletin-outbox.ts'
import { createBulletinTable } from './out/bulletin-table.ts'
import { createChangeLog } from './out/change-log.ts'
import { createConcurrencyReader, createConcurrencyTarget } from './out/concurrency.ts'
import { createRecentDeployments } from './out/deployment-list.ts'
import { createGatewayProof } from './out/gateway-proof.ts'
import { createHistory } from './out/history.ts'
import { createIncidentTable } from './out/incident-table.ts'
import { createLastPrices } from './out/last-prices.ts'
import { createMails } from './out/mail.ts'
import { createOutboxes } from './out/outboxes.ts'
import { createPeopleNames } from './out/people-names.ts'
import { createPriceUpdates } from './out/price-updates.ts'
import { createSettingsItem } from './out/settings-item.ts'
import { createSharedMarks } from './out/shared-marks.ts'
import { createSlack } from './out/slack.ts'
import { createLanguages, type LanguageParts, type LookFor } from './out/slack-languages.ts'
import { createSlackMessages } from './out/slack-messages.ts'
import { createGroups, createPermissions } from './out/slack-people.ts'
import { createSecretSource } from './out/slack-secrets.ts'
import { readBotSettings } from './settings.ts'

/** What every Lambda of the bot stands on: its settings, the record and the queues. */
export function createBase(env: Env, world: World) {
  const settings = readBotSettings(env)
  const { stage, callLimitMs, channels, people, language, hours } = settings
  const aws = (service: string) => awsClientSettings(env, service, callLimitMs)
  const sqs = new SQSClient(aws('SQS'))
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(aws('DYNAMODB')), {
    marshallOptions: { removeUndefinedValues: true },
  })
  return {
    ...world,
    settings,
    stage,
    hours,
    channels,
    look: {
      language,
      stage,
      hours,
      people: {
        oncall: mention(people.oncall),
        developers: mention(people.developers),
        managers: mention(people.managers),
      },
      ...(settings.awsConsole && { awsConsole: settings.awsConsole }),
      ...(settings.repository && { repository: settings.repository }),
    },
    names: names(stage),
    aws,
    sqs,
    table,
    incidents: createIncidentTable(table, settings.incidentsTable),
    marks: createSharedMarks(table, settings.incidentsTable),
    outboxes: createOutboxes(sqs, settings.queues, channels, world.log),
    bulletins: createBulletinTable(table, settings.incidentsTable),
    bulletinOutbox: createBulletinOutbox(sqs, settings.queues, channels, world.log),
  }
}

export type Base = ReturnType<typeof createBase>

/** Slack, for those who talk to it. The secrets are read at the first call. */
export function slackParts({ aws, settings, wall, log }: Base) {
  const secrets = createSecretSource(new SecretsManagerClient(aws('SECRETS_MANAGER')), settings.slackSecret, wall, log)
  return { secrets, slack: createSlack({ apiUrl: settings.slackApiUrl, limitMs: settings.callLimitMs, secrets, log }) }
}

/** Whoever talks to one person does so in that person's language. */
export function personParts(
  { settings, look, wall, log }: Base,
  { slack }: ReturnType<typeof slackParts>,
  { learnName }: Pick<LanguageParts, 'learnName'> = {},
) {
  const languages = createLanguages(slack, settings.language, { wall, log, learnName })
  const lookFor: LookFor = async (user) => ({ ...look, language: await languages.of(user) })
  return { lookFor }
}

/** Who belongs to which level, by name. */
export const groupParts = ({ settings, wall }: Base, { slack }: ReturnType<typeof slackParts>) => ({
  groups: createGroups(slack, settings.people, wall),
})

/** What people are called. The Slack door learns it, and whoever writes where Slack does not draw reads it. */
export const nameParts = ({ table, settings, clock, log }: Base) => ({
  personNames: createPeopleNames({
    client: table,
    table: settings.incidentsTable,
    clock,
    log,
    limitMs: shortLimit(settings),
  }),
})

/** Mail, and where else people look while Slack is away. */
export const mailParts = (base: Base) => ({
  ...nameParts(base),
  mails: createMails(new SNSClient(base.aws('SNS')), base.settings.mailTopicArn, 2 * base.settings.callLimitMs),
  places: { statusUrl: `${base.settings.apiUrl.replace(/\/$/, '')}/status`, alerts: base.channels.alerts },
})

/** A person waits: one try, and not for long. */
const atAClick = {
  maxAttempts: 1,
  requestHandler: { requestTimeout: 800, connectionTimeout: 400, throwOnRequestTimeout: true },
}

/** What the Slack door needs besides Slack: who may do what and reads which language, where an alias points at the moment of a press, and what went out. */
export function clickParts(base: Base, talk: ReturnType<typeof slackParts>) {
  const { aws, settings, wall, names, log } = base
  const functions = createFunctions(new LambdaClient({ ...aws('LAMBDA'), ...atAClick }))
  return {
    ...personParts(base, talk, { learnName: nameParts(base).personNames.learn }),
    permissions: createPermissions(talk.slack, settings.people, wall),
    aliases: createAliasReader(functions, names, log),
    ...deploymentListParts(base),
  }
}

export const messageParts = ({ log }: Base, { slack }: ReturnType<typeof slackParts>) => ({
  messages: createSlackMessages(slack, log),
})

/** Functions, their deployments and what alarms measure: what a rollback is planned from, done by and proven with. */
export const functionParts = ({ aws, stage }: Base) => ({
  functions: createFunctions(new LambdaClient(aws('LAMBDA'))),
  deployments: createDeployments(new CodeDeployClient(aws('CODEDEPLOY'))),
  readings: createReadings(new CloudWatchClient(aws('CLOUDWATCH')), stage),
})

export const seriesParts = ({ aws, stage }: Base) => ({
  series: createSeriesReader(new CloudWatchClient(aws('CLOUDWATCH')), stage),
})

export const priceParts = ({ table, settings }: Base) => ({
  lastPrices: createLastPrices(table, settings.pricesTable),
})

/** What one part of the evidence may take as a whole, whatever its calls and tries: the next minute reads again. */
const partLimitMs = 1_500
const shortLimit = ({ callLimitMs }: Base['settings']) => Math.min(partLimitMs, callLimitMs)

export const healthParts = ({ aws, stage, settings }: Base) => ({
  health: createHealthReader(new CloudWatchClient(aws('CLOUDWATCH')), stage, shortLimit(settings)),
})

/** What the bot has changed, for whoever changes something and for the evidence. */
export const changeParts = ({ table, settings, clock, log }: Base) => ({
  changeLog: createChangeLog({
    client: table,
    table: settings.incidentsTable,
    clock,
    log,
    limitMs: shortLimit(settings),
  }),
})

/** Incidents that are over, for the sweep, which writes them down, and for the Home tab. */
export const historyParts = ({ table, settings, log }: Base) => ({
  history: createHistory({ client: table, table: settings.incidentsTable, log, limitMs: shortLimit(settings) }),
})

/** The newest deployments: the sender, which shows them in the feed, notes them for the Home tab. */
export const deploymentListParts = ({ table, settings }: Base) => ({
  recentDeployments: createRecentDeployments({
    client: table,
    table: settings.incidentsTable,
    limitMs: shortLimit(settings),
  }),
})

export const evidenceLimits = ({ settings }: Base) => ({ partLimitMs: Math.min(partLimitMs, 2 * settings.callLimitMs) })

export const logParts = ({ aws, settings, names }: Base) => ({
  logs: createLogs(
    new CloudWatchLogsClient({ ...aws('CLOUDWATCH_LOGS'), maxAttempts: 1 }),
    names,
    shortLimit(settings),
  ),
})

/** What a remedy is planned from and proven by, as far as everybody may read it. */
export const remedyReaderParts = ({ table, aws, settings }: Base) => ({
  settingsItem: createSettingsItem(table, settings.pricesTable),
  updates: createPriceUpdates(table, settings.pricesTable, settings.callLimitMs),
  concurrency: createConcurrencyReader(new LambdaClient(aws('LAMBDA'))),
})

/** What remedies change, and the keys, which only their performer may read. */
export const remedyParts = ({ table, aws, settings }: Base) => ({
  settingsItem: createSettingsItem(table, settings.pricesTable),
  concurrency: createConcurrencyTarget(new LambdaClient(aws('LAMBDA'))),
  apiKeys: createApiKeys(new APIGatewayClient(aws('API_GATEWAY'))),
  gatewayProof: createGatewayProof(settings.apiUrl, settings.callLimitMs),
})

export const watchParts = ({ aws, settings }: Base) => ({
  watch: createAlarmWatch(new CloudWatchClient(aws('CLOUDWATCH')), settings.alarmTopicArn),
})
