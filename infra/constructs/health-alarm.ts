import type { Construct } from 'constructs'
import type { CloudWatchAlarm, ExactMetric } from '../../common/cloudwatch-alarm.ts'
import { putAlarm } from './cloudwatch-alarm.ts'

/** What must be so for the bot to work, and rings by mail when it is not. */
export interface Health extends Pick<CloudWatchAlarm, 'name' | 'comparison' | 'threshold' | 'treatMissing'> {
  /** Sentences for the mail: what it means and what to do. */
  says: string
  metric: ExactMetric
  statistic: 'Sum' | 'Maximum'
  periodMinutes: number
}

/** An alarm that goes to people by mail, because it may be the bot that is broken. */
export function watchHealth(scope: Construct, id: string, health: Health, topic: string): void {
  const { name, says, metric, statistic, comparison, threshold, periodMinutes, treatMissing } = health
  putAlarm(
    scope,
    id,
    {
      name,
      description: says,
      queries: [{ kind: 'statistic', id: 'm1', metric, statistic, returnData: true }],
      comparison,
      threshold,
      periodSeconds: periodMinutes * 60,
      evaluationPeriods: 1,
      treatMissing,
    },
    { topic },
  )
}
