import type { Env } from '../common/env.ts'
import type { Names } from '../common/names.ts'
import { sampleChannels, sampleGroups } from './slack/people.ts'

export const sandboxSecrets = {
  botToken: 'xoxb-sandbox',
  signingSecret: 'sandbox-signing-secret',
} as const

interface SlackTokens {
  botToken: string
  signingSecret: string
  appToken: string
}

/**
 * The tokens that the bot uses, and those that the stand-in Slack takes: the same, unless the bot is
 * sent to another Slack. A setting that is empty counts as not brought.
 */
export function slackTokens(outside: Env): { ofBot: SlackTokens; ofStandIn: SlackTokens } {
  const own = { ...sandboxSecrets, appToken: 'xapp-sandbox' }
  const ofBot = {
    botToken: outside.SLACK_BOT_TOKEN || own.botToken,
    signingSecret: outside.SLACK_SIGNING_SECRET || own.signingSecret,
    appToken: outside.SLACK_APP_TOKEN || own.appToken,
  }
  return { ofBot, ofStandIn: outside.SLACK_API_URL ? own : ofBot }
}

export interface Places {
  cloudEndpoint: string
  account: string
  topicArn: string
  mailTopicArn: string
  slackApiUrl: string
  apiUrl: string
  names: Names
  stage: string
}

const channel = (name: string) => sampleChannels.find((each) => each.name === `crypto-watch-${name}`)?.id
const group = (handle: string) => sampleGroups.find((each) => each.handle === handle)?.id

/** Settings that a developer may bring along; everything else of the environment stays outside. */
const brought = [
  'SLACK_API_URL',
  'SLACK_ONCALL',
  'SLACK_DEVELOPERS',
  'SLACK_MANAGERS',
  'SLACK_CHANNEL_ALERTS',
  'SLACK_CHANNEL_DEV',
  'SLACK_CHANNEL_INCIDENTS',
  'SLACK_CHANNEL_DEPLOYS',
  'SLACK_LANGUAGE',
  'OFFICE_HOURS',
  'REPOSITORY',
  'CALL_LIMIT_MS',
  'AWS_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_DYNAMODB',
  'AWS_ENDPOINT_URL_LAMBDA',
  'AWS_ENDPOINT_URL_CODEDEPLOY',
  'AWS_ENDPOINT_URL_CLOUDWATCH',
  'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS',
] as const

/** The ids of the sample channels mean nothing to another Slack; their names may. */
const elsewhere: Env = {
  SLACK_CHANNEL_ALERTS: undefined,
  SLACK_CHANNEL_DEV: undefined,
  SLACK_CHANNEL_INCIDENTS: undefined,
  SLACK_CHANNEL_DEPLOYS: undefined,
}

/** The environment that each Lambda of the bot gets here, with the same names as on AWS. */
export function botEnvironment(places: Places, outside: Env): Env {
  const { cloudEndpoint, account, names, stage } = places
  const queue = (name: string) => `${cloudEndpoint}/${account}/${name}`
  const own: Env = {
    STAGE: stage,
    AWS_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_ENDPOINT_URL: cloudEndpoint,
    // Queues, secrets and API keys are always the sandbox's own: it invokes the performers, holds the tokens, serves the prices.
    AWS_ENDPOINT_URL_SQS: cloudEndpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: cloudEndpoint,
    AWS_ENDPOINT_URL_API_GATEWAY: cloudEndpoint,
    AWS_ENDPOINT_URL_SNS: cloudEndpoint,
    SLACK_API_URL: places.slackApiUrl,
    SLACK_SECRET: names.slackSecret,
    SLACK_ONCALL: group('oncall'),
    SLACK_DEVELOPERS: group('developers'),
    SLACK_MANAGERS: group('managers'),
    SLACK_CHANNEL_ALERTS: channel('alerts'),
    SLACK_CHANNEL_DEV: channel('dev'),
    SLACK_CHANNEL_INCIDENTS: channel('incidents'),
    SLACK_CHANNEL_DEPLOYS: channel('deploys'),
    INCIDENTS_TABLE: names.tables.incidents,
    PRICES_TABLE: names.tables.prices,
    SENDER_QUEUE_URL: queue(names.queues.sender),
    EVIDENCE_QUEUE_URL: queue(names.queues.evidence),
    WORKER_QUEUE_URL: queue(names.queues.worker),
    REMEDY_QUEUE_URL: queue(names.queues.remedy),
    MAILER_QUEUE_URL: queue(names.queues.mailer),
    ALARM_TOPIC_ARN: places.topicArn,
    MAIL_TOPIC_ARN: places.mailTopicArn,
    API_URL: places.apiUrl,
  }
  const given = brought.flatMap((name) => (outside[name] ? [[name, outside[name]]] : []))
  return { ...own, ...(outside.SLACK_API_URL && elsewhere), ...Object.fromEntries(given) }
}
