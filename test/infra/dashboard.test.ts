import { beforeAll, describe, expect, it } from 'vitest'
import type { StageName } from '../../infra/stages.ts'
import { type Synthesised, synthesised } from '../support/synthesised.ts'

let made: Synthesised
beforeAll(async () => {
  made = await synthesised()
}, 60_000)

interface Metric {
  Namespace: string
  MetricName: string
  Dimensions?: { Name: string; Value: string }[]
}

const alarmsOf = (stage: StageName) => made.resources(stage, 'AWS::CloudWatch::Alarm')

describe('the dashboard', () => {
  const shown = (stage: StageName): string[] => {
    const [dashboard] = made.resources(stage, 'AWS::CloudWatch::Dashboard')
    const { widgets } = JSON.parse(dashboard?.properties.DashboardBody) as {
      widgets: { properties: { metrics?: [string, string, ...unknown[]][] } }[]
    }
    return widgets
      .flatMap(({ properties }) => properties.metrics ?? [])
      .map((line) => {
        const { stat = '' } = line.at(-1) as { stat?: string }
        return [...line.filter((part) => typeof part === 'string'), stat].join(' ')
      })
  }

  it('has every metric that the runbook tells to look at', () => {
    const api = 'FunctionName crypto-watch-api-function'
    const gateway = 'ApiName crypto-watch-api Stage prod'
    const custom = 'service crypto-watch'
    const table = 'TableName crypto-watch-data'
    expect(shown('prod')).toEqual(
      expect.arrayContaining([
        ...['Errors Sum', 'Invocations Sum', 'Throttles Sum', 'Duration p95', 'Duration p99'].map(
          (each) => `AWS/Lambda ${each.replace(' ', ` ${api} `)}`,
        ),
        `AWS/Lambda ConcurrentExecutions ${api} Maximum`,
        'AWS/Lambda UnreservedConcurrentExecutions Maximum',
        ...['5XXError Sum', 'Count Sum', 'Latency p95', 'Latency p99', 'IntegrationLatency p95'].map(
          (each) => `AWS/ApiGateway ${each.replace(' ', ` ${gateway} `)}`,
        ),
        ...['ExternalApiErrors Sum', 'ExternalApiCalls Sum', 'ExternalApiLatency p95', 'DynamoDBQueryLatency p95'].map(
          (each) => `Custom/CryptoWatch ${each.replace(' ', ` ${custom} `)}`,
        ),
        'AWS/DynamoDB UserErrors Sum',
        `AWS/DynamoDB SystemErrors Operation GetItem ${table} Sum`,
        ...['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits', 'ReadThrottleEvents', 'WriteThrottleEvents'].map(
          (each) => `AWS/DynamoDB ${each} ${table} Sum`,
        ),
      ]),
    )
  })

  it('has every metric that an alarm of the service measures, at its own stage', () => {
    const lines = shown('staging')
    for (const { properties } of alarmsOf('staging')) {
      if (!properties.AlarmActions?.[0]?.endsWith(':crypto-watch-alarms-staging')) continue
      const parts = properties.Metrics?.flatMap(
        ({ MetricStat }: { MetricStat?: { Metric: Metric } }) => MetricStat ?? [],
      )
      const metrics: Metric[] = parts?.map(({ Metric }: { Metric: Metric }) => Metric) ?? [properties]
      for (const { Namespace, MetricName, Dimensions = [] } of metrics) {
        const found = lines.filter((line) => line.startsWith(`${Namespace} ${MetricName} `))
        const isShown = found.some((line) => Dimensions.every(({ Name, Value }) => line.includes(`${Name} ${Value}`)))
        expect([MetricName, isShown]).toEqual([MetricName, true])
      }
    }
  })
})
