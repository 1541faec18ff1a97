/**
 * Names that code and infrastructure share, written once. The production stage is bare; every other
 * stage ends in `-<stage>`.
 */
export const namespace = 'Custom/CryptoWatch'
export const liveAlias = 'live'

/** Custom metrics have no dimension but the service: one exact set, or an alarm would look past the data. */
export const customDimensions = { service: 'crypto-watch' } as const

export function names(stage: string) {
  const at = (name: string) => (stage === 'prod' ? name : `${name}-${stage}`)
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
    topic: at('crypto-watch-alarms'),
    queues: {
      alarms: at('crypto-watch-alarms'),
      sender: `${at('crypto-watch-sender')}.fifo`,
      evidence: `${at('crypto-watch-evidence')}.fifo`,
      worker: `${at('crypto-watch-worker')}.fifo`,
    },
    deadLetters: {
      alarms: at('crypto-watch-alarms-dead-letters'),
      sender: `${at('crypto-watch-sender-dead-letters')}.fifo`,
      evidence: `${at('crypto-watch-evidence-dead-letters')}.fifo`,
      worker: `${at('crypto-watch-worker-dead-letters')}.fifo`,
    },
    slackSecret: at('crypto-watch/slack'),
    upstreamSecret: at('crypto-watch/upstream'),
  }
}

export type Names = ReturnType<typeof names>
export type FunctionRole = keyof Names['functions']

/** `ApiLatencyP95Alarm-staging` is `ApiLatencyP95Alarm`, wherever it rings. */
export const withoutStage = (name: string, stage: string): string =>
  stage !== 'prod' && name.endsWith(`-${stage}`) ? name.slice(0, -(stage.length + 1)) : name
