import type { Env } from '../common/env.ts'
import type { QueueName } from '../common/queue-settings.ts'
import type { StageContext } from './stage-context.ts'

/** The settings of the bot's Lambdas, by the names that `bot/settings.ts` reads. Secrets are told by name only. */
export function botEnvironment(
  { stage, settings, names, arns }: Pick<StageContext, 'stage' | 'settings' | 'names' | 'arns'>,
  queueUrl: (name: QueueName) => string,
  apiUrl: string,
): Env {
  const { slack, officeHours } = settings
  return {
    STAGE: stage,
    SLACK_LANGUAGE: slack.language,
    OFFICE_HOURS: officeHours,
    SLACK_CHANNEL_ALERTS: slack.channels.alerts,
    SLACK_CHANNEL_DEV: slack.channels.dev,
    SLACK_CHANNEL_INCIDENTS: slack.channels.incidents,
    SLACK_CHANNEL_DEPLOYS: slack.channels.deploys,
    SLACK_ONCALL: slack.oncall,
    SLACK_DEVELOPERS: slack.developers,
    SLACK_MANAGERS: slack.managers,
    SLACK_SECRET: names.slackSecret,
    INCIDENTS_TABLE: names.tables.incidents,
    PRICES_TABLE: names.tables.prices,
    SENDER_QUEUE_URL: queueUrl('sender'),
    EVIDENCE_QUEUE_URL: queueUrl('evidence'),
    WORKER_QUEUE_URL: queueUrl('worker'),
    REMEDY_QUEUE_URL: queueUrl('remedy'),
    MAILER_QUEUE_URL: queueUrl('mailer'),
    ALARM_TOPIC_ARN: arns.topic,
    MAIL_TOPIC_ARN: arns.mailTopic,
    API_URL: apiUrl,
    REPOSITORY: settings.repository,
  }
}
