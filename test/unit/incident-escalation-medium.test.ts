import { describe, expect, it } from 'vitest'
import type { OfficeHours } from '../../bot/incident/office-hours.ts'
import {
  acknowledges,
  clears,
  escalates,
  fires,
  holds,
  later,
  minute,
  play,
  playAll,
} from '../support/incident-builders.ts'

const slow = 'ApiLatencyP95Alarm'
const medium = { severity: 'Medium' } as const

describe('a Medium incident waits for office hours', () => {
  it.each([
    // Tokyo is nine hours ahead of UTC all year.
    ['slow since Saturday 02:00: Monday 09:00', slow, '2026-11-27T17:00:00.000Z', '2026-11-30T00:00:00.000Z'],
    [
      'slow since Friday 17:30: 18:00, before its hour is over',
      slow,
      '2026-11-27T08:30:00.000Z',
      '2026-11-27T09:00:00.000Z',
    ],
    ['slow since Wednesday 10:00: 11:00 that day', slow, '2026-11-25T01:00:00.000Z', '2026-11-25T02:00:00.000Z'],
    ['any other on Wednesday 10:00: 18:00 that day', 'Disk', '2026-11-25T01:00:00.000Z', '2026-11-25T09:00:00.000Z'],
    ['any other on Wednesday 18:00: Thursday 18:00', 'Disk', '2026-11-25T09:00:00.000Z', '2026-11-26T09:00:00.000Z'],
    ['any other on Saturday 02:00: Monday 18:00', 'Disk', '2026-11-27T17:00:00.000Z', '2026-11-30T09:00:00.000Z'],
  ])('%s', (_title, name, firedAt, due) => {
    expect(play(fires(name, firedAt, medium)).escalation.next).toMatchObject({ due, level: 2 })
  })

  it('nobody is paged at the weekend, and the developers on Monday at 09:00', () => {
    const saturday = play(fires(slow, '2026-11-27T17:00:00.000Z'), acknowledges('U1', '2026-11-27T17:10:00.000Z'))
    expect(later(saturday, minute('2026-11-29T23:59:00.000Z')).escalation.level).toBe(1)
    expect(later(saturday, minute('2026-11-30T00:00:00.000Z')).escalation.level).toBe(2)
  })

  it('management is asked within office hours too', () => {
    // Escalated on Wednesday at 17:30 in Tokyo: an hour later is after hours.
    const second = play(fires(slow, '2026-11-25T08:00:00.000Z'), escalates('U1', 2, '2026-11-25T08:30:00.000Z'))
    expect(second.escalation.next).toEqual({ due: '2026-11-26T00:00:00.000Z', level: 3, why: 'level-2-lasts' })
  })

  it('a hold at 17:50 is over at 18:05, when nobody is there: Thursday at 09:00', () => {
    // On Wednesday in Tokyo.
    const held = play(fires('Disk', '2026-11-25T01:00:00.000Z', medium), holds('U1', '2026-11-25T08:50:00.000Z'))
    expect(held.escalation.next).toMatchObject({ due: '2026-11-26T00:00:00.000Z', level: 2 })
    expect(later(held, minute('2026-11-25T09:05:00.000Z')).escalation.level).toBe(1)
    expect(later(held, minute('2026-11-26T00:00:00.000Z')).escalation.level).toBe(2)
  })

  it('quiet at 18:00 and ringing again at 18:01, it waits for Thursday at 09:00', () => {
    const disk = (when: string) => fires('Disk', when, medium)
    const again = play(
      disk('2026-11-25T01:00:00.000Z'),
      clears('Disk', '2026-11-25T08:58:00.000Z'),
      disk('2026-11-25T09:01:00.000Z'),
    )
    expect(again.escalation).toMatchObject({ level: 1, next: { due: '2026-11-26T00:00:00.000Z' } })
  })

  it('a Critical one does not wait', () => {
    const saturday = play(fires('Unlisted', '2026-11-27T17:00:00.000Z', { severity: 'Critical' }))
    expect(saturday.escalation.next).toMatchObject({ due: '2026-11-27T17:15:00.000Z' })
  })

  it('office hours are a setting', () => {
    const berlin: OfficeHours = { zone: 'Europe/Berlin', open: 8, close: 16 }
    const { incident } = playAll([fires(slow, '2026-11-27T17:00:00.000Z')], undefined, berlin)
    expect(incident?.escalation.next).toMatchObject({ due: '2026-11-30T07:00:00.000Z' })
  })
})
