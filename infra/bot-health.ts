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
}
