import { beforeAll, describe, expect, it } from 'vitest'
import { type StageName, stageNames } from '../../infra/stages.ts'
import { type Synthesised, synthesised } from '../support/synthesised.ts'
import type { Resource } from '../support/template.ts'

let made: Synthesised
beforeAll(async () => {
  made = await synthesised()
}, 60_000)

const topic = (name: string) => `arn:aws:sns:ap-northeast-1:123456789012:${name}`

/** The runbook's numbers, written out: what is measured, over what, when it rings, what no data means. */
const listed = [
  {
    name: 'LambdaErrorAlarm',
    expression: 'IF(whole1 >= 20, 100 * FILL(part1, 0) / whole1, 0)',
    metrics: [
      'AWS/Lambda Errors FunctionName=crypto-watch-api-function Sum',
      'AWS/Lambda Invocations FunctionName=crypto-watch-api-function Sum',
    ],
    rings: ['GreaterThanThreshold', 5, '2 × 60 s', 'notBreaching'],
  },
  {
    name: 'ApiGateway5xxAlarm',
    expression: 'IF(whole1 >= 20, 100 * FILL(part1, 0) / whole1, 0)',
    metrics: [
      'AWS/ApiGateway 5XXError ApiName=crypto-watch-api,Stage=prod Sum',
      'AWS/ApiGateway Count ApiName=crypto-watch-api,Stage=prod Sum',
    ],
    rings: ['GreaterThanThreshold', 10, '2 × 60 s', 'notBreaching'],
  },
  {
    name: 'LambdaThrottleAlarm',
    expression: undefined,
    metrics: ['AWS/Lambda Throttles FunctionName=crypto-watch-api-function Sum'],
    rings: ['GreaterThanThreshold', 10, '1 × 60 s', 'notBreaching'],
  },
  {
    name: 'ApiLatencyP95Alarm',
    expression: 'm1 * 0.001',
    metrics: ['AWS/ApiGateway Latency ApiName=crypto-watch-api,Stage=prod p95'],
    rings: ['GreaterThanThreshold', 2, '5 × 60 s', 'notBreaching'],
  },
  {
    name: 'ExternalApiErrorAlarm',
    expression: 'IF(whole1 >= 1, 100 * FILL(part1, 0) / whole1, 0)',
    metrics: [
      'Custom/CryptoWatch ExternalApiErrors service=crypto-watch Sum',
      'Custom/CryptoWatch ExternalApiCalls service=crypto-watch Sum',
    ],
    rings: ['GreaterThanOrEqualToThreshold', 50, '1 × 600 s', 'ignore'],
  },
  {
    name: 'DynamoDBThrottleAlarm',
    expression: 'SUM([m1x1, m2x1, m3x1, m3x2, m3x3, m3x4, m3x5])',
    metrics: [
      'AWS/DynamoDB ReadThrottleEvents TableName=crypto-watch-data Sum',
      'AWS/DynamoDB WriteThrottleEvents TableName=crypto-watch-data Sum',
      ...['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem'].map(
        (operation) => `AWS/DynamoDB SystemErrors Operation=${operation},TableName=crypto-watch-data Sum`,
      ),
    ],
    rings: ['GreaterThanOrEqualToThreshold', 1, '1 × 60 s', 'notBreaching'],
  },
  {
    name: 'PricesStaleAlarm',
    expression: undefined,
    metrics: ['Custom/CryptoWatch PriceAge service=crypto-watch Maximum'],
    rings: ['GreaterThanThreshold', 3600, '1 × 600 s', 'breaching'],
  },
]

interface Metric {
  Namespace: string
  MetricName: string
  Dimensions?: { Name: string; Value: string }[]
}

const inWords = ({ Namespace, MetricName, Dimensions = [] }: Metric, stat: string) =>
  [
    Namespace,
    MetricName,
    Dimensions.map(({ Name, Value }) => `${Name}=${Value}`)
      .toSorted()
      .join(','),
    stat,
  ].join(' ')

function measured({ properties }: Resource) {
  if (properties.Metrics === undefined)
    return {
      expression: undefined,
      metrics: [inWords(properties, properties.Statistic)],
      periods: [properties.Period],
    }
  const returned = properties.Metrics.filter(({ ReturnData }: { ReturnData: boolean }) => ReturnData)
  expect(returned).toHaveLength(1)
  const parts = properties.Metrics.filter((each: object) => 'MetricStat' in each)
  return {
    expression: returned[0].Expression,
    metrics: parts.map(({ MetricStat: { Metric, Stat } }: never) => inWords(Metric, Stat)),
    periods: parts.map(({ MetricStat: { Period } }: never) => Period),
  }
}

const alarmsOf = (stage: StageName) => made.resources(stage, 'AWS::CloudWatch::Alarm')
const named = (stage: StageName, name: string) => {
  const found = alarmsOf(stage).find(({ properties }) => properties.AlarmName === name)
  if (found === undefined) throw new Error(`${stage} has no alarm ${name}.`)
  return found
}

describe('the alarms of the service', () => {
  it.each(listed)('$name rings at exactly what the runbook says', ({ name, expression, metrics, rings }) => {
    const alarm = named('prod', name)
    const { periods, ...seen } = measured(alarm)
    expect(seen).toEqual({ expression, metrics })
    const { ComparisonOperator, Threshold, EvaluationPeriods, DatapointsToAlarm, TreatMissingData } = alarm.properties
    const [period] = new Set(periods)
    expect([ComparisonOperator, Threshold, `${EvaluationPeriods} × ${period} s`, TreatMissingData]).toEqual(rings)
    // Every period has to be over the threshold, or an alarm rings for less than the runbook says.
    expect(DatapointsToAlarm).toBe(EvaluationPeriods)
  })

  it.each(stageNames)('on %s all of them tell the bot when they ring and when they are over', (stage) => {
    const suffix = stage === 'prod' ? '' : `-${stage}`
    for (const { name } of listed) {
      const { properties } = named(stage, `${name}${suffix}`)
      expect(properties.AlarmActions).toEqual([topic(`crypto-watch-alarms${suffix}`)])
      expect(properties.OKActions).toEqual([topic(`crypto-watch-alarms${suffix}`)])
    }
  })

  it('measures the things of its own stage', () => {
    const { metrics } = measured(named('staging', 'ApiGateway5xxAlarm-staging'))
    expect(metrics[0]).toBe('AWS/ApiGateway 5XXError ApiName=crypto-watch-api-staging,Stage=staging Sum')
  })

  it('sends whoever reads the mail to the runbook and the dashboard', () => {
    for (const { name } of listed) {
      const { AlarmDescription } = named('prod', name).properties
      expect(AlarmDescription).toContain(`/blob/main/docs/runbook/en/${name}.md `)
      expect(AlarmDescription).toContain('#dashboards/dashboard/crypto-watch')
      // CloudWatch takes no more than 1,024 characters.
      expect(AlarmDescription.length).toBeLessThan(1_024)
    }
  })

  it('Critical and High go by mail from the topic itself, so that they arrive without the bot', () => {
    const [mail, ...others] = made
      .resources('prod', 'AWS::SNS::Subscription')
      .filter(
        ({ properties }) => properties.Protocol === 'email' && properties.TopicArn.endsWith(':crypto-watch-alarms'),
      )
    expect(others).toEqual([])
    expect(mail?.properties.FilterPolicyScope).toBe('MessageBody')
    expect(mail?.properties.FilterPolicy).toEqual({ AlarmName: [{ 'anything-but': ['ApiLatencyP95Alarm'] }] })
  })
})

describe('the brake on a new version', () => {
  it('looks at the errors of that version alone, and opens no incident', () => {
    const alarm = named('prod', 'NewVersionErrorAlarm')
    const { metrics, expression } = measured(alarm)
    const dimensions =
      'ExecutedVersion=1,FunctionName=crypto-watch-api-function,Resource=crypto-watch-api-function:live'
    expect(metrics.toSorted()).toEqual([
      `AWS/Lambda Errors ${dimensions} Sum`,
      `AWS/Lambda Invocations ${dimensions} Sum`,
    ])
    expect(expression).toBe('IF(calls >= 5, 100 * FILL(errors, 0) / calls, 0)')
    expect(alarm.properties).toMatchObject({
      Threshold: 5,
      EvaluationPeriods: 2,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    })
    expect(alarm.properties.AlarmActions).toBeUndefined()
  })

  it('stops deployments of the API together with the three alarms of the runbook, and none of the updater', () => {
    const brakes = Object.fromEntries(
      made
        .resources('prod', 'AWS::CodeDeploy::DeploymentGroup')
        .map(({ properties }) => [
          properties.DeploymentGroupName,
          (properties.AlarmConfiguration.Alarms ?? []).map(({ Name }: { Name: string }) => Name),
        ]),
    )
    expect(brakes).toEqual({
      'crypto-watch-api': ['LambdaErrorAlarm', 'ApiGateway5xxAlarm', 'LambdaThrottleAlarm', 'NewVersionErrorAlarm'],
      'crypto-watch-price-update': [],
    })
    const known = alarmsOf('prod').map(({ properties }) => properties.AlarmName)
    expect(known).toEqual(expect.arrayContaining(brakes['crypto-watch-api'] ?? []))
  })
})

describe('the alarms of the bot itself', () => {
  const own = (stage: StageName) =>
    alarmsOf(stage).filter(({ properties }) =>
      (properties.AlarmActions ?? []).some((action: string) => action.includes('bot-health')),
    )

  it.each(stageNames)('on %s they go to a topic that people get by mail and the bot does not read', (stage) => {
    const health = topic(stage === 'prod' ? 'crypto-watch-bot-health' : `crypto-watch-bot-health-${stage}`)
    const told = made
      .resources(stage, 'AWS::SNS::Subscription')
      .filter(({ properties }) => properties.TopicArn === health)
    expect(told.map(({ properties }) => properties.Protocol)).toEqual(['email'])
    for (const { properties } of own(stage)) expect(properties.AlarmActions).toEqual([health])
  })

  it('watches errors of every Lambda but the API, whose errors the alarm list watches', () => {
    const watched = own('prod').flatMap(({ properties }) =>
      properties.MetricName === 'Errors' ? [properties.Dimensions[0].Value] : [],
    )
    const functions = made.resources('prod', 'AWS::Lambda::Function').map(({ properties }) => properties.FunctionName)
    expect(watched.toSorted()).toEqual(functions.filter((name) => name !== 'crypto-watch-api-function').toSorted())
  })

  it('rings when no sweep has ended for five minutes, and silence counts as such', () => {
    expect(named('prod', 'crypto-watch-bot-heartbeat').properties).toMatchObject({
      MetricName: 'SweepHeartbeat',
      Namespace: 'Custom/CryptoWatch',
      Dimensions: [{ Name: 'service', Value: 'crypto-watch' }],
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 300,
      TreatMissingData: 'breaching',
    })
  })

  it('rings when a message waits longer than five minutes', () => {
    const waiting = own('prod').filter(({ properties }) => properties.MetricName === 'ApproximateAgeOfOldestMessage')
    expect(waiting.map(({ properties }) => properties.Dimensions[0].Value).toSorted()).toEqual([
      'crypto-watch-alarms',
      'crypto-watch-evidence.fifo',
      'crypto-watch-mailer.fifo',
      'crypto-watch-remedy.fifo',
      'crypto-watch-sender.fifo',
      'crypto-watch-worker.fifo',
    ])
    for (const { properties } of waiting) expect(properties.Threshold).toBe(300)
  })
})
