import { beforeEach, describe, expect, it } from 'vitest'
import { type AlarmName, alarms as definitions } from '../../common/alarms.ts'
import { type Alarms, createAlarms } from '../../sandbox/cloud/alarms.ts'
import { createMetrics, type Metrics } from '../../sandbox/cloud/metrics.ts'
import { createTopic } from '../../sandbox/cloud/topic.ts'
import { virtualWall } from './cloud-support.ts'

const api = { FunctionName: 'crypto-watch-api-function' }
const gateway = { ApiName: 'crypto-watch-api', Stage: 'prod' }
const table = { TableName: 'crypto-watch-data' }
const custom = { service: 'crypto-watch' }
const epoch = Date.parse('2026-11-23T03:00:00.000Z')
const minute = (n: number) => new Date(epoch + n * 60_000)

let metrics: Metrics
let alarms: Alarms
let published: Record<string, unknown>[]

beforeEach(() => {
  metrics = createMetrics()
  published = []
  const topic = createTopic({
    name: 'crypto-watch-alarms',
    wall: virtualWall(),
    subscriber: (body) => published.push(JSON.parse(JSON.parse(body).Message)),
  })
  alarms = createAlarms({ clock: { now: () => minute(0) }, metrics, topic, stage: 'prod' })
})

type Put = [namespace: string, name: string, dimensions: Record<string, string>, value: number, count?: number]

function put(at: number, ...data: Put[]): void {
  for (const [namespace, name, dimensions, value, count = 1] of data)
    metrics.put({ namespace, name, dimensions, value, count, at: minute(at) })
}

const share = (part: number, whole: number, of: 'lambda' | 'gateway' | 'upstream'): Put[] => {
  const [namespace, dimensions, partName, wholeName] = {
    lambda: ['AWS/Lambda', api, 'Errors', 'Invocations'] as const,
    gateway: ['AWS/ApiGateway', gateway, '5XXError', 'Count'] as const,
    upstream: ['Custom/CryptoWatch', custom, 'ExternalApiErrors', 'ExternalApiCalls'] as const,
  }[of]
  return [
    [namespace, partName, dimensions, 1, part],
    [namespace, partName, dimensions, 0, whole - part],
    [namespace, wholeName, dimensions, 1, whole],
  ]
}
const latency = (ms: number): Put[] => [['AWS/ApiGateway', 'Latency', gateway, ms, 60]]
const age = (seconds: number): Put[] => [['Custom/CryptoWatch', 'PriceAge', custom, seconds]]
const throttles = (n: number): Put[] => [['AWS/Lambda', 'Throttles', api, 1, n]]

/** Writes one reading per period of the alarm and evaluates; a missing reading is undefined. */
function evaluateWith(name: AlarmName, readings: readonly (Put[] | undefined)[]): string {
  const definition = definitions.find((each) => each.name === name)
  const step = definition?.periodMinutes ?? 1
  readings.forEach((reading, index) => {
    if (reading !== undefined) put(index * step, ...reading)
  })
  alarms.evaluate(minute(readings.length * step))
  return alarms.state(name).value
}

const times = (n: number, reading: Put[]) => Array.from({ length: n }, () => reading)

describe('each alarm of the list', () => {
  it.each<[AlarmName, string, (Put[] | undefined)[], 'OK' | 'ALARM']>([
    ['LambdaErrorAlarm', 'at 5 %', times(2, share(5, 100, 'lambda')), 'OK'],
    ['LambdaErrorAlarm', 'above 5 %', times(2, share(6, 100, 'lambda')), 'ALARM'],
    ['LambdaErrorAlarm', 'above 5 % for one minute only', [share(0, 100, 'lambda'), share(6, 100, 'lambda')], 'OK'],
    ['LambdaErrorAlarm', 'with all of 19 calls failing', times(2, share(19, 19, 'lambda')), 'OK'],
    ['LambdaErrorAlarm', 'with all of 20 calls failing', times(2, share(20, 20, 'lambda')), 'ALARM'],
    ['LambdaErrorAlarm', 'with nothing measured', [undefined, undefined], 'OK'],
    ['ApiGateway5xxAlarm', 'at 10 %', times(2, share(10, 100, 'gateway')), 'OK'],
    ['ApiGateway5xxAlarm', 'above 10 %', times(2, share(11, 100, 'gateway')), 'ALARM'],
    ['ApiGateway5xxAlarm', 'with nothing measured', [undefined, undefined], 'OK'],
    ['LambdaThrottleAlarm', 'at 10', [throttles(10)], 'OK'],
    ['LambdaThrottleAlarm', 'above 10', [throttles(11)], 'ALARM'],
    ['LambdaThrottleAlarm', 'with nothing measured', [undefined], 'OK'],
    ['ApiLatencyP95Alarm', 'at 2 s', times(5, latency(2000)), 'OK'],
    ['ApiLatencyP95Alarm', 'above 2 s', times(5, latency(2001)), 'ALARM'],
    ['ApiLatencyP95Alarm', 'above 2 s for four minutes', [latency(100), ...times(4, latency(2001))], 'OK'],
    ['ApiLatencyP95Alarm', 'with nothing measured', times(5, []), 'OK'],
    ['ExternalApiErrorAlarm', 'below 50 %', [share(1, 3, 'upstream')], 'OK'],
    ['ExternalApiErrorAlarm', 'at 50 %', [share(2, 4, 'upstream')], 'ALARM'],
    ['ExternalApiErrorAlarm', 'with nothing measured', [undefined], 'OK'],
    ['DynamoDBThrottleAlarm', 'with no throttle', [[['AWS/DynamoDB', 'ReadThrottleEvents', table, 0]]], 'OK'],
    ['DynamoDBThrottleAlarm', 'with one throttled read', [[['AWS/DynamoDB', 'ReadThrottleEvents', table, 1]]], 'ALARM'],
    [
      'DynamoDBThrottleAlarm',
      'with one throttled write',
      [[['AWS/DynamoDB', 'WriteThrottleEvents', table, 1]]],
      'ALARM',
    ],
    [
      'DynamoDBThrottleAlarm',
      'with one system error of an operation',
      [[['AWS/DynamoDB', 'SystemErrors', { ...table, Operation: 'Query' }, 1]]],
      'ALARM',
    ],
    ['DynamoDBThrottleAlarm', 'with nothing measured', [undefined], 'OK'],
    ['PricesStaleAlarm', 'at 1 h', [age(3600)], 'OK'],
    ['PricesStaleAlarm', 'above 1 h', [age(3601)], 'ALARM'],
    ['PricesStaleAlarm', 'with nothing measured', [undefined], 'ALARM'],
  ])('%s %s', (name, _, readings, state) => {
    expect(evaluateWith(name, readings)).toBe(state)
  })

  it('keeps ringing when the upstream is not asked any more, as its missing data are ignored', () => {
    expect(evaluateWith('ExternalApiErrorAlarm', [share(2, 2, 'upstream')])).toBe('ALARM')
    alarms.evaluate(minute(60))
    expect(alarms.state('ExternalApiErrorAlarm').value).toBe('ALARM')
  })
})

describe('a notification', () => {
  it('is what CloudWatch sends for metric math', () => {
    evaluateWith('LambdaErrorAlarm', [share(20, 160, 'lambda'), share(10, 100, 'lambda')])
    const topic = 'arn:aws:sns:ap-northeast-1:123456789012:crypto-watch-alarms'
    const mine = published.filter(({ AlarmName }) => AlarmName === 'LambdaErrorAlarm')
    expect(mine).toEqual([
      {
        AlarmName: 'LambdaErrorAlarm',
        AlarmDescription: 'Critical: api, > 5 % over 2 × 1 min',
        AWSAccountId: '123456789012',
        AlarmConfigurationUpdatedTimestamp: '2026-11-23T03:00:00.000+0000',
        NewStateValue: 'ALARM',
        NewStateReason:
          'Threshold Crossed: 2 out of the last 2 datapoints [10.0 (23/11/26 03:01:00), 12.5 (23/11/26 03:00:00)] were greater than the threshold (5.0) (minimum 2 datapoints for OK -> ALARM transition).',
        StateChangeTime: '2026-11-23T03:02:00.000+0000',
        Region: 'Asia Pacific (Tokyo)',
        AlarmArn: 'arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:LambdaErrorAlarm',
        OldStateValue: 'OK',
        OKActions: [topic],
        AlarmActions: [topic],
        InsufficientDataActions: [topic],
        Trigger: {
          Period: 60,
          EvaluationPeriods: 2,
          DatapointsToAlarm: 2,
          ComparisonOperator: 'GreaterThanThreshold',
          Threshold: 5,
          TreatMissingData: 'notBreaching',
          EvaluateLowSampleCountPercentile: '',
          Metrics: [
            {
              Expression: 'IF(whole1 >= 20, 100 * FILL(part1, 0) / whole1, 0)',
              Id: 'result',
              Label: 'Errors in percent of Invocations',
              ReturnData: true,
            },
            {
              Id: 'part1',
              MetricStat: {
                Metric: {
                  Dimensions: [{ name: 'FunctionName', value: 'crypto-watch-api-function' }],
                  MetricName: 'Errors',
                  Namespace: 'AWS/Lambda',
                },
                Period: 60,
                Stat: 'Sum',
              },
              ReturnData: false,
            },
            {
              Id: 'whole1',
              MetricStat: {
                Metric: {
                  Dimensions: [{ name: 'FunctionName', value: 'crypto-watch-api-function' }],
                  MetricName: 'Invocations',
                  Namespace: 'AWS/Lambda',
                },
                Period: 60,
                Stat: 'Sum',
              },
              ReturnData: false,
            },
          ],
        },
      },
    ])
  })

  it('is what CloudWatch sends for a single metric, back to OK', () => {
    evaluateWith('LambdaThrottleAlarm', [throttles(40)])
    alarms.evaluate(minute(2))
    const [ringing, calm] = published.filter(({ AlarmName }) => AlarmName === 'LambdaThrottleAlarm')
    expect(ringing).toMatchObject({
      NewStateReason:
        'Threshold Crossed: 1 out of the last 1 datapoints [40.0 (23/11/26 03:00:00)] was greater than the threshold (10.0) (minimum 1 datapoint for OK -> ALARM transition).',
      Trigger: {
        MetricName: 'Throttles',
        Namespace: 'AWS/Lambda',
        StatisticType: 'Statistic',
        Statistic: 'SUM',
        Dimensions: [{ name: 'FunctionName', value: 'crypto-watch-api-function' }],
      },
    })
    expect(calm).toMatchObject({
      NewStateValue: 'OK',
      OldStateValue: 'ALARM',
      NewStateReason:
        'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
    })
  })

  it('comes once per change, not once per minute', () => {
    for (let at = 0; at < 5; at++) {
      put(at, ...throttles(40))
      alarms.evaluate(minute(at + 1))
    }
    expect(published.filter(({ AlarmName }) => AlarmName === 'LambdaThrottleAlarm')).toHaveLength(1)
  })

  it('can be lost, while the state changes all the same', () => {
    alarms.loseNotification('LambdaThrottleAlarm')
    expect(evaluateWith('LambdaThrottleAlarm', [throttles(40)])).toBe('ALARM')
    const mine = () => published.filter(({ AlarmName }) => AlarmName === 'LambdaThrottleAlarm')
    expect(mine()).toEqual([])
    alarms.evaluate(minute(3))
    expect(mine()).toMatchObject([{ NewStateValue: 'OK' }])
  })
})

describe('other alarms', () => {
  const errors = (service: string) => ({
    namespace: 'AWS/Lambda',
    name: 'Errors',
    dimensions: { FunctionName: service },
  })
  const adHoc = (name: string, treatMissing: 'missing' | 'ignore' = 'missing') =>
    alarms.putAlarm({
      name,
      description: `${name} fails`,
      queries: [{ kind: 'statistic', id: 'm1', metric: errors(name), statistic: 'Sum', returnData: true }],
      comparison: 'GreaterThanOrEqualToThreshold',
      threshold: 3,
      periodSeconds: 60,
      evaluationPeriods: 1,
      treatMissing,
    })

  it('tell their own dimensions, and INSUFFICIENT_DATA when they say so', () => {
    adHoc('billing')
    put(0, ['AWS/Lambda', 'Errors', { FunctionName: 'billing' }, 3])
    alarms.evaluate(minute(1))
    alarms.evaluate(minute(2))
    expect(published.filter(({ AlarmName }) => AlarmName === 'billing')).toMatchObject([
      { NewStateValue: 'ALARM', Trigger: { Dimensions: [{ name: 'FunctionName', value: 'billing' }] } },
      { NewStateValue: 'INSUFFICIENT_DATA', NewStateReason: 'Insufficient Data: 1 datapoint was unknown.' },
    ])
  })

  it('can be composed, and the composite tells which of its children turned it', () => {
    adHoc('billing', 'ignore')
    adHoc('search', 'ignore')
    alarms.putCompositeAlarm({ name: 'shop', description: 'High: shop', rule: 'ALARM("billing") OR ALARM(search)' })
    put(0, ['AWS/Lambda', 'Errors', { FunctionName: 'search' }, 3])
    alarms.evaluate(minute(1))
    expect(published.find(({ AlarmName }) => AlarmName === 'shop')).toMatchObject({
      NewStateValue: 'ALARM',
      AlarmRule: 'ALARM("billing") OR ALARM(search)',
      NewStateReason: expect.stringContaining('alarm:search transitioned to ALARM'),
      TriggeringChildren: [
        {
          Arn: 'arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:search',
          State: { Value: 'ALARM', Timestamp: '2026-11-23T03:01:00.000+0000' },
        },
      ],
    })
  })

  it('are refused when a rule cannot be read or names a stranger', () => {
    const compose = (rule: string) => alarms.putCompositeAlarm({ name: 'x', description: '', rule })
    expect(() => compose('ALARM("LambdaErrorAlarm") XOR TRUE')).toThrow('cannot be read')
    expect(() => compose('ALARM("nobody")')).toThrow('Unknown alarm')
  })

  it('are set by hand until the next evaluation', () => {
    alarms.setAlarmState('LambdaErrorAlarm', 'ALARM', 'a rehearsal')
    alarms.evaluate(minute(1))
    expect(published.filter(({ AlarmName }) => AlarmName === 'LambdaErrorAlarm')).toMatchObject([
      { NewStateValue: 'ALARM', NewStateReason: 'a rehearsal' },
      { NewStateValue: 'OK' },
    ])
  })
})
