import { priceServices } from './incident-record.ts'
import type { FunctionRole, PriceMetric } from './names.ts'

export type Severity = 'Critical' | 'High' | 'Medium' | 'Low'

/** A metric by what it measures; infra and the sandbox resolve `of` to the dimensions of the stage. */
export interface MetricOf {
  /** `AWS/Lambda`, `AWS/ApiGateway`, `AWS/DynamoDB` or our own namespace. */
  namespace: string
  name: string
  /** Whose metric it is. */
  of: 'api function' | 'updater function' | 'gateway' | 'prices table' | 'custom'
  /** Values of a dimension to add up, when the metric exists only per value. */
  perOperation?: readonly string[]
}

/** What an alarm computes each period. */
export type Condition =
  /** 100 · part / whole, taken as 0 while the whole is under `atLeast`. Unit: percent. */
  | { kind: 'percentage'; part: MetricOf; whole: MetricOf; atLeast: number }
  /** Sum of all metrics. Unit: count. */
  | { kind: 'sum'; metrics: readonly MetricOf[] }
  /** One statistic of one metric, multiplied by `scale` to reach `unit`. */
  | { kind: 'statistic'; metric: MetricOf; statistic: 'p95' | 'Maximum' | 'Minimum'; scale: number }

/** What the causing service's incident must show before an alarm of another service counts as its consequence. */
export type ConsequenceWhen =
  /** Prices of a currency are older than the API serves (`servedMinutes`), so that it refuses them by design. */
  | 'prices-too-old'
  /** Maintenance mode is on, so that the API answers no prices by design. */
  | 'maintenance-mode'

/** One thing that an alarm may follow from. Without a service, the incident of any service of ours may show it. */
export interface PossibleCause {
  service?: string
  when: ConsequenceWhen
}

export interface AlarmDefinition {
  name: string
  severity: Severity
  service: string
  condition: Condition
  comparison: '>' | '>='
  threshold: number
  unit: '%' | 'count' | 's'
  periodMinutes: number
  /** Consecutive periods that must be over the threshold. */
  datapoints: number
  /** What CloudWatch does with a period without data. */
  missing: 'notBreaching' | 'ignore' | 'breaching'
  /** Conditions for level 2 besides a missing acknowledgement. */
  escalate: {
    above?: number
    afterMinutes: number
    /** Also as soon as several customers have told of it. */
    complaints?: true
  }
  /** Stops a running canary deployment of the api. */
  brakes: boolean
  /** The function whose deployment can be the cause; absent where no rollback can cure the alarm. */
  rollback?: FunctionRole
  /**
   * The alarm may follow from something else, asked in this order. While the open incident of `service` shows `when`,
   * the alarm joins that incident instead of one of its own service: nobody is paged anew, no rollback is offered.
   */
  consequenceOf?: readonly PossibleCause[]
}

const lambda = (name: string): MetricOf => ({ namespace: 'AWS/Lambda', name, of: 'api function' })
const gateway = (name: string): MetricOf => ({ namespace: 'AWS/ApiGateway', name, of: 'gateway' })
const custom = (name: PriceMetric): MetricOf => ({ namespace: 'Custom/CryptoWatch', name, of: 'custom' })
const table = (name: string): MetricOf => ({ namespace: 'AWS/DynamoDB', name, of: 'prices table' })

/** Every alarm of the service. Infra, sandbox and bot read this list; thresholds come from the operators' runbook. */
export const alarms = [
  {
    name: 'LambdaErrorAlarm',
    severity: 'Critical',
    service: 'api',
    condition: { kind: 'percentage', part: lambda('Errors'), whole: lambda('Invocations'), atLeast: 20 },
    comparison: '>',
    threshold: 5,
    unit: '%',
    periodMinutes: 1,
    datapoints: 2,
    missing: 'notBreaching',
    escalate: { above: 10, afterMinutes: 15 },
    brakes: true,
    rollback: 'api',
  },
  {
    name: 'ApiGateway5xxAlarm',
    severity: 'Critical',
    service: 'api',
    condition: { kind: 'percentage', part: gateway('5XXError'), whole: gateway('Count'), atLeast: 20 },
    comparison: '>',
    threshold: 10,
    unit: '%',
    periodMinutes: 1,
    datapoints: 2,
    missing: 'notBreaching',
    escalate: { above: 20, afterMinutes: 10, complaints: true },
    brakes: true,
    rollback: 'api',
    consequenceOf: [{ service: 'updater', when: 'prices-too-old' }, { when: 'maintenance-mode' }],
  },
  {
    name: 'LambdaThrottleAlarm',
    severity: 'High',
    service: 'api',
    condition: { kind: 'sum', metrics: [lambda('Throttles')] },
    comparison: '>',
    threshold: 10,
    unit: 'count',
    periodMinutes: 1,
    datapoints: 1,
    missing: 'notBreaching',
    escalate: { afterMinutes: 3 },
    brakes: true,
    rollback: 'api',
  },
  {
    name: 'ApiLatencyP95Alarm',
    severity: 'Medium',
    service: 'api',
    condition: { kind: 'statistic', metric: gateway('Latency'), statistic: 'p95', scale: 0.001 },
    comparison: '>',
    threshold: 2,
    unit: 's',
    periodMinutes: 1,
    datapoints: 5,
    missing: 'notBreaching',
    escalate: { above: 5, afterMinutes: 60, complaints: true },
    brakes: false,
    rollback: 'api',
  },
  {
    name: 'ExternalApiErrorAlarm',
    severity: 'High',
    service: 'updater',
    condition: { kind: 'percentage', part: custom('ExternalApiErrors'), whole: custom('ExternalApiCalls'), atLeast: 1 },
    comparison: '>=',
    threshold: 50,
    unit: '%',
    periodMinutes: 10,
    datapoints: 1,
    missing: 'ignore',
    escalate: { afterMinutes: 60 },
    brakes: false,
    rollback: 'updater',
  },
  {
    name: 'DynamoDBThrottleAlarm',
    severity: 'High',
    service: 'table',
    condition: {
      kind: 'sum',
      metrics: [
        table('ReadThrottleEvents'),
        table('WriteThrottleEvents'),
        // SystemErrors exists only per operation; these are the operations the service uses.
        { ...table('SystemErrors'), perOperation: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem'] },
      ],
    },
    comparison: '>=',
    threshold: 1,
    unit: 'count',
    periodMinutes: 1,
    datapoints: 1,
    missing: 'notBreaching',
    escalate: { afterMinutes: 30 },
    brakes: false,
  },
  {
    name: 'PricesStaleAlarm',
    severity: 'High',
    service: 'updater',
    condition: { kind: 'statistic', metric: custom('PriceAge'), statistic: 'Maximum', scale: 1 },
    comparison: '>',
    threshold: 3600,
    unit: 's',
    periodMinutes: 10,
    datapoints: 1,
    missing: 'breaching',
    escalate: { afterMinutes: 30 },
    brakes: false,
    rollback: 'updater',
  },
] as const satisfies readonly AlarmDefinition[]

export type AlarmName = (typeof alarms)[number]['name']

/** Finds an alarm of ours by its name without stage. */
export const alarmNamed = (name: string): AlarmDefinition | undefined => alarms.find((alarm) => alarm.name === name)

/** Whether alarms of other services can be consequences of trouble of this one alone. */
export const isCauseOfOthers = (service: string): boolean =>
  alarms.some((alarm: AlarmDefinition) => alarm.consequenceOf?.some((cause) => cause.service === service) === true)

/** The incidents that may explain a listed alarm, by their services, and what they have to show for it. */
export const causesOf = (name: string | undefined): { service: string; when: ConsequenceWhen }[] =>
  (name === undefined ? [] : (alarmNamed(name)?.consequenceOf ?? [])).flatMap(({ service, when }) =>
    (service === undefined ? priceServices : [service]).map((each) => ({ service: each, when })),
  )
