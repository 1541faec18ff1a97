import { describe, expect, it } from 'vitest'
import { newsFor, untold } from '../../bot/incident/reconcile.ts'
import {
  alarm,
  at,
  clears,
  fires,
  later,
  losesData,
  offers,
  play,
  readsEvidence,
  resolves,
  seesPrices,
} from '../support/incident-builders.ts'

const errors = 'LambdaErrorAlarm'
const ringing = play(fires(errors, at('03:00')))
const quiet = play(fires(errors, at('03:00')), clears(errors, at('03:10')))
const silent = play(fires(errors, at('03:00')), losesData(errors, at('03:10')))
const now = at('03:30')

describe('what CloudWatch shows and no notification told', () => {
  it.each([
    ['an alarm that rings and opened nothing', alarm(errors, 'ALARM', at('03:20')), undefined, true],
    [
      'one that rang less than 90 seconds ago may still be told',
      alarm(errors, 'ALARM', at('03:28:31')),
      undefined,
      false,
    ],
    ['one that rang 90 seconds ago', alarm(errors, 'ALARM', at('03:28:30')), undefined, true],
    ['an alarm that is OK opens nothing', alarm(errors, 'OK', at('03:20')), undefined, false],
    ['an alarm without data opens nothing', alarm(errors, 'INSUFFICIENT_DATA', at('03:20')), undefined, false],
    ['a second alarm that rings', alarm('ApiGateway5xxAlarm', 'ALARM', at('03:20')), ringing, true],
    ['the firing that is known', alarm(errors, 'ALARM', at('03:00')), ringing, false],
    ['a newer firing of what rings already', alarm(errors, 'ALARM', at('03:20')), ringing, false],
    ['a clear that nobody told', alarm(errors, 'OK', at('03:20')), ringing, true],
    ['a clear that may still be told', alarm(errors, 'OK', at('03:29')), ringing, false],
    ['a clear older than the firing', alarm(errors, 'OK', at('02:59')), ringing, false],
    ['a clear at the moment of the firing', alarm(errors, 'OK', at('03:00')), ringing, false],
    ['a clear of what had no data', alarm(errors, 'OK', at('03:20')), silent, true],
    ['an alarm without data is no clear', alarm(errors, 'INSUFFICIENT_DATA', at('03:20')), ringing, false],
    ['a second clear of what is quiet', alarm(errors, 'OK', at('03:20')), quiet, false],
    ['a firing of what was quiet', alarm(errors, 'ALARM', at('03:20')), quiet, true],
    ['an older firing of what is quiet', alarm(errors, 'ALARM', at('03:05')), quiet, false],
  ])('%s', (_title, seen, incident, isNews) => {
    expect(untold([seen], incident, now)).toEqual(isNews ? [seen] : [])
  })

  it('an alarm that CloudWatch does not list is unknown, not clear', () => {
    expect(untold([], ringing, now)).toEqual([])
  })
})

describe('an alarm that the incident of its cause may hold', () => {
  const gateway = 'ApiGateway5xxAlarm'
  const failing = play(fires('ExternalApiErrorAlarm', at('01:30')), readsEvidence(at('01:30')))
  const cause = later(failing, ...seesPrices(at('03:01'), at('01:00')))
  const holding = later(cause, offers(gateway, at('03:02')))
  const own = play(fires(gateway, at('03:02')))
  const fired = alarm(gateway, 'ALARM', at('03:02'))
  const ended = alarm(gateway, 'OK', at('03:20'))

  it.each([
    ['nobody knows it', fired, { own: undefined, cause: undefined }, ['own']],
    ['its cause is open and was not told', fired, { own: undefined, cause }, ['own']],
    ['its cause holds it', fired, { own: undefined, cause: holding }, []],
    [
      'its cause holds it, and it fired again',
      { ...fired, changedAt: at('03:20') },
      { own: undefined, cause: holding },
      [],
    ],
    ['its cause holds it, and it has ended', ended, { own: undefined, cause: holding }, ['cause']],
    ['its own incident has it', fired, { own, cause }, []],
    ['its own incident has it, and it has ended', ended, { own, cause }, ['own']],
    ['a sweep was killed while it moved it', fired, { own, cause: holding }, ['let-go']],
    ['and it has ended since', ended, { own, cause: holding }, ['let-go', 'own']],
    [
      'a person has closed its own incident since',
      ended,
      { own: later(own, resolves('U1', at('03:10'))), cause: holding },
      ['cause'],
    ],
    [
      'its cause has heard its end, and it fired anew',
      { ...fired, changedAt: at('03:20') },
      {
        own: undefined,
        cause: later(holding, offers(gateway, at('03:10'), 'OK')),
      },
      ['own'],
    ],
  ])('%s', (_title, seen, incidents, who) => {
    expect(newsFor(seen, incidents, now)).toEqual(who)
  })
})
