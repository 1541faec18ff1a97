import { describe, expect, it } from 'vitest'
import { mostAlarms } from '../../bot/incident/alarm-record.ts'
import { follows, isAtHome } from '../../bot/incident/consequence.ts'
import type { PricesSeen } from '../../bot/incident/evidence.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import {
  acknowledges,
  alarm,
  at,
  because,
  clears,
  fires,
  later,
  losesData,
  minute,
  offers,
  play,
  readsEvidence,
  resolves,
} from '../support/incident-builders.ts'
import { failing, gateway, joined, oldPrices, source } from '../support/old-prices.ts'

/** The same alarm as the API's own incident has it. */
const own = play(fires(gateway, at('04:01')))

describe('an alarm that may follow from old prices', () => {
  const prices = (...seen: PricesSeen[]) =>
    later(failing, minute(at('04:02')), readsEvidence(at('04:02'), { prices: seen }))
  const usd = (updatedAt: string, currency = 'usd'): PricesSeen => ({ currency, updatedAt, readAt: at('04:02') })
  const crowd = Array.from({ length: mostAlarms - 1 }, (_, n) => ({
    ...fires(`Check${n}`, at('03:20')),
    service: 'updater',
  }))

  it.each<[string, Incident, string, boolean]>([
    ['prices are too old and the source still fails', oldPrices(), '04:02:30', true],
    ['prices are exactly as old as they may be', oldPrices(failing, at('04:00')), '04:00', false],
    ['a moment older', oldPrices(failing, at('04:00')), '04:00:01', true],
    ['prices are young', prices(usd(at('03:55'))), '04:02:30', false],
    ['prices of one currency are too old', prices(usd(at('03:55')), usd(at('03:00'), 'jpy')), '04:02:30', true],
    ['a currency that nobody has kept for more than a day', prices(usd('2026-11-22T04:02:29.000Z')), '04:02:30', false],
    ['prices a day old', prices(usd('2026-11-22T04:02:30.000Z')), '04:02:30', true],
    ['there are no prices at all', prices(), '04:02:30', false],
    ['prices could not be read', later(failing, minute(at('04:02')), readsEvidence(at('04:02'))), '04:02:30', false],
    [
      'the newest reading failed, and the one before still counts',
      later(oldPrices(), minute(at('04:03')), readsEvidence(at('04:03'))),
      '04:07',
      true,
    ],
    [
      'readings fail for longer than that',
      later(oldPrices(), minute(at('04:07')), readsEvidence(at('04:07'))),
      '04:07:01',
      false,
    ],
    ['nothing was read yet', play(fires(source, at('03:10'))), '04:02:30', false],
    ['evidence five minutes old still counts', oldPrices(), '04:07', true],
    ['older evidence says nothing about now', oldPrices(), '04:07:01', false],
    ['prices came before the alarm, which was told late', oldPrices(failing, at('04:20')), '04:02:30', true],
    ['the source works again', later(oldPrices(), clears(source, at('04:02:10'))), '04:02:30', false],
    [
      'the source is without data, so it still rings',
      later(oldPrices(), losesData(source, at('04:02:10'))),
      '04:02:30',
      true,
    ],
    ['a person closed the cause', later(oldPrices(), resolves('U1', at('04:02:10'))), '04:02:30', false],
    ['a person has the cause', later(oldPrices(), acknowledges('U1', at('04:02:10'))), '04:02:30', true],
    ['the cause holds as many alarms as it can', later(oldPrices(), ...crowd), '04:02:30', false],
  ])('%s', (_title, incident, when, isTaken) => {
    expect(follows(incident, 'prices-too-old', alarm(gateway, 'ALARM', at(when)))).toBe(isTaken)
    expect(because(incident, offers(gateway, at(when)))).toBe(
      isTaken ? 'a consequence joined' : 'ignored: not-its-consequence',
    )
  })

  it.each([
    ['its end, which nobody has heard the beginning of', offers(gateway, at('04:02:30'), 'OK')],
    ['missing data', offers(gateway, at('04:02:30'), 'INSUFFICIENT_DATA')],
    ['an alarm that the incident has as its own', offers(source, at('04:02:30'))],
  ])('is not %s', (_title, event) => {
    expect(because(oldPrices(), event)).toBe('ignored: not-its-consequence')
  })

  it('is nothing without an incident', () => {
    expect(because(undefined, offers(gateway, at('04:02:30')))).toBe('ignored: not-its-consequence')
  })
})

describe('once it is held', () => {
  const cleared = later(joined, offers(gateway, at('04:05'), 'OK'))
  const closed = later(joined, resolves('U1', at('04:03')))

  it.each([
    ['the same notification once more', joined, offers(gateway, at('04:02:30')), 'ignored: already-known'],
    ['an older state', joined, offers(gateway, at('04:01'), 'OK'), 'ignored: older-than-known'],
    ['its end', joined, offers(gateway, at('04:05'), 'OK'), 'an alarm cleared'],
    ['missing data', joined, offers(gateway, at('04:05'), 'INSUFFICIENT_DATA'), 'an alarm has no data'],
    ['a repeat, though the evidence is old by then', joined, offers(gateway, at('04:08')), 'a consequence joined'],
    ['its end after a person closed the cause', closed, offers(gateway, at('04:05'), 'OK'), 'an alarm cleared'],
    ['a repeat after that', closed, offers(gateway, at('04:05')), 'ignored: not-its-consequence'],
    ['a firing that its own end overtook', cleared, offers(gateway, at('04:04')), 'ignored: older-than-known'],
    ['firing anew while prices are too old', cleared, offers(gateway, at('04:06')), 'a consequence joined'],
    ['firing anew with nothing to explain it', cleared, offers(gateway, at('04:30')), 'ignored: not-its-consequence'],
    ['a second end', cleared, offers(gateway, at('04:30'), 'OK'), 'ignored: not-its-consequence'],
  ])('%s: %s', (_title, incident, event, expected) => {
    expect(because(incident, event)).toBe(expected)
  })
})

describe('an alarm that its own incident has already', () => {
  const quiet = later(own, clears(gateway, at('04:05')))
  it.each<[string, Incident | undefined, ReturnType<typeof alarm>, boolean]>([
    ['rings there', own, alarm(gateway, 'ALARM', at('04:06')), true],
    ['ends there', own, alarm(gateway, 'OK', at('04:06')), true],
    ['is known there in a newer state', quiet, alarm(gateway, 'ALARM', at('04:04')), true],
    ['is quiet there and fires anew', quiet, alarm(gateway, 'ALARM', at('04:06')), false],
    [
      'rings in what a person closed',
      later(own, resolves('U1', at('04:02'))),
      alarm(gateway, 'ALARM', at('04:06')),
      false,
    ],
    ['is not known there', play(fires('LambdaErrorAlarm', at('04:00'))), alarm(gateway, 'ALARM', at('04:06')), false],
    ['has no incident', undefined, alarm(gateway, 'ALARM', at('04:06')), false],
  ])('%s', (_title, incident, change, isHome) => {
    expect(isAtHome(incident, change)).toBe(isHome)
  })
})
