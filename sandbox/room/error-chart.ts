import { alarms } from '../../common/alarms.ts'
import { dimensionsOf } from '../../common/metric-dimensions.ts'
import type { FunctionRole } from '../../common/names.ts'
import type { Cloud } from '../cloud/cloud.ts'
import type { Recorded } from './record.ts'
import type { ErrorChart } from './room.ts'
import { authorOf, shareWords } from './version-words.ts'

const minuteMs = 60_000
const shownMinutes = 45

const definition = alarms.find(({ name }) => name === 'LambdaErrorAlarm') ?? alarms[0]

/** Calls and errors of one function in one minute. */
export interface MinuteOfCalls {
  /** The start of the minute. */
  at: string
  calls: number
  /** Percent; null without calls. */
  percent: number | null
}

/** The last whole minutes of a function, oldest first: the metrics that the alarm divides. */
export function minutesOf(
  { metrics, stage }: Pick<Cloud, 'metrics' | 'stage'>,
  role: FunctionRole,
  now: Date,
  count: number,
): MinuteOfCalls[] {
  const end = Math.floor(now.getTime() / minuteMs) * minuteMs
  const from = new Date(end - count * minuteMs)
  const dimensions = dimensionsOf(`${role} function`, stage)
  const sums = (name: string) => {
    const points = metrics.statistic({ namespace: 'AWS/Lambda', name, dimensions }, 'Sum', from, new Date(end), 60)
    return new Map(points.map(({ at, value }) => [at.getTime(), value]))
  }
  const [errors, invocations] = [sums('Errors'), sums('Invocations')]
  return Array.from({ length: count }, (_, index) => {
    const at = from.getTime() + index * minuteMs
    const calls = invocations.get(at) ?? 0
    const percent = calls === 0 ? null : (100 * (errors.get(at) ?? 0)) / calls
    return { at: new Date(at).toISOString(), calls, percent }
  })
}

function marksOf(cloud: Cloud, record: Recorded, from: string): ErrorChart['marks'] {
  const api = cloud.names.functions.api
  const deployments = cloud.deployments
    .list()
    .filter(({ function: name, creator }) => name === api && creator === 'user')
    .map(({ targetVersion, description, startedAt, createdAt }) => {
      const author = authorOf(description)
      const text = `v${targetVersion}${author ? ` by ${author}` : ''}`
      return { at: startedAt ?? createdAt, kind: 'deployment' as const, text }
    })
  const turns = record.turns
    .filter(({ alarm, to }) => alarm === cloud.alarmName('LambdaErrorAlarm') && to !== 'INSUFFICIENT_DATA')
    .map(({ at, to }) => ({
      at,
      kind: to === 'ALARM' ? ('alarm' as const) : ('ok' as const),
      text: to === 'ALARM' ? 'alarm rings' : 'alarm OK',
    }))
  // Back by the bot, by CodeDeploy or by hand: to an older version than the one before.
  const rollbacks = record.moves
    .filter(({ function: name, from: old, to }) => {
      return name === api && old !== undefined && newest(to) < newest(old)
    })
    .map(({ at, to, by }) => {
      const who = { 'a client': 'rolled back', CodeDeploy: 'CodeDeploy went back', 'an operator': 'moved by hand' }[by]
      return { at, kind: 'rollback' as const, text: `${who} to ${shareWords(to)}` }
    })
  return [...deployments, ...turns, ...rollbacks]
    .filter(({ at }) => at >= from)
    .sort((a, b) => a.at.localeCompare(b.at))
}

const newest = ({ version, weights }: { version: string; weights: object }): number =>
  Math.max(Number(version), ...Object.keys(weights).map(Number))

/** The API's error rate over the last 45 minutes, with what happened meanwhile. */
export function errorChart(cloud: Cloud, record: Recorded, now: Date): ErrorChart {
  const points = minutesOf(cloud, 'api', now, shownMinutes).map(({ at, percent }) => ({ at, percent }))
  return { points, threshold: definition.threshold, marks: marksOf(cloud, record, points[0]?.at ?? '') }
}
