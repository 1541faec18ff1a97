import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  PutMetricDataCommand,
  ResourceNotFound,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

let test: TestCloud
let cloudWatch: CloudWatchClient

beforeAll(async () => {
  test = await testCloud({ stage: 'staging' })
  cloudWatch = new CloudWatchClient(client(test.cloud))
  test.cloud.alarms.putCompositeAlarm({
    name: 'anything',
    description: 'High: something rings',
    rule: 'ALARM("LambdaErrorAlarm-staging") OR ALARM("LambdaThrottleAlarm-staging")',
  })
})
afterAll(async () => {
  cloudWatch.destroy()
  await test.cloud.close()
})

describe('alarms', () => {
  it('are described by pages, with what they measure and whom they tell', async () => {
    const first = await cloudWatch.send(new DescribeAlarmsCommand({ MaxRecords: 4 }))
    const rest = await cloudWatch.send(new DescribeAlarmsCommand({ MaxRecords: 4, NextToken: first.NextToken }))
    const all = [...(first.MetricAlarms ?? []), ...(rest.MetricAlarms ?? [])]
    expect(all.map(({ AlarmName }) => AlarmName)).toEqual([
      'ApiGateway5xxAlarm-staging',
      'ApiLatencyP95Alarm-staging',
      'DynamoDBThrottleAlarm-staging',
      'ExternalApiErrorAlarm-staging',
      'LambdaErrorAlarm-staging',
      'LambdaThrottleAlarm-staging',
      'PricesStaleAlarm-staging',
    ])
    expect(rest.NextToken).toBeUndefined()
    const topic = 'arn:aws:sns:ap-northeast-1:123456789012:crypto-watch-alarms-staging'
    expect(all[5]).toMatchObject({
      AlarmArn: 'arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:LambdaThrottleAlarm-staging',
      AlarmActions: [topic],
      OKActions: [topic],
      StateValue: 'OK',
      StateUpdatedTimestamp: new Date('2026-11-23T03:00:00.000Z'),
      MetricName: 'Throttles',
      Namespace: 'AWS/Lambda',
      Statistic: 'Sum',
      Dimensions: [{ Name: 'FunctionName', Value: 'crypto-watch-api-function-staging' }],
      Period: 60,
      Threshold: 10,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    })
    expect(all[4]?.Metrics?.[0]).toMatchObject({
      Expression: 'IF(whole1 >= 20, 100 * FILL(part1, 0) / whole1, 0)',
      ReturnData: true,
    })
  })

  it('are set by hand and filtered by state; composites only for those who ask', async () => {
    const AlarmName = 'LambdaThrottleAlarm-staging'
    await cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'a test' }))
    const ringing = await cloudWatch.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }))
    expect(ringing.MetricAlarms?.map((alarm) => [alarm.AlarmName, alarm.StateReason])).toEqual([[AlarmName, 'a test']])
    expect(ringing.CompositeAlarms).toEqual([])
    test.cloud.alarms.evaluate(new Date('2026-11-23T03:00:00.000Z'))
    const composites = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm'] }))
    expect(composites.CompositeAlarms?.map(({ AlarmName: name }) => name)).toEqual(['anything'])
    expect(composites.MetricAlarms).toEqual([])
    const named = await cloudWatch.send(
      new DescribeAlarmsCommand({ AlarmNames: ['anything', AlarmName], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
    )
    expect([named.MetricAlarms?.length, named.CompositeAlarms?.length]).toEqual([1, 1])
  })

  it('are refused when unknown', async () => {
    const unknown = cloudWatch.send(
      new SetAlarmStateCommand({ AlarmName: 'nobody', StateValue: 'OK', StateReason: 'x' }),
    )
    await expect(unknown).rejects.toBeInstanceOf(ResourceNotFound)
  })
})

describe('metric data', () => {
  it('a day may begin at any minute, and its p95 is of every value in it', async () => {
    const metric = { Namespace: 'Test', MetricName: 'latency', Dimensions: [{ Name: 'a', Value: 'b' }] }
    const put = (Timestamp: string, ...Values: number[]) => ({ ...metric, Timestamp: new Date(Timestamp), Values })
    await cloudWatch.send(
      new PutMetricDataCommand({
        Namespace: 'Test',
        MetricData: [
          put('2026-11-21T02:49:00Z', 9_000),
          put('2026-11-21T02:50:00Z', ...Array.from({ length: 19 }, () => 100)),
          put('2026-11-22T02:49:00Z', 300),
          put('2026-11-22T02:50:00Z', 9_000),
        ].map(({ Namespace: _namespace, ...datum }) => datum),
      }),
    )
    const { MetricDataResults } = await cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date('2026-11-21T02:50:42Z'),
        EndTime: new Date('2026-11-22T02:50:00Z'),
        MetricDataQueries: [
          { Id: 'p95', MetricStat: { Metric: metric, Period: 86_400, Stat: 'p95' } },
          { Id: 'count', MetricStat: { Metric: metric, Period: 86_400, Stat: 'SampleCount' } },
        ],
      }),
    )
    // 19 of 20 values are 100, and the smallest value that is as large as 95 % of all of them is one of those.
    expect(MetricDataResults?.map(({ Values, Timestamps }) => [Values, Timestamps])).toEqual([
      [[100], [new Date('2026-11-21T02:50:00Z')]],
      [[20], [new Date('2026-11-21T02:50:00Z')]],
    ])
  })

  const at = (time: string) => new Date(`2026-11-23T02:${time}.000Z`)
  const metric = (MetricName: string) => ({ Namespace: 'Test', MetricName, Dimensions: [{ Name: 'a', Value: 'b' }] })
  const range = { StartTime: at('50:00'), EndTime: at('53:00') }

  beforeAll(async () => {
    const put = (MetricName: string, Timestamp: Date, Values: number[]) => ({
      ...{ MetricName, Dimensions: [{ Name: 'a', Value: 'b' }] },
      Timestamp,
      Values,
    })
    await cloudWatch.send(
      new PutMetricDataCommand({
        Namespace: 'Test',
        MetricData: [
          put(
            'requests',
            at('50:10'),
            Array.from({ length: 40 }, () => 1),
          ),
          put(
            'requests',
            at('52:10'),
            Array.from({ length: 10 }, () => 1),
          ),
          put('errors', at('50:20'), [1, 1]),
          put(
            'latency',
            at('50:30'),
            Array.from({ length: 100 }, (_, index) => index + 1),
          ),
        ],
      }),
    )
  })

  it('is told as statistics and as expressions, newest first unless asked otherwise', async () => {
    const { MetricDataResults } = await cloudWatch.send(
      new GetMetricDataCommand({
        ...range,
        MetricDataQueries: [
          { Id: 'e', MetricStat: { Metric: metric('errors'), Period: 60, Stat: 'Sum' }, ReturnData: false },
          { Id: 'i', MetricStat: { Metric: metric('requests'), Period: 60, Stat: 'Sum' }, Label: 'requests' },
          { Id: 'rate', Expression: '100*FILL(e,0)/i', Label: 'percent' },
          { Id: 'guarded', Expression: 'IF(i >= 20, 100*e/i, 0)' },
        ],
      }),
    )
    expect(MetricDataResults).toMatchObject([
      { Id: 'i', Label: 'requests', Timestamps: [at('52:00'), at('50:00')], Values: [10, 40], StatusCode: 'Complete' },
      { Id: 'rate', Label: 'percent', Timestamps: [at('52:00'), at('50:00')], Values: [0, 5] },
      { Id: 'guarded', Timestamps: [at('50:00')], Values: [5] },
    ])
    const ascending = await cloudWatch.send(
      new GetMetricDataCommand({
        ...range,
        ScanBy: 'TimestampAscending',
        MetricDataQueries: ['p95', 'Maximum', 'Average', 'SampleCount'].map((Stat) => ({
          Id: Stat.toLowerCase(),
          MetricStat: { Metric: metric('latency'), Period: 60, Stat },
        })),
      }),
    )
    expect(ascending.MetricDataResults?.map(({ Values }) => Values)).toEqual([[95], [100], [50.5], [100]])
  })

  it('folds minutes into longer periods', async () => {
    const { MetricDataResults } = await cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: at('50:00'),
        EndTime: at('55:00'),
        MetricDataQueries: [{ Id: 'i', MetricStat: { Metric: metric('requests'), Period: 300, Stat: 'Sum' } }],
      }),
    )
    expect(MetricDataResults?.[0]).toMatchObject({ Timestamps: [at('50:00')], Values: [50] })
  })

  it.each([
    ['an expression it does not know', { Expression: 'ANOMALY_DETECTION_BAND(i, 2)' }, 'not supported here'],
    ['an unknown id', { Expression: 'nothing * 2' }, 'not defined'],
  ])('is refused for %s', async (_, query, message) => {
    const refused = cloudWatch.send(
      new GetMetricDataCommand({ ...range, MetricDataQueries: [{ Id: 'x', Period: 60, ...query }] }),
    )
    await expect(refused).rejects.toThrow(message)
  })

  it('is refused for a parameter the stand-in does not know', async () => {
    const refused = cloudWatch.send(
      new GetMetricDataCommand({
        ...range,
        LabelOptions: { Timezone: '+0900' },
        MetricDataQueries: [{ Id: 'i', MetricStat: { Metric: metric('requests'), Period: 60, Stat: 'Sum' } }],
      }),
    )
    await expect(refused).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('LabelOptions'),
    })
  })
})
