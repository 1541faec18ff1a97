import { describe, expect, it } from 'vitest'
import {
  endOfWorkingDay,
  isWorkingTime,
  type OfficeHours,
  tokyoOfficeHours,
  workingTimeFrom,
} from '../../bot/incident/office-hours.ts'

const berlin: OfficeHours = { zone: 'Europe/Berlin', open: 9, close: 18 }
const newYork: OfficeHours = { zone: 'America/New_York', open: 9, close: 17 }
const kolkata: OfficeHours = { zone: 'Asia/Kolkata', open: 9, close: 18 }
const always: OfficeHours = { zone: 'UTC', open: 0, close: 24 }

describe('the first working moment', () => {
  it.each([
    ['Tokyo, Monday 08:59 waits a minute', tokyoOfficeHours, '2026-11-22T23:59:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['Tokyo, Monday 09:00 is working time', tokyoOfficeHours, '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['Tokyo, noon stays as it is', tokyoOfficeHours, '2026-11-23T03:00:00.123Z', '2026-11-23T03:00:00.123Z'],
    ['Tokyo, 17:59:59 stays', tokyoOfficeHours, '2026-11-23T08:59:59.999Z', '2026-11-23T08:59:59.999Z'],
    ['Tokyo, 18:00 waits for the morning', tokyoOfficeHours, '2026-11-23T09:00:00.000Z', '2026-11-24T00:00:00.000Z'],
    ['Tokyo, Friday 18:00 waits for Monday', tokyoOfficeHours, '2026-11-27T09:00:00.000Z', '2026-11-30T00:00:00.000Z'],
    ['Tokyo, Saturday noon waits for Monday', tokyoOfficeHours, '2026-11-28T03:00:00.000Z', '2026-11-30T00:00:00.000Z'],
    ['Tokyo, Sunday 23:59 waits for Monday', tokyoOfficeHours, '2026-11-29T14:59:00.000Z', '2026-11-30T00:00:00.000Z'],
    ['Tokyo, over the turn of the year', tokyoOfficeHours, '2027-01-01T09:00:00.000Z', '2027-01-04T00:00:00.000Z'],
    ['Berlin, a winter morning', berlin, '2026-01-14T06:00:00.000Z', '2026-01-14T08:00:00.000Z'],
    ['Berlin, a summer morning', berlin, '2026-07-15T06:00:00.000Z', '2026-07-15T07:00:00.000Z'],
    ['Berlin, the weekend clocks go forward', berlin, '2026-03-27T17:00:00.000Z', '2026-03-30T07:00:00.000Z'],
    ['Berlin, the weekend clocks go back', berlin, '2026-10-23T16:00:00.000Z', '2026-10-26T08:00:00.000Z'],
    ['New York, the weekend clocks go forward', newYork, '2026-03-06T22:00:00.000Z', '2026-03-09T13:00:00.000Z'],
    ['New York, the weekend clocks go back', newYork, '2026-10-30T21:00:00.000Z', '2026-11-02T14:00:00.000Z'],
    ['New York, the hour that comes twice', newYork, '2026-11-01T05:30:00.000Z', '2026-11-02T14:00:00.000Z'],
    ['Kolkata, half an hour off the hour', kolkata, '2026-11-23T03:00:00.000Z', '2026-11-23T03:30:00.000Z'],
    ['around the clock, but not at the weekend', always, '2026-11-27T23:59:00.000Z', '2026-11-27T23:59:00.000Z'],
    ['around the clock, from Saturday', always, '2026-11-28T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
  ])('%s', (_title, hours, at, expected) => {
    expect(workingTimeFrom(at, hours)).toBe(expected)
    expect(isWorkingTime(at, hours)).toBe(at === expected)
  })
})

describe('the end of the working day', () => {
  it.each([
    ['Tokyo, before it began', tokyoOfficeHours, '2026-11-22T20:00:00.000Z', '2026-11-23T09:00:00.000Z'],
    ['Tokyo, at noon', tokyoOfficeHours, '2026-11-23T03:00:00.000Z', '2026-11-23T09:00:00.000Z'],
    ['Tokyo, after it ended', tokyoOfficeHours, '2026-11-23T10:00:00.000Z', '2026-11-24T09:00:00.000Z'],
    ['Tokyo, on Saturday', tokyoOfficeHours, '2026-11-27T17:00:00.000Z', '2026-11-30T09:00:00.000Z'],
    ['Berlin, the Monday after clocks went forward', berlin, '2026-03-28T12:00:00.000Z', '2026-03-30T16:00:00.000Z'],
    ['Berlin, the Monday after clocks went back', berlin, '2026-10-24T12:00:00.000Z', '2026-10-26T17:00:00.000Z'],
    ['New York, the Monday after clocks went forward', newYork, '2026-03-07T12:00:00.000Z', '2026-03-09T21:00:00.000Z'],
    ['New York, the Monday after clocks went back', newYork, '2026-10-31T12:00:00.000Z', '2026-11-02T22:00:00.000Z'],
  ])('%s', (_title, hours, at, expected) => {
    expect(endOfWorkingDay(at, hours)).toBe(expected)
  })
})
