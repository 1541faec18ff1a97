import { describe, expect, it } from 'vitest'
import {
  acknowledges,
  at,
  clears,
  deployment,
  deploymentChanges,
  fires,
  functionEvidence,
  later,
  minute,
  play,
  reading,
  readsEvidence,
  sweepReads,
} from '../support/incident-builders.ts'

const noon = at('03:00')

describe('an alarm grows past its second value', () => {
  const owned = play(
    fires('LambdaErrorAlarm', noon),
    readsEvidence(at('03:00:05'), { readings: [] }),
    acknowledges('U1', at('03:00:30')),
  )
  const sweeps = (...values: [string, number][]) =>
    later(owned, ...values.flatMap(([when, value]) => sweepReads('LambdaErrorAlarm', value, at(when))))

  it.each<[string, [string, number][], number]>([
    [
      'two sweeps in a row above 10 %',
      [
        ['03:02', 11],
        ['03:03', 12],
      ],
      2,
    ],
    [
      'one spike',
      [
        ['03:02', 40],
        ['03:03', 9],
      ],
      1,
    ],
    [
      'exactly the second value',
      [
        ['03:02', 10],
        ['03:03', 10],
      ],
      1,
    ],
    [
      'two spikes with a calm sweep between',
      [
        ['03:02', 40],
        ['03:03', 9],
        ['03:04', 40],
      ],
      1,
    ],
  ])('%s', (_title, values, level) => {
    expect(sweeps(...values).escalation.level).toBe(level)
  })

  it('two readings of the same minute are one spike', () => {
    const spike = { readings: [reading('LambdaErrorAlarm', 40, at('03:02'))] }
    const echo = { readings: [reading('LambdaErrorAlarm', 40, at('03:02:20'))] }
    const twice = later(
      owned,
      minute(at('03:02')),
      readsEvidence(at('03:02'), spike),
      deploymentChanges(at('03:02:20')),
      readsEvidence(at('03:02:20'), echo),
    )
    expect(twice.escalation.level).toBe(1)
    expect(later(twice, ...sweepReads('LambdaErrorAlarm', 40, at('03:03:20'))).escalation).toMatchObject({
      level: 2,
      why: 'alarm-grew',
    })
  })

  it('an alarm told twice without a clear goes on counting', () => {
    const told = later(sweeps(['03:02', 40]), fires('LambdaErrorAlarm', at('03:02:20')))
    const echo = { readings: [reading('LambdaErrorAlarm', 40, at('03:02:30'))] }
    expect(later(told, readsEvidence(at('03:02:30'), echo)).escalation.level).toBe(1)
    expect(later(told, ...sweepReads('LambdaErrorAlarm', 40, at('03:03:20'))).escalation.level).toBe(2)
  })

  it('an alarm without a second value cannot', () => {
    const throttled = play(fires('DynamoDBThrottleAlarm', noon), readsEvidence(noon), acknowledges('U1', noon))
    const grown = later(
      throttled,
      ...sweepReads('DynamoDBThrottleAlarm', 999, at('03:02')),
      ...sweepReads('DynamoDBThrottleAlarm', 999, at('03:03')),
    )
    expect(grown.escalation.level).toBe(1)
    expect(grown.alarms.DynamoDBThrottleAlarm?.value).toBe(999)
  })

  it('a clear in between begins the count anew', () => {
    const again = later(
      sweeps(['03:02', 40]),
      clears('LambdaErrorAlarm', at('03:02:30')),
      fires('LambdaErrorAlarm', at('03:02:40')),
      readsEvidence(at('03:03'), { readings: [reading('LambdaErrorAlarm', 40, at('03:03'))] }),
    )
    expect(again.alarms.LambdaErrorAlarm?.sweepsAbove).toBe(1)
    expect(again.escalation.level).toBe(1)
  })

  it('a sweep that measured nothing says nothing about either', () => {
    const nothing = { readings: [{ alarm: 'LambdaErrorAlarm', requests: 0, at: at('03:03') }] }
    const gap = later(sweeps(['03:02', 40]), minute(at('03:03')), readsEvidence(at('03:03'), nothing))
    expect(gap.alarms.LambdaErrorAlarm).toMatchObject({ value: 40, sweepsAbove: 1 })
  })
})

describe('an automatic rollback fails', () => {
  const undo = (status: string) =>
    functionEvidence({
      deployments: [
        deployment('d-43', '42', '41', at('03:01'), { undoes: 'd-42', status }),
        deployment('d-42', '41', '42', at('02:50')),
      ],
    })
  const owned = play(fires('LambdaThrottleAlarm', noon), acknowledges('U1', at('03:01')))

  it.each([
    ['Failed', 2, 'automatic-rollback-failed'],
    ['Stopped', 2, 'automatic-rollback-failed'],
    ['InProgress', 1, 'automatic-rollback-started'],
    ['Succeeded', 1, 'automatic-rollback-succeeded'],
  ])('%s leads to level %i', (status, level, what) => {
    const read = later(owned, readsEvidence(at('03:02'), { functions: { api: undo(status) } }))
    expect(read.escalation.level).toBe(level)
    expect(read.timeline).toContainEqual(expect.objectContaining({ what, about: 'd-43' }))
  })

  it('pages at once, and is told once however often it is read', () => {
    const evidence = { functions: { api: undo('Failed') } }
    const failed = later(owned, readsEvidence(at('03:02'), evidence))
    expect(failed.escalation).toMatchObject({ since: at('03:02'), why: 'automatic-rollback-failed' })
    const again = later(failed, minute(at('03:03')), readsEvidence(at('03:03'), evidence))
    expect(again.pending.filter(({ effect }) => effect.kind === 'reply')).toHaveLength(
      failed.pending.filter(({ effect }) => effect.kind === 'reply').length,
    )
  })
})
