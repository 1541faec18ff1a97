import { aws_cloudwatch as cloudwatch, Duration, Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { type AlarmDefinition, type AlarmName, alarmNamed, alarms } from '../common/alarms.ts'
import type { ExactMetric } from '../common/cloudwatch-alarm.ts'
import { dimensionsOf } from '../common/metric-dimensions.ts'
import { namespace, type PriceMetric } from '../common/names.ts'
import type { StageContext } from './stage-context.ts'

/** One line of a graph. */
type Line = ExactMetric & { stat: string }

interface Graph {
  title: string
  lines: readonly Line[]
  /** Alarms whose thresholds are drawn, where the graph has their unit. */
  thresholds?: readonly AlarmName[]
}

interface Section {
  title: string
  graphs: readonly Graph[]
}

/** Everything that the runbook tells to look at, in the order in which an engineer would. */
export function sections({ stage, names }: Pick<StageContext, 'stage' | 'names'>): readonly Section[] {
  const of = (namespace: string, dimensions: ExactMetric['dimensions']) => (name: string, stat: string) => ({
    namespace,
    name,
    dimensions,
    stat,
  })
  const gateway = of('AWS/ApiGateway', dimensionsOf('gateway', stage))
  const api = of('AWS/Lambda', dimensionsOf('api function', stage))
  const updater = of('AWS/Lambda', dimensionsOf('updater function', stage))
  const account = of('AWS/Lambda', {})
  const custom = (name: PriceMetric | BotMetric, stat: string) =>
    of(namespace, dimensionsOf('custom', stage))(name, stat)
  const table = of('AWS/DynamoDB', dimensionsOf('prices table', stage))
  const operation = (name: string, operation: string, stat: string) =>
    of('AWS/DynamoDB', { ...dimensionsOf('prices table', stage), Operation: operation })(name, stat)
  const queue = (name: string) => of('AWS/SQS', { QueueName: name })

  return [
    {
      title: 'What clients notice',
      graphs: [
        {
          title: 'Requests and errors',
          lines: [gateway('Count', 'Sum'), gateway('5XXError', 'Sum'), gateway('4XXError', 'Sum')],
        },
        {
          title: 'Latency in ms',
          lines: [
            gateway('Latency', 'p50'),
            gateway('Latency', 'p95'),
            gateway('Latency', 'p99'),
            gateway('IntegrationLatency', 'p95'),
          ],
        },
        {
          title: 'Age of the newest price in s',
          lines: [custom('PriceAge', 'Maximum')],
          thresholds: ['PricesStaleAlarm'],
        },
      ],
    },
    {
      title: 'API function',
      graphs: [
        { title: 'Calls and errors', lines: [api('Invocations', 'Sum'), api('Errors', 'Sum')] },
        { title: 'Duration in ms', lines: [api('Duration', 'p50'), api('Duration', 'p95'), api('Duration', 'p99')] },
        {
          title: 'Concurrency',
          lines: [
            api('ConcurrentExecutions', 'Maximum'),
            account('UnreservedConcurrentExecutions', 'Maximum'),
            api('Throttles', 'Sum'),
          ],
          thresholds: ['LambdaThrottleAlarm'],
        },
      ],
    },
    {
      title: 'Updater and price source',
      graphs: [
        { title: 'Attempts', lines: [custom('ExternalApiCalls', 'Sum'), custom('ExternalApiErrors', 'Sum')] },
        {
          title: 'Time of an attempt in ms',
          lines: [custom('ExternalApiLatency', 'p50'), custom('ExternalApiLatency', 'p95')],
        },
        {
          title: 'What a run could not use',
          lines: [
            custom('PricesDropped', 'Sum'),
            custom('FallbackUsed', 'Sum'),
            custom('HistoryFailures', 'Sum'),
            updater('Errors', 'Sum'),
          ],
        },
      ],
    },
    {
      title: 'Prices table',
      graphs: [
        {
          title: 'Throttled and failed',
          lines: [
            table('ReadThrottleEvents', 'Sum'),
            table('WriteThrottleEvents', 'Sum'),
            ...tableOperations.map((each) => operation('SystemErrors', each, 'Sum')),
            of('AWS/DynamoDB', {})('UserErrors', 'Sum'),
          ],
          thresholds: ['DynamoDBThrottleAlarm'],
        },
        {
          title: 'Capacity used',
          lines: [table('ConsumedReadCapacityUnits', 'Sum'), table('ConsumedWriteCapacityUnits', 'Sum')],
        },
        {
          title: 'Time of a read in ms',
          lines: [custom('DynamoDBQueryLatency', 'p50'), custom('DynamoDBQueryLatency', 'p95')],
        },
      ],
    },
    {
      title: 'The bot itself',
      graphs: [
        {
          title: 'Oldest message in s',
          lines: Object.values(names.queues).map((name) => queue(name)('ApproximateAgeOfOldestMessage', 'Maximum')),
        },
        {
          title: 'Dead letters',
          lines: [...Object.values(names.deadLetters), names.undelivered].map((name) =>
            queue(name)('ApproximateNumberOfMessagesVisible', 'Maximum'),
          ),
        },
        {
          title: 'Sweeps',
          lines: [
            custom('SweepHeartbeat', 'Sum'),
            custom('SweepFailures', 'Sum'),
            custom('EffectsRefused', 'Sum'),
            custom('ChangesNotRecorded', 'Sum'),
            custom('HistoryNotRecorded', 'Sum'),
          ],
        },
      ],
    },
  ]
}

/** Those that the alarm adds up. */
const tableOperations = alarms.flatMap(({ condition }: AlarmDefinition) =>
  condition.kind === 'sum' ? condition.metrics.flatMap(({ perOperation = [] }) => perOperation) : [],
)

type BotMetric = 'SweepHeartbeat' | 'SweepFailures' | 'EffectsRefused' | 'ChangesNotRecorded' | 'HistoryNotRecorded'

/** Makes the dashboard; answers with its address. */
export function addDashboard(scope: Construct, context: StageContext): string {
  const { names, settings } = context
  const dashboard = new cloudwatch.Dashboard(scope, 'Dashboard', {
    dashboardName: names.dashboard,
    defaultInterval: Duration.hours(3),
  })
  for (const { title, graphs } of sections(context)) {
    dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: `## ${title}`, width: 24, height: 1 }))
    dashboard.addWidgets(...graphs.map((graph) => widgetOf(graph)))
  }
  const { region } = Stack.of(scope)
  return `https://${settings.region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${names.dashboard}`
}

const widgetOf = ({ title, lines, thresholds = [] }: Graph) =>
  new cloudwatch.GraphWidget({
    title,
    width: 8,
    height: 6,
    period: Duration.minutes(1),
    leftYAxis: { min: 0 },
    left: lines.map(
      ({ namespace, name, dimensions, stat }) =>
        new cloudwatch.Metric({
          namespace,
          metricName: name,
          dimensionsMap: { ...dimensions },
          statistic: stat,
          period: Duration.minutes(1),
          label: labelOf({ name, dimensions, stat }),
        }),
    ),
    leftAnnotations: thresholds.map((name) => ({ value: alarmNamed(name)?.threshold ?? 0, label: name })),
  })

/** What tells lines of one graph apart: the queue or operation where there are several, else the statistic. */
function labelOf({ name, dimensions, stat }: Pick<Line, 'name' | 'dimensions' | 'stat'>): string {
  const apart = dimensions.QueueName ?? dimensions.Operation
  return [name, apart ?? (stat.startsWith('p') ? stat : '')].filter(Boolean).join(' ')
}
