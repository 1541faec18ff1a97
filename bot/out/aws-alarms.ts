import { type CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch'
import { moment } from '../../common/time.ts'
import { AlarmState } from '../incident/alarm-record.ts'

/** An alarm as CloudWatch has it now. */
export interface SeenAlarm {
  name: string
  state: AlarmState
  changedAt: string
  reason: string
  description: string
  dimensions: Record<string, string>
  threshold?: number
}

/** The alarms whose actions name our topic; others are none of our business. */
export interface AlarmWatch {
  all(): Promise<SeenAlarm[]>
}

export function createAlarmWatch(client: CloudWatchClient, topicArn: string): AlarmWatch {
  return {
    all: async () => {
      const seen: SeenAlarm[] = []
      const pages = paginateDescribeAlarms(
        { client },
        { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 100 },
      )
      for await (const page of pages) {
        for (const alarm of [...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? [])]) {
          const changed = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp
          const state = AlarmState.safeParse(alarm.StateValue)
          if (!alarm.AlarmActions?.includes(topicArn) || !alarm.AlarmName || !changed || !state.success) continue
          const dimensions = 'Dimensions' in alarm ? (alarm.Dimensions ?? []) : []
          const threshold = 'Threshold' in alarm ? alarm.Threshold : undefined
          seen.push({
            name: alarm.AlarmName,
            state: state.data,
            changedAt: moment(changed),
            reason: alarm.StateReason ?? '',
            description: alarm.AlarmDescription ?? '',
            dimensions: Object.fromEntries(dimensions.map(({ Name = '', Value = '' }) => [Name, Value])),
            ...(threshold !== undefined && { threshold }),
          })
        }
      }
      return seen
    },
  }
}
