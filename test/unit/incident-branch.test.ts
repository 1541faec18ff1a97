import { describe, expect, it } from 'vitest'
import { branchOf } from '../../bot/incident/branch.ts'
import { kindOf } from '../../bot/incident/error-kind.ts'
import type { ErrorShape } from '../../bot/incident/error-shapes.ts'
import type { Evidence } from '../../bot/incident/evidence.ts'
import { type AttemptFailure, countAttempts } from '../../bot/incident/upstream-seen.ts'
import { aFunction, anAlarm, anEvidence, anIncident, byName, later, noon } from '../support/builders.ts'
import { anErrorShape, deployedAt } from '../support/change-builders.ts'

const found = (name: string, change: Partial<Evidence>) => {
  const likely = branchOf(
    anIncident({
      alarms: byName(anAlarm({ name, listed: name })),
      evidence: anEvidence({ functions: { api: aFunction({ deployments: [] }) }, ...change }),
    }),
  )
  return likely && [likely.branches, likely.because]
}
const justDeployed = { functions: { api: aFunction({ deployments: [deployedAt(-7)] }) } }
const byDeployment = [['after-deployment', 'code'], { is: 'deployed', version: '42', deployedAt: later(-7) }]

describe('the price source fails', () => {
  const attempts = (...reasons: [AttemptFailure, number][]) => ({
    errors: {
      from: noon,
      top: [],
      isWhole: true,
      upstream: {
        provider: 'coingecko',
        total: reasons.reduce((all, [, count]) => all + count, 0),
        reasons: reasons.map(([reason, count]) => ({ reason, count })),
      },
    },
  })
  const most = (branch: string, count: number, total: number) => [
    [branch],
    { is: 'attempts', count, total, provider: 'coingecko' },
  ]
  it.each([
    ['most were 429', attempts(['rate-limited', 41], ['unavailable', 3]), most('429', 41, 44)],
    ['most were 5xx', attempts(['unavailable', 41], ['timed-out', 3]), most('503', 41, 44)],
    [
      'too late and not reached are one case together',
      attempts(['timed-out', 3], ['unreachable', 2], ['unavailable', 4]),
      most('timeout', 5, 9),
    ],
    ['the key is refused', attempts(['refused', 9]), most('401', 9, 9)],
    ['three are enough', attempts(['rate-limited', 3]), most('429', 3, 3)],
    ['two are not', attempts(['rate-limited', 2]), undefined],
    ['half is not most', attempts(['rate-limited', 5], ['unavailable', 5]), undefined],
    ['what the page has no case for', attempts(['malformed', 9]), undefined],
    ['nothing is known', {}, undefined],
  ])('%s', (_title, evidence, expected) => {
    expect(found('ExternalApiErrorAlarm', evidence)).toEqual(expected)
  })

  it('what the source says comes before a deployment of the updater', () => {
    const updater = aFunction({ deployments: [deployedAt(-7)] })
    const both = { ...attempts(['rate-limited', 9]), functions: { updater } }
    expect(found('ExternalApiErrorAlarm', both)).toEqual(most('429', 9, 9))
    expect(found('ExternalApiErrorAlarm', { functions: { updater } })).toEqual(byDeployment)
  })
})

describe('the gateway answers 5xx', () => {
  const statuses = (...counts: [number, number][]) => ({
    requests: {
      from: noon,
      isWhole: true,
      total: 300,
      failed: counts.reduce((all, [, count]) => all + count, 0),
      statuses: counts.map(([status, count]) => ({ status, count })),
      endpoints: [],
      limited: [],
    },
  })
  it.each([
    ['502', statuses([502, 41], [503, 3]), [['502'], { is: 'statuses', count: 41, total: 44 }]],
    ['503', statuses([503, 41], [502, 3]), [['503'], { is: 'statuses', count: 41, total: 44 }]],
    ['504', statuses([504, 3]), [['504'], { is: 'statuses', count: 3, total: 3 }]],
    ['500 is on no page', statuses([500, 41], [503, 3]), undefined],
    ['half of them', statuses([502, 22], [503, 22]), undefined],
    ['a handful', statuses([502, 2]), undefined],
    [
      'a record of before',
      { requests: { from: noon, isWhole: true, total: 9, failed: 9, endpoints: [], limited: [] } },
      undefined,
    ],
    [
      'a deployment comes first: a status does not tell who is at fault',
      { ...statuses([502, 41]), ...justDeployed },
      byDeployment,
    ],
  ])('%s', (_title, evidence, expected) => {
    expect(found('ApiGateway5xxAlarm', evidence)).toEqual(expected)
  })
})

describe('the API fails', () => {
  const shape = (sample: string, count: number, change: Partial<ErrorShape> = {}) =>
    anErrorShape(sample, { count, ...change })
  const late = 'Task timed out after 25.00 seconds'
  const busy = 'ProvisionedThroughputExceededException: too many'
  const ours = "TypeError: Cannot read properties of undefined (reading 'toFixed')"
  const errors = (...top: ErrorShape[]) => ({ errors: { from: noon, top, isWhole: true } })
  it.each([
    ['time-outs', errors(shape(late, 9), shape(ours, 2)), [['timeout'], { is: 'errors', count: 9, total: 11 }]],
    ['the table', errors(shape(busy, 3)), [['table'], { is: 'errors', count: 3, total: 3 }]],
    [
      'the source',
      errors(shape('Error: coingecko does not answer', 4)),
      [['external-api'], { is: 'errors', count: 4, total: 4 }],
    ],
    ['our code, and nothing was deployed', errors(shape(ours, 9)), undefined],
    ['our code, new since a deployment', { ...errors(shape(ours, 9)), ...justDeployed }, byDeployment],
    [
      'the table, although something was deployed',
      { ...errors(shape(busy, 9)), ...justDeployed },
      [['table'], { is: 'errors', count: 9, total: 9 }],
    ],
    ['a warning is no failure', errors(shape(busy, 9, { level: 'warning' })), undefined],
    ['the updater is another', errors(shape(busy, 9, { role: 'updater' })), undefined],
    ['two are a handful', errors(shape(late, 2)), undefined],
    ['half of them', errors(shape(late, 4), shape(ours, 4)), undefined],
  ])('%s', (_title, evidence, expected) => {
    expect(found('LambdaErrorAlarm', evidence)).toEqual(expected)
  })

  it.each([
    [late, 'timeout'],
    [busy, 'table'],
    ['ThrottlingException: rate exceeded', 'table'],
    ['Error: External API ERROR', 'external-api'],
    [ours, 'code'],
    ['ResourceNotFoundException: Requested resource not found', 'code'],
  ])('%s', (sample, kind) => {
    expect(kindOf(sample)).toBe(kind)
  })
})

describe('the table is throttled', () => {
  const requests = (total: number, busiest?: { key: string; count: number }) => ({
    requests: { from: noon, isWhole: true, total, failed: 0, endpoints: [], limited: [], ...(busiest && { busiest }) },
  })
  it.each([
    [
      'one client has most requests',
      requests(240, { key: 'key1', count: 208 }),
      [['hot-partition'], { is: 'requests-of-a-key', count: 208, total: 240, key: 'key1' }],
    ],
    ['nobody has', requests(240, { key: 'key1', count: 120 }), undefined],
    ['of few requests', requests(19, { key: 'key1', count: 19 }), undefined],
    ['nobody sent a key', requests(240), undefined],
  ])('%s', (_title, evidence, expected) => {
    expect(found('DynamoDBThrottleAlarm', evidence)).toEqual(expected)
  })
})

it('an alarm of nobody’s list has no runbook, and no case', () => {
  expect(branchOf(anIncident({ alarms: {}, evidence: anEvidence() }))).toBeUndefined()
})

describe('attempts in the log of the updater', () => {
  const attempt = (provider: string, reason: string, status?: number) => ({
    role: 'updater' as const,
    message: JSON.stringify({
      level: 'WARN',
      message: `External API ERROR: ${provider} gave no prices in usd, ${reason}`,
      provider,
      currency: 'usd',
      reason,
      attempt: 1,
      ...(status !== undefined && { status }),
    }),
  })

  it('are counted by reason, of the source that is asked first', () => {
    const lines = [
      attempt('coingecko', 'rate-limited', 429),
      attempt('coingecko', 'rate-limited', 429),
      attempt('coingecko', 'timed-out'),
      attempt('coinbase', 'unavailable', 503),
    ]
    expect(countAttempts(lines)).toEqual({
      provider: 'coingecko',
      total: 3,
      reasons: [
        { reason: 'rate-limited', count: 2 },
        { reason: 'timed-out', count: 1 },
      ],
    })
  })

  it('as many of both: the first in the log is asked first', () => {
    const lines = [attempt('coingecko', 'unavailable', 503), attempt('coinbase', 'unavailable', 503)]
    expect(countAttempts(lines)?.provider).toBe('coingecko')
  })

  it.each([
    ['no line', []],
    ['another line', [{ role: 'updater' as const, message: '{"level":"INFO","message":"the run is over"}' }]],
    ['a reason that nobody knows', [attempt('coingecko', 'bored')]],
    ['a line that is cut off', [{ role: 'updater' as const, message: '{"message":"External API ERROR' }]],
    ['the same words from the API', [{ ...attempt('coingecko', 'rate-limited'), role: 'api' as const }]],
  ])('%s is none', (_title, lines) => {
    expect(countAttempts(lines)).toBeUndefined()
  })
})
