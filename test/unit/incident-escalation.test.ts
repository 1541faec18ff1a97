import { describe, expect, it } from 'vitest'
import {
  acknowledges,
  at,
  because,
  clears,
  deploymentChanges,
  effectsOf,
  escalates,
  fires,
  later,
  minute,
  play,
  readsEvidence,
  resolves,
  type Step,
} from '../support/incident-builders.ts'

const noon = at('03:00')

describe('nobody acknowledges', () => {
  it.each([
    ['a Critical incident after 15 minutes', 'Critical', at('03:15')],
    ['a High incident after an hour', 'High', at('04:00')],
    ['a Medium incident at the end of the working day', 'Medium', at('09:00')],
  ] as const)('%s', (_title, severity, due) => {
    const { next } = play(fires('Unlisted', noon, { severity })).escalation
    expect(next).toEqual({ due, level: 2, why: 'not-acknowledged' })
  })

  it('a Low incident never', () => {
    const low = play(fires('Unlisted', noon, { severity: 'Low' }), minute('2026-12-24T00:00:00.000Z'))
    expect(low.escalation).toMatchObject({ level: 1, next: { nothingDue: 'low-severity' } })
  })

  const critical = play(fires('Unlisted', noon, { severity: 'Critical' }), readsEvidence(at('03:14:50')))
  it.each<[string, Step[], number]>([
    ['a second before the time is up, nothing', [minute(at('03:14:59'))], 1],
    ['when the time is up, level 2', [minute(at('03:15'))], 2],
    ['acknowledged a second before, nothing', [acknowledges('U1', at('03:14:59')), minute(at('03:15'))], 1],
    ['cleared a second before, nothing', [clears('Unlisted', at('03:14:59')), minute(at('03:15'))], 1],
    ['resolved a second before, nothing', [resolves('U1', at('03:14:59')), minute(at('03:15'))], 1],
    ['a sweep that was missed is made up for by any event', [deploymentChanges(at('03:21'))], 2],
    ['two sweeps at once escalate once', [minute(at('03:15')), minute(at('03:15'))], 2],
  ])('%s', (_title, steps, level) => {
    expect(later(critical, ...steps).escalation.level).toBe(level)
  })

  it('an alarm that flaps buys no time: open since 03:00, level 2 at 03:15', () => {
    const flaps = later(
      critical,
      clears('Unlisted', at('03:10')),
      fires('Unlisted', at('03:12'), { severity: 'Critical' }),
    )
    expect(flaps.escalation.next).toEqual({ due: at('03:15'), level: 2, why: 'not-acknowledged' })
    expect(later(flaps, minute(at('03:15'))).escalation).toMatchObject({ level: 2, since: at('03:15') })
  })

  it('quiet at 03:15 and ringing again at 03:16, it goes up at 03:16', () => {
    const quiet = later(critical, clears('Unlisted', at('03:14')), minute(at('03:15')))
    expect(quiet.escalation.level).toBe(1)
    expect(later(quiet, fires('Unlisted', at('03:16'), { severity: 'Critical' })).escalation).toMatchObject({
      level: 2,
      since: at('03:16'),
    })
  })

  it('the end of what made it Critical at 05:00 hurries nobody: it is due at 05:15, not since the milder alarm', () => {
    const graver = play(
      fires('QueueAge', noon, { severity: 'Medium' }),
      fires('Unlisted', at('05:00'), { severity: 'Critical' }),
      clears('Unlisted', at('05:05')),
    )
    expect(graver.escalation).toMatchObject({ level: 1, next: { due: at('05:15'), why: 'not-acknowledged' } })
  })

  it('the step is paged, shown and told once, and says why', () => {
    expect(because(critical, minute(at('03:15')))).toBe('an escalation is due; not-acknowledged')
    expect(effectsOf(critical, minute(at('03:15:30')))).toEqual([
      { kind: 'page', level: 2, why: 'not-acknowledged', at: at('03:15:30') },
      { kind: 'show' },
      { kind: 'reply', say: { say: 'escalated', level: 2, why: 'not-acknowledged' } },
    ])
    const { timeline } = later(critical, minute(at('03:15')))
    expect(timeline.at(-1)).toMatchObject({ what: 'escalated', about: 'level 2: not-acknowledged' })
  })

  it('an owned incident of an alarm without a duration has nothing due', () => {
    expect(later(critical, acknowledges('U1', at('03:05'))).escalation.next).toEqual({ nothingDue: 'owned' })
  })
})

describe('an acknowledged alarm lasts', () => {
  it.each([
    ['LambdaErrorAlarm', at('03:15')],
    ['ApiGateway5xxAlarm', at('03:10')],
    ['LambdaThrottleAlarm', at('03:03')],
    ['ApiLatencyP95Alarm', at('04:00')],
    ['ExternalApiErrorAlarm', at('04:00')],
    ['DynamoDBThrottleAlarm', at('03:30')],
    ['PricesStaleAlarm', at('03:30')],
  ])('%s, until %s', (name, due) => {
    const owned = play(fires(name, noon), acknowledges('U1', at('03:01')))
    expect(owned.escalation.next).toEqual({ due, level: 2, why: 'alarm-lasts' })
    expect(later(owned, minute(due)).escalation).toMatchObject({ level: 2, since: due, why: 'alarm-lasts' })
  })

  it('the first of several counts', () => {
    const both = play(
      fires('LambdaErrorAlarm', noon),
      fires('ApiGateway5xxAlarm', at('03:04')),
      acknowledges('U1', at('03:05')),
    )
    expect(both.escalation.next).toEqual({ due: at('03:14'), level: 2, why: 'alarm-lasts' })
    // Once that one is quiet, the other still has its own duration.
    expect(later(both, clears('ApiGateway5xxAlarm', at('03:06'))).escalation.next).toMatchObject({ due: at('03:15') })
  })

  it('counts from the latest firing, not from the first', () => {
    const flapped = play(
      fires('LambdaErrorAlarm', noon),
      acknowledges('U1', at('03:01')),
      clears('LambdaErrorAlarm', at('03:05')),
      fires('LambdaErrorAlarm', at('03:07')),
    )
    expect(flapped.escalation.next).toEqual({ due: at('03:22'), level: 2, why: 'alarm-lasts' })
  })
})

describe('level 3', () => {
  const second = play(fires('LambdaErrorAlarm', noon), escalates('U1', 2, at('03:05')))

  it('comes 60 minutes after level 2, whoever owns the incident', () => {
    const owned = later(second, acknowledges('U1', at('03:06')))
    expect(owned.escalation.next).toEqual({ due: at('04:05'), level: 3, why: 'level-2-lasts' })
    expect(later(owned, minute(at('04:04:59'))).escalation.level).toBe(2)
    expect(later(owned, minute(at('04:05'))).escalation).toMatchObject({
      level: 3,
      since: at('04:05'),
      why: 'level-2-lasts',
      next: { nothingDue: 'top-level' },
    })
  })

  it('does not come while it recovers, nor after the end', () => {
    const quiet = later(second, clears('LambdaErrorAlarm', at('04:04')))
    expect(later(quiet, minute(at('04:06'))).escalation.level).toBe(2)
    expect(later(quiet, minute(at('04:09')), minute(at('05:09')))).toMatchObject({
      status: 'resolved',
      escalation: { level: 2 },
    })
  })

  it('is the last', () => {
    const third = later(second, escalates('U1', 3, at('03:10')))
    expect(later(third, minute('2026-11-24T03:00:00.000Z')).escalation.level).toBe(3)
  })
})
