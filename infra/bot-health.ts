import type { Construct } from 'constructs'
import { atStage, customDimensions, namespace } from '../common/names.ts'
import { watchHealth } from './constructs/health-alarm.ts'
import type { StageContext } from './stage-context.ts'

/** What only the whole bot can tell: that its sweep still beats, and that Slack takes what it says. */
export function watchBot(scope: Construct, { stage, names, arns }: StageContext): void {
  const custom = (name: string) => ({ namespace, name, dimensions: customDimensions(stage) })
  watchHealth(
    scope,
    'Heartbeat',
    {
      name: atStage('crypto-watch-bot-heartbeat', stage),
      says: `No sweep has ended for 5 min: escalations are not looked at, and lost alarms are not found. See the log of ${names.bot.sweep} and its schedule.`,
      metric: custom('SweepHeartbeat'),
      statistic: 'Sum',
      comparison: 'LessThanThreshold',
      threshold: 1,
      periodMinutes: 5,
      treatMissing: 'breaching',
    },
    arns.healthTopic,
  )
  watchHealth(
    scope,
    'EffectsRefused',
    {
      name: atStage('crypto-watch-bot-refused', stage),
      says: `Slack or AWS refuses what the bot does, for good. Nothing is lost, but nobody sees it either. The log of ${names.bot.sender} and ${names.bot.worker} names the reason, such as a missing scope or a lost channel.`,
      metric: custom('EffectsRefused'),
      statistic: 'Sum',
      comparison: 'GreaterThanOrEqualToThreshold',
      threshold: 1,
      periodMinutes: 5,
      treatMissing: 'notBreaching',
    },
    arns.healthTopic,
  )
  watchHealth(
    scope,
    'ChangesNotRecorded',
    {
      name: atStage('crypto-watch-bot-unrecorded', stage),
      says: `The bot changed something and could not write it down: the change stands, and later incidents do not show it among what changed. The log of ${names.bot.remedy} or ${names.bot.worker} has it whole.`,
      metric: custom('ChangesNotRecorded'),
      statistic: 'Sum',
      comparison: 'GreaterThanOrEqualToThreshold',
      threshold: 1,
      periodMinutes: 5,
      treatMissing: 'notBreaching',
    },
    arns.healthTopic,
  )
  watchHealth(
    scope,
    'HistoryNotRecorded',
    {
      name: atStage('crypto-watch-bot-history-full', stage),
      says: `A month has more incidents than its history takes. Every record stands, but the statistics leave the further ones out. The log of ${names.bot.sweep} names them.`,
      metric: custom('HistoryNotRecorded'),
      statistic: 'Sum',
      comparison: 'GreaterThanOrEqualToThreshold',
      threshold: 1,
      periodMinutes: 5,
      treatMissing: 'notBreaching',
    },
    arns.healthTopic,
  )
}
