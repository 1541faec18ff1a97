import { z } from 'zod'
import { AwsError } from '../aws-error.ts'
import { type Datapoint, Metric, type Metrics, Statistic } from '../metrics.ts'
import { type Expression, type Operator, parseExpression } from './expression.ts'

const shared = { id: z.string(), returnData: z.boolean(), label: z.string().optional() }

/** One line of an alarm's or a caller's query: a metric's statistic, or an expression over other lines. */
export const MetricQuery = z.discriminatedUnion('kind', [
  z.object({ ...shared, kind: z.literal('statistic'), metric: Metric, statistic: Statistic }),
  z.object({ ...shared, kind: z.literal('expression'), expression: z.string() }),
])
export type MetricQuery = z.output<typeof MetricQuery>

/** Values by the start of their period. */
type Series = ReadonlyMap<number, number>
type Value = number | Series | readonly (number | Series)[]

const isList = (value: Value): value is readonly (number | Series)[] => Array.isArray(value)

function calculate(operator: Operator, a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      // CloudWatch drops a datapoint that was divided by zero.
      return b === 0 ? undefined : a / b
    case '<':
      return Number(a < b)
    case '<=':
      return Number(a <= b)
    case '>':
      return Number(a > b)
    case '>=':
      return Number(a >= b)
    case '==':
      return Number(a === b)
    case '!=':
      return Number(a !== b)
    default:
      return operator satisfies never
  }
}

/** Evaluates queries for the periods from `from` to `to`; answers the series of every query by id. */
export function evaluateQueries(
  metrics: Metrics,
  queries: readonly MetricQuery[],
  range: { from: Date; to: Date; periodSeconds: number },
): ReadonlyMap<string, Datapoint[]> {
  const { from, to, periodSeconds } = range
  const grid: number[] = []
  for (let at = from.getTime(); at < to.getTime(); at += periodSeconds * 1000) grid.push(at)
  const results = new Map<string, Series>()
  const underWay = new Set<string>()

  const at = (value: number | Series, time: number) => (typeof value === 'number' ? value : value.get(time))

  /** Combines values period by period; a period that lacks one of them is dropped. */
  function combine(values: readonly Value[], how: (...numbers: number[]) => number | undefined): number | Series {
    const flat = values.map((value) => {
      if (isList(value)) throw new AwsError('ValidationError', 'A list of metrics stands where one is needed.')
      return value
    })
    if (flat.every((value) => typeof value === 'number')) return how(...flat) ?? 0
    const combined = new Map<number, number>()
    for (const time of grid) {
      const numbers = flat.flatMap((value) => at(value, time) ?? [])
      const result = numbers.length === flat.length ? how(...numbers) : undefined
      if (result !== undefined) combined.set(time, result)
    }
    return combined
  }

  function sum(of: Value): Series {
    const total = new Map<number, number>()
    for (const time of grid) {
      const numbers = (isList(of) ? of : [of]).flatMap((value) => at(value, time) ?? [])
      if (numbers.length > 0)
        total.set(
          time,
          numbers.reduce((a, b) => a + b, 0),
        )
    }
    return total
  }

  function call(name: 'IF' | 'FILL' | 'SUM', of: readonly Expression[]): Value {
    const [first, second, third] = of
    const wrong = () => new AwsError('ValidationError', `${name} has a wrong number of arguments.`)
    switch (name) {
      case 'IF':
        if (!first || !second || !third || of.length !== 3) throw wrong()
        return combine([value(first), value(second), value(third)], (test, yes, no) => (test !== 0 ? yes : no))
      case 'FILL': {
        if (!first || !second || of.length !== 2) throw wrong()
        const [series, filling] = [value(first), value(second)]
        if (isList(series) || isList(filling)) throw wrong()
        return new Map(
          grid.flatMap((time) => {
            const found = at(series, time) ?? at(filling, time)
            return found === undefined ? [] : [[time, found] as const]
          }),
        )
      }
      case 'SUM':
        if (!first || of.length !== 1) throw wrong()
        return sum(value(first))
      default:
        return name satisfies never
    }
  }

  function value(expression: Expression): Value {
    switch (expression.kind) {
      case 'number':
        return expression.value
      case 'reference':
        return seriesOf(expression.id)
      case 'negative':
        return combine([value(expression.of)], (n) => (n === undefined ? undefined : -n))
      case 'binary': {
        const { operator, left, right } = expression
        return combine([value(left), value(right)], (a, b) =>
          a === undefined || b === undefined ? undefined : calculate(operator, a, b),
        )
      }
      case 'list':
        return expression.of.flatMap((each) => {
          const one = value(each)
          return isList(one) ? [...one] : [one]
        })
      case 'call':
        return call(expression.name, expression.of)
      default:
        return expression satisfies never
    }
  }

  function seriesOf(id: string): Series {
    const known = results.get(id)
    if (known !== undefined) return known
    const query = queries.find((each) => each.id === id)
    if (query === undefined || underWay.has(id))
      throw new AwsError('ValidationError', `The expression refers to ${id}, which is not defined or refers to itself.`)
    underWay.add(id)
    const series = read(query)
    results.set(id, series)
    return series
  }

  function read(query: MetricQuery): Series {
    switch (query.kind) {
      case 'statistic': {
        const points = metrics.statistic(query.metric, query.statistic, from, to, periodSeconds)
        return new Map(points.map((point) => [point.at.getTime(), point.value]))
      }
      case 'expression': {
        const result = value(parseExpression(query.expression))
        if (isList(result)) throw new AwsError('ValidationError', 'An expression must give one time series.')
        return typeof result === 'number' ? new Map(grid.map((time) => [time, result])) : result
      }
      default:
        return query satisfies never
    }
  }

  return new Map(
    queries.map(({ id }) => [id, [...seriesOf(id)].map(([time, number]) => ({ at: new Date(time), value: number }))]),
  )
}
