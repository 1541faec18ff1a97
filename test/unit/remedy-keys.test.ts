import { describe, expect, it } from 'vitest'
import { disableKey } from '../../bot/remedy/disable-key.ts'
import { newKey } from '../../bot/remedy/new-key.ts'
import { raiseConcurrency } from '../../bot/remedy/raise-concurrency.ts'
import { lookerOf, remedies } from '../../bot/remedy/remedies.ts'
import type { Seen } from '../../bot/remedy/remedy.ts'
import { undoing } from '../../bot/remedy/write.ts'
import { at } from '../support/incident-builders.ts'

const subject = { id: 'key7', label: 'portfolio-widget' }
const made = { id: 'key9', name: 'portfolio-widget-new-abc' }
const key = (id: string, enabled = true) => ({ id, name: 'portfolio-widget', enabled })
const notYet = (because: string) => ({ is: 'not-yet', because })
const proven = { is: 'proven', shows: {} }

describe('disabling a key', () => {
  it.each<[string, Seen, object]>([
    [
      'that is taken',
      { keys: [key('key1'), key('key7')] },
      {
        possible: true,
        from: 'enabled',
        to: 'disabled',
        write: { target: 'api-key', key: 'key7', expect: 'enabled', write: 'disabled' },
      },
    ],
    ['that is disabled', { keys: [key('key7', false)] }, { possible: false, why: 'already-so', now: 'disabled' }],
    ['that is gone', { keys: [key('key1')] }, { possible: false, why: 'keys-unreadable' }],
    ['when keys cannot be read', {}, { possible: false, why: 'keys-unreadable' }],
  ])('%s', (_what, seen, plan) => {
    expect(disableKey.plan(seen, subject)).toEqual(plan)
  })

  it.each<[string, Seen, object]>([
    ['the gateway takes it still', { gateway: { key7: 'takes' } }, notYet('still-takes-it')],
    ['the gateway refuses it', { gateway: { key7: 'refuses' } }, proven],
    ['another key was asked with', { gateway: { key1: 'refuses' } }, notYet('not-readable')],
    ['nobody could ask', {}, notYet('not-readable')],
  ])('is proven or not: %s', (_what, seen, verdict) => {
    expect(disableKey.verify({ at: at('03:02'), to: 'disabled', updates: [], subject }, seen)).toEqual(verdict)
  })

  it.each<[string, Seen, string | undefined]>([
    ['enabled', { keys: [key('key7')] }, 'enabled'],
    ['disabled', { keys: [key('key7', false)] }, 'disabled'],
    ['gone', { keys: [] }, undefined],
  ])('what counts now: %s', (_what, seen, now) => {
    expect(disableKey.now(seen, { subject })).toBe(now)
  })
})

describe('a new key', () => {
  it('has a name that tells which it replaces, and is planned for no key that is gone', () => {
    expect(newKey.plan({ keys: [key('key7', false)] }, subject)).toEqual({
      possible: true,
      from: 'none',
      to: 'enabled',
      write: { target: 'new-key', replaces: 'key7', name: 'portfolio-widget-new' },
    })
    expect(newKey.plan({ keys: [] }, subject)).toEqual({ possible: false, why: 'keys-unreadable' })
  })

  it.each<[string, Seen, object]>([
    ['the gateway does not know it yet', { gateway: { key9: 'refuses' } }, notYet('still-refuses-it')],
    ['the gateway takes it', { gateway: { key9: 'takes' } }, proven],
    ['the old one was asked with', { gateway: { key7: 'takes' } }, notYet('not-readable')],
  ])('is proven or not: %s', (_what, seen, verdict) => {
    expect(newKey.verify({ at: at('03:02'), to: 'enabled', updates: [], subject, made }, seen)).toEqual(verdict)
  })

  it('is taken back by disabling it, never by deleting it, and not at all before it is known', () => {
    const write = { target: 'new-key', replaces: 'key7', name: 'portfolio-widget-new' } as const
    expect(undoing(write, made)).toEqual({ target: 'api-key', key: 'key9', expect: 'enabled', write: 'disabled' })
    expect(undoing(write, undefined)).toBeUndefined()
    expect(newKey.now({ keys: [{ ...key('key9'), enabled: false }] }, { subject, made })).toBe('disabled')
  })
})

describe('more concurrency', () => {
  const room = (reserved: number | undefined, unreserved: number): Seen => ({
    concurrency: { function: 'api', unreserved, ...(reserved !== undefined && { reserved }) },
  })
  it.each([
    ['twice as many', 50, 900, 100],
    ['as many as the account has room for', 50, 120, 70],
    ['one more', 50, 101, 51],
  ])('%s', (_what, reserved, unreserved, to) => {
    expect(raiseConcurrency.plan(room(reserved, unreserved))).toEqual({
      possible: true,
      from: reserved,
      to,
      write: { target: 'concurrency', function: 'api', expect: reserved, write: to },
    })
  })

  it.each([
    ['nothing is reserved', room(undefined, 1_000), { why: 'none-reserved' }],
    ['it is stopped on purpose', room(0, 1_000), { why: 'none-reserved' }],
    ['the account has no room', room(50, 100), { why: 'no-room', now: 50 }],
    ['it has less than AWS keeps', room(50, 20), { why: 'no-room', now: 50 }],
    ['it cannot be read', {}, { why: 'settings-unreadable' }],
  ])('there is none where %s', (_what, seen, why) => {
    expect(raiseConcurrency.plan(seen)).toEqual({ possible: false, ...why })
  })

  it.each([
    ['nothing was measured since', [[at('03:01'), 0]], notYet('still-throttled')],
    ['one quiet minute', [[at('03:03'), 0]], notYet('still-throttled')],
    [
      'calls are refused still',
      [
        [at('03:03'), 0],
        [at('03:04'), 2],
      ],
      notYet('still-throttled'),
    ],
    [
      'two quiet minutes',
      [
        [at('03:03'), 7],
        [at('03:04'), 0],
        [at('03:05'), 0],
      ],
      proven,
    ],
  ] as const)('is proven or not: %s', (_what, steps, verdict) => {
    const throttles = steps.map(([when, count]) => ({ at: when, count }))
    expect(raiseConcurrency.verify({ at: at('03:02'), to: 100, updates: [] }, { throttles })).toEqual(verdict)
  })

  it('what cannot be read proves nothing; a reservation that was lifted is seen', () => {
    expect(raiseConcurrency.verify({ at: at('03:02'), to: 100, updates: [] }, {})).toEqual(notYet('not-readable'))
    expect(raiseConcurrency.now(room(undefined, 1_000), {})).toBe(0)
    expect(raiseConcurrency.now({}, {})).toBeUndefined()
  })
})

it('whoever may read keys looks at what is about keys, and at nothing else', () => {
  expect(remedies.map(({ name }) => [name, lookerOf(name)])).toEqual([
    ['update-less-often', 'evidence'],
    ['longer-cache', 'evidence'],
    ['other-provider', 'evidence'],
    ['disable-key', 'remedy'],
    ['new-key', 'remedy'],
    ['raise-concurrency', 'evidence'],
    ['maintenance-mode', 'worker'],
  ])
})
