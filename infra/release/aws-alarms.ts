import {
  type CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch'

/** An alarm that stops deployments, as it stands now. */
export interface Brake {
  name: string
  state: 'rings' | 'quiet' | 'missing'
}

/** CloudWatch as the release sees it. */
export interface Alarms {
  /** Each of these alarms, in the same order. */
  brakes(names: readonly string[]): Promise<Brake[]>
  put(alarm: PutMetricAlarmCommandInput): Promise<void>
}

export const createAlarms = (client: CloudWatchClient): Alarms => ({
  brakes: async (names) => {
    if (names.length === 0) return []
    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmNames: [...names] }))
    return names.map((name): Brake => {
      const found = MetricAlarms.find(({ AlarmName }) => AlarmName === name)
      if (found === undefined) return { name, state: 'missing' }
      return { name, state: found.StateValue === 'ALARM' ? 'rings' : 'quiet' }
    })
  },
  put: async (alarm) => {
    await client.send(new PutMetricAlarmCommand(alarm))
  },
})
