import { z } from 'zod'
import { AwsError } from '../aws-error.ts'
import { evaluateQueries, type MetricQuery } from '../metrics/metric-math.ts'
import { type Metric, type Metrics, type Statistic, statisticNamed } from '../metrics.ts'
import { epochSeconds, type Operation, operation } from './operation.ts'

export const Dimensions = z.array(z.strictObject({ Name: z.string(), Value: z.string() }))
export const dimensionRecord = (list: z.output<typeof Dimensions>): Record<string, string> =>
  Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]))

export const Query = z.strictObject({
  Id: z.string().regex(/^[a-z]\w*$/),
  MetricStat: z
    .strictObject({
      Metric: z.strictObject({ Namespace: z.string(), MetricName: z.string(), Dimensions: Dimensions.optional() }),
      Period: z.number().multipleOf(60),
      Stat: z.string(),
    })
    .optional(),
  Expression: z.string().optional(),
  Label: z.string().optional(),
  ReturnData: z.boolean().optional(),
  Period: z.number().multipleOf(60).optional(),
})

const GetMetricData = z.strictObject({
  MetricDataQueries: z.array(Query).min(1).max(500),
  StartTime: z.number(),
  EndTime: z.number(),
  ScanBy: z.enum(['TimestampAscending', 'TimestampDescending']).optional(),
  MaxDatapoints: z.number().optional(),
})

const PutMetricData = z.strictObject({
  Namespace: z.string(),
  MetricData: z.array(
    z.strictObject({
      MetricName: z.string(),
      Dimensions: Dimensions.optional(),
      Timestamp: z.number().optional(),
      Value: z.number().optional(),
      Values: z.array(z.number()).optional(),
      Counts: z.array(z.number()).optional(),
      Unit: z.string().optional(),
      StorageResolution: z.number().optional(),
    }),
  ),
})

function statisticOf(text: string): Statistic {
  const statistic = statisticNamed(text)
  if (statistic === undefined) throw new AwsError('ValidationError', `The statistic ${text} is not supported here.`)
  return statistic
}

export function queryOf(query: z.output<typeof Query>): MetricQuery {
  const shared = {
    id: query.Id,
    returnData: query.ReturnData ?? true,
    ...(query.Label !== undefined && { label: query.Label }),
  }
  const { MetricStat, Expression } = query
  if (MetricStat !== undefined && Expression === undefined) {
    const { Namespace, MetricName, Dimensions: list = [] } = MetricStat.Metric
    const metric: Metric = { namespace: Namespace, name: MetricName, dimensions: dimensionRecord(list) }
    return { ...shared, kind: 'statistic', metric, statistic: statisticOf(MetricStat.Stat) }
  }
  if (Expression !== undefined && MetricStat === undefined)
    return { ...shared, kind: 'expression', expression: Expression }
  throw new AwsError('ValidationError', `The query ${query.Id} must have either MetricStat or Expression.`)
}

const labelOf = (query: MetricQuery): string =>
  query.label ?? (query.kind === 'statistic' ? query.metric.name : query.id)

export const getMetricData = (metrics: Metrics): Operation =>
  operation(GetMetricData, ({ MetricDataQueries, StartTime, EndTime, ScanBy, MaxDatapoints = 100_800 }) => {
    if (EndTime <= StartTime)
      throw new AwsError('ValidationError', 'The parameter EndTime must be greater than StartTime.')
    const queries = MetricDataQueries.map(queryOf)
    const periods = MetricDataQueries.map((query) => query.MetricStat?.Period ?? query.Period)
    const shortest = Math.min(...periods.flatMap((period) => period ?? []))
    if (!Number.isFinite(shortest)) throw new AwsError('ValidationError', 'At least one query must have a period.')
    const MetricDataResults = queries.flatMap((query, index) => {
      if (!query.returnData) return []
      const periodSeconds = periods[index] ?? shortest
      // Periods count from the start, which is rounded down to a whole minute: a day may begin at any of them.
      const from = new Date(Math.floor(StartTime / 60) * 60_000)
      const series = evaluateQueries(metrics, queries, { from, to: new Date(EndTime * 1000), periodSeconds })
      const points = (series.get(query.id) ?? []).toSorted((a, b) => a.at.getTime() - b.at.getTime())
      if (ScanBy !== 'TimestampAscending') points.reverse()
      if (points.length > MaxDatapoints)
        throw new AwsError('ValidationError', 'More datapoints than MaxDatapoints: paging is not supported here.')
      return {
        Id: query.id,
        Label: labelOf(query),
        Timestamps: points.map(({ at }) => epochSeconds(at)),
        Values: points.map(({ value }) => value),
        StatusCode: 'Complete',
      }
    })
    return { MetricDataResults, Messages: [] }
  })

export const putMetricData = (metrics: Metrics, now: () => Date): Operation =>
  operation(PutMetricData, ({ Namespace, MetricData }) => {
    for (const { MetricName, Dimensions: list = [], Timestamp, Value, Values, Counts } of MetricData) {
      const at = Timestamp === undefined ? now() : new Date(Timestamp * 1000)
      const values = Values ?? (Value === undefined ? [] : [Value])
      if (values.length === 0) throw new AwsError('MissingRequiredParameterException', `${MetricName} has no value.`)
      values.forEach((value, index) => {
        const count = Counts?.[index] ?? 1
        metrics.put({ namespace: Namespace, name: MetricName, dimensions: dimensionRecord(list), value, at, count })
      })
    }
    return {}
  })
