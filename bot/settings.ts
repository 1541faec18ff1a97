import * as z from 'zod'
import { type Env, readSettings } from '../common/env.ts'
import { type OfficeHours, tokyoOfficeHours } from './incident/office-hours.ts'

/** Slack channels by id or `#name`. */
export interface Channels {
  alerts: string
  dev: string
  incidents: string
  deploys: string
}

/** Who belongs to which level: a user-group id, or user ids separated by commas. */
export interface People {
  oncall: string
  developers: string
  managers: string
}

export interface Settings {
  stage: string
  language: 'en' | 'ja'
  hours: OfficeHours
  channels: Channels
  people: People
  slackApiUrl: string
  /** Name of the secret that holds `{ "botToken": …, "signingSecret": … }`. */
  slackSecret: string
  incidentsTable: string
  /** The table of the price service, of which the evidence performer reads how old prices are, and the remedy performer changes settings. */
  pricesTable: string
  queues: { sender: string; evidence: string; worker: string; remedy: string; mailer: string }
  alarmTopicArn: string
  /** Where mails to people leave. */
  mailTopicArn: string
  /** Where clients reach the price API, to ask it with a key. */
  apiUrl: string
  /** Where the AWS console shows what the bot reads. A cloud at another address has none, and a link would lead astray. */
  awsConsole: string | undefined
  /** Owner and name on GitHub, where commits can be compared. */
  repository: string | undefined
  /** Time limit of one outside call, in milliseconds. */
  callLimitMs: number
}

const Hours = z
  .string()
  .regex(/^[A-Za-z]+(\/[A-Za-z_]+)* \d{1,2}-\d{1,2}$/, 'expected a zone and hours, as in "Asia/Tokyo 9-18"')
  .transform((text): OfficeHours => {
    const [zone = '', open = 0, close = 0] = text.split(/[ -](?=\d)/)
    return { zone, open: Number(open), close: Number(close) }
  })

const Repository = z
  .string()
  .regex(/^[\w.-]{1,60}\/[\w.-]{1,100}$/, 'expected owner/name, as in your-organisation/crypto-watch')

const Region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'expected an AWS region, as in ap-northeast-1')

/** China and the regions of governments have consoles at addresses of their own. */
const consoleOf = (region: string, endpoint: string | undefined): string | undefined =>
  endpoint || /^(cn|us-gov|us-iso\w*|eu-isoe|eusc)-/.test(region)
    ? undefined
    : `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}`

const Schema = z
  .object({
    STAGE: z.string().min(1).default('prod'),
    SLACK_LANGUAGE: z.enum(['en', 'ja']).default('en'),
    OFFICE_HOURS: Hours.optional(),
    SLACK_CHANNEL_ALERTS: z.string().min(1).default('#crypto-watch-alerts'),
    SLACK_CHANNEL_DEV: z.string().min(1).default('#crypto-watch-dev'),
    SLACK_CHANNEL_INCIDENTS: z.string().min(1).default('#crypto-watch-incidents'),
    SLACK_CHANNEL_DEPLOYS: z.string().min(1).default('#crypto-watch-deploys'),
    SLACK_ONCALL: z.string().min(1),
    SLACK_DEVELOPERS: z.string().min(1),
    SLACK_MANAGERS: z.string().min(1),
    SLACK_API_URL: z.url().default('https://slack.com/api/'),
    SLACK_SECRET: z.string().min(1),
    INCIDENTS_TABLE: z.string().min(1),
    PRICES_TABLE: z.string().min(1),
    SENDER_QUEUE_URL: z.url(),
    EVIDENCE_QUEUE_URL: z.url(),
    WORKER_QUEUE_URL: z.url(),
    REMEDY_QUEUE_URL: z.url(),
    MAILER_QUEUE_URL: z.url(),
    ALARM_TOPIC_ARN: z.string().min(1),
    MAIL_TOPIC_ARN: z.string().min(1),
    API_URL: z.url(),
    REPOSITORY: Repository.optional(),
    AWS_REGION: Region.default('ap-northeast-1'),
    AWS_ENDPOINT_URL: z.string().optional(),
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: z.string().optional(),
    CALL_LIMIT_MS: z.coerce.number().int().min(50).max(10_000).default(2_500),
  })
  .transform(
    (env): Settings => ({
      stage: env.STAGE,
      language: env.SLACK_LANGUAGE,
      hours: env.OFFICE_HOURS ?? tokyoOfficeHours,
      channels: {
        alerts: env.SLACK_CHANNEL_ALERTS,
        dev: env.SLACK_CHANNEL_DEV,
        incidents: env.SLACK_CHANNEL_INCIDENTS,
        deploys: env.SLACK_CHANNEL_DEPLOYS,
      },
      people: { oncall: env.SLACK_ONCALL, developers: env.SLACK_DEVELOPERS, managers: env.SLACK_MANAGERS },
      slackApiUrl: env.SLACK_API_URL.endsWith('/') ? env.SLACK_API_URL : `${env.SLACK_API_URL}/`,
      slackSecret: env.SLACK_SECRET,
      incidentsTable: env.INCIDENTS_TABLE,
      pricesTable: env.PRICES_TABLE,
      queues: {
        sender: env.SENDER_QUEUE_URL,
        evidence: env.EVIDENCE_QUEUE_URL,
        worker: env.WORKER_QUEUE_URL,
        remedy: env.REMEDY_QUEUE_URL,
        mailer: env.MAILER_QUEUE_URL,
      },
      alarmTopicArn: env.ALARM_TOPIC_ARN,
      mailTopicArn: env.MAIL_TOPIC_ARN,
      apiUrl: env.API_URL,
      awsConsole: consoleOf(env.AWS_REGION, env.AWS_ENDPOINT_URL_CLOUDWATCH_LOGS ?? env.AWS_ENDPOINT_URL),
      repository: env.REPOSITORY,
      callLimitMs: env.CALL_LIMIT_MS,
    }),
  )

/** Reads every setting of the bot at start; one error names all that are missing or wrong. */
export const readBotSettings = (env: Env): Settings => readSettings(Schema, env)
