/**
 * Names that code and infrastructure share, written once. The production stage is bare; every other
 * stage ends in `-<stage>`.
 */
export const namespace = 'Custom/CryptoWatch'
export const liveAlias = 'live'

/** What the price service measures itself. Zeros are told too, or an alarm would see no data. */
export const priceMetrics = {
  /** Count: 1 for each HTTP attempt at the price source that is asked first. */
  externalApiCalls: 'ExternalApiCalls',
  /** Count: 1 for each such attempt that failed, 0 for one that did not. */
  externalApiErrors: 'ExternalApiErrors',
  /** Milliseconds of each such attempt. */
  externalApiLatency: 'ExternalApiLatency',
  /** Count: coins of a run whose price could not be used. */
  pricesDropped: 'PricesDropped',
  /** Count: currencies of a run that the source asked last had to answer. */
  fallbackUsed: 'FallbackUsed',
  /** Count: prices of a run that could not be added to the history. */
  historyFailures: 'HistoryFailures',
  /** Seconds: the age of the newest price after a run. There is none while there is no price at all. */
  priceAge: 'PriceAge',
  /** Milliseconds of each read of the prices table. */
  dynamoDbQueryLatency: 'DynamoDBQueryLatency',
} as const
export type PriceMetric = (typeof priceMetrics)[keyof typeof priceMetrics]

/** The production stage is bare, every other one shows in its names. */
export const atStage = (name: string, stage: string): string => (stage === 'prod' ? name : `${name}-${stage}`)

/**
 * Custom metrics have no dimension but the service of a stage: one exact set, or an alarm would look past the data, or
 * at the data of another stage.
 */
export const customDimensions = (stage: string) => ({ service: atStage('crypto-watch', stage) })

export function names(stage: string) {
  const at = (name: string) => atStage(name, stage)
  return {
    application: at('crypto-watch-backend'),
    gateway: at('crypto-watch-api'),
    functions: {
      api: at('crypto-watch-api-function'),
      updater: at('crypto-watch-price-update-function'),
    },
    deploymentGroups: {
      api: at('crypto-watch-api'),
      updater: at('crypto-watch-price-update'),
    },
    tables: { prices: at('crypto-watch-data'), incidents: at('crypto-watch-incidents') },
    /** The Lambdas of the bot, by what they do. */
    bot: {
      alarms: at('crypto-watch-bot-alarms'),
      slack: at('crypto-watch-bot-slack'),
      sweep: at('crypto-watch-bot-sweep'),
      sender: at('crypto-watch-bot-sender'),
      evidence: at('crypto-watch-bot-evidence'),
      worker: at('crypto-watch-bot-worker'),
      remedy: at('crypto-watch-bot-remedy'),
      mailer: at('crypto-watch-bot-mailer'),
    },
    /** CodeDeploy calls it before a new version gets traffic. */
    beforeTraffic: at('crypto-watch-before-traffic'),
    /** Rings for the errors of the newest version alone, to stop its deployment; it opens no incident. */
    newVersionAlarm: at('NewVersionErrorAlarm'),
    topic: at('crypto-watch-alarms'),
    /** Tells by mail that the bot itself is in trouble; the bot has no part in it. */
    healthTopic: at('crypto-watch-bot-health'),
    /** Through it the bot writes mails to people, each marked with whom it is for. */
    mailTopic: at('crypto-watch-mail'),
    queues: {
      alarms: at('crypto-watch-alarms'),
      sender: `${at('crypto-watch-sender')}.fifo`,
      evidence: `${at('crypto-watch-evidence')}.fifo`,
      worker: `${at('crypto-watch-worker')}.fifo`,
      remedy: `${at('crypto-watch-remedy')}.fifo`,
      mailer: `${at('crypto-watch-mailer')}.fifo`,
    },
    deadLetters: {
      alarms: at('crypto-watch-alarms-dead-letters'),
      sender: `${at('crypto-watch-sender-dead-letters')}.fifo`,
      evidence: `${at('crypto-watch-evidence-dead-letters')}.fifo`,
      worker: `${at('crypto-watch-worker-dead-letters')}.fifo`,
      remedy: `${at('crypto-watch-remedy-dead-letters')}.fifo`,
      mailer: `${at('crypto-watch-mailer-dead-letters')}.fifo`,
    },
    /** What could not be delivered to a function or a queue at all. */
    undelivered: at('crypto-watch-undelivered'),
    dashboard: at('crypto-watch'),
    /** Where the address of the price API is written down, for whoever is deployed after it. */
    apiUrlParameter: `/${at('crypto-watch')}/api-url`,
    slackSecret: at('crypto-watch/slack'),
    upstreamSecret: at('crypto-watch/upstream'),
  }
}

export type Names = ReturnType<typeof names>
export type FunctionRole = keyof Names['functions']

/** `ApiLatencyP95Alarm-staging` is `ApiLatencyP95Alarm`, wherever it rings. */
export const withoutStage = (name: string, stage: string): string =>
  stage !== 'prod' && name.endsWith(`-${stage}`) ? name.slice(0, -(stage.length + 1)) : name
