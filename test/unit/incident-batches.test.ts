import { expect, it } from 'vitest'
import { decideAll } from '../../bot/incident/decide.ts'
import { tokyoOfficeHours } from '../../bot/incident/office-hours.ts'
import { acknowledges, at, clears, fires, happenings, later, pendingId, play } from '../support/incident-builders.ts'

it('events of one batch are decided one on the other, each with its own reason', () => {
  const { incident, decisions } = decideAll(
    undefined,
    [
      fires('LambdaErrorAlarm', at('03:00')),
      fires('LambdaErrorAlarm', at('03:00')),
      fires('ApiGateway5xxAlarm', at('03:01')),
      clears('LambdaErrorAlarm', at('03:02')),
    ],
    tokyoOfficeHours,
  )
  expect(decisions.map(({ because }) => because)).toEqual([
    'an alarm fired',
    'already-known',
    'an alarm fired',
    'an alarm cleared',
  ])
  expect(incident).toMatchObject({ status: 'open', severity: 'Critical' })
})

it('a batch about nothing leaves nothing', () => {
  expect(decideAll(undefined, [clears('LambdaErrorAlarm', at('03:00'))], tokyoOfficeHours)).toEqual({
    incident: undefined,
    decisions: [{ because: 'nothing-open', ignored: true }],
  })
})

it('a reply that Slack will never take is struck off, and the timeline keeps that it was left out', () => {
  const owned = play(fires('LambdaErrorAlarm', at('03:00')), acknowledges('U1', at('03:01')))
  const left = later(owned, (incident) => ({
    type: 'effect-done',
    at: at('03:02'),
    effect: pendingId(incident, 'reply') ?? '',
    outcome: { is: 'undeliverable', why: 'msg_too_long' },
  }))
  expect(left.pending.map(({ effect }) => effect.kind)).not.toContain('reply')
  expect(happenings(left).at(-1)).toBe('reply-left-out')
})
