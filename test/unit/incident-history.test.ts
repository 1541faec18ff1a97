import { expect, it } from 'vitest'
import { historyEntry } from '../../bot/incident/history.ts'
import { anIncident, aResolvedIncident } from '../support/builders.ts'
import {
  acknowledges,
  at,
  because,
  clears,
  effectsOf,
  fires,
  later,
  minute,
  pendingId,
  play,
  readsEvidence,
  reports,
  resolves,
} from '../support/incident-builders.ts'

const over = () =>
  play(
    fires('LambdaErrorAlarm', at('03:00')),
    fires('ApiGateway5xxAlarm', at('03:01')),
    readsEvidence(at('03:01')),
    acknowledges('U1', at('03:04')),
    clears('LambdaErrorAlarm', at('03:10')),
    fires('LambdaErrorAlarm', at('03:11')),
    clears('LambdaErrorAlarm', at('03:12')),
    clears('ApiGateway5xxAlarm', at('03:12')),
    minute(at('03:17')),
  )

it('an incident that is over is told in a few facts', () => {
  const message = { channel: 'C1', ts: '1.1' }
  expect(historyEntry({ ...over(), message, revision: 9 })).toEqual({
    id: 'api-20261123T030000Z',
    service: 'api',
    severity: 'Critical',
    lead: { name: 'ApiGateway5xxAlarm', listed: 'ApiGateway5xxAlarm' },
    openedAt: at('03:00'),
    acknowledgedAt: at('03:04'),
    resolvedAt: at('03:17'),
    reopened: 0,
    // The 5xx alarm rang for ten minutes.
    level: 2,
    alarms: [
      { name: 'LambdaErrorAlarm', listed: 'LambdaErrorAlarm', fired: 2 },
      { name: 'ApiGateway5xxAlarm', listed: 'ApiGateway5xxAlarm', fired: 1 },
    ],
    message,
    revision: 9,
  })
})

it('one that goes on is no history', () => {
  expect(historyEntry(anIncident())).toBeUndefined()
})

it('the first to take it counts, also after it came back', () => {
  const again = later(
    over(),
    fires('LambdaErrorAlarm', at('03:20')),
    clears('LambdaErrorAlarm', at('03:25')),
    minute(at('03:30')),
  )
  expect(historyEntry(again)).toMatchObject({ reopened: 1, acknowledgedAt: at('03:04'), resolvedAt: at('03:30') })
})

it('a record from before this was kept takes the moment of its owner', () => {
  const { owner: _none, ...bare } = aResolvedIncident()
  expect(historyEntry(bare)).not.toHaveProperty('acknowledgedAt')
  const owned = play(fires('LambdaErrorAlarm', at('03:00')), acknowledges('U1', at('03:05')))
  const { acknowledgedAt: _old, ...older } = owned
  expect(later(older, resolves('U1', at('03:06'))).acknowledgedAt).toBe(at('03:05'))
})

it('what changes after the end is archived once more, and what history does not tell is not', () => {
  const archived = later(over(), reports('archive', { is: 'done' }, at('03:18')))
  expect(archived).toMatchObject({ archived: true })
  expect(pendingId(archived, 'archive')).toBeUndefined()
  // A late clear is nothing that history tells.
  expect(effectsOf(archived, clears('ApiGateway5xxAlarm', at('03:19')))).toEqual([])
  const shown = reports('show', { is: 'shown', channel: 'C1', ts: '2.2', look: 99 }, at('03:20'))
  expect(because(archived, shown)).toBe('the message is up')
  expect(effectsOf(archived, shown)).toEqual([{ kind: 'archive' }])
  const twice = later(later(archived, shown), reports('archive', { is: 'done' }, at('03:21')))
  expect(pendingId(twice, 'archive')).toBeUndefined()
})
