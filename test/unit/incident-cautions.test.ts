import { describe, expect, it } from 'vitest'
import { cautionsFor } from '../../bot/incident/caution.ts'
import type { Evidence } from '../../bot/incident/evidence.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import type { SeenChange } from '../../bot/incident/seen-change.ts'
import { anAlarm, anEvidence, anIncident, aPriceIncident, byName, later, noon } from '../support/builders.ts'
import { aDeployment, anAliasMove, anErrorShape, aSetting, changedBy } from '../support/change-builders.ts'

const with_ = (incident: Incident, list: SeenChange[], change: Partial<Evidence> = {}): Incident => ({
  ...incident,
  evidence: anEvidence({ functions: {}, changes: { list, more: 0 }, ...change }),
})
const ofTable = anIncident({
  service: 'table',
  alarms: byName(anAlarm({ name: 'DynamoDBThrottleAlarm', listed: 'DynamoDBThrottleAlarm' })),
})
const pricesOf = (minutesAgo: number) => ({
  prices: [{ currency: 'usd', updatedAt: later(-minutesAgo), readAt: noon }],
})

describe('stale prices are not cured by rolling back the API', () => {
  it.each<[string, Incident, boolean]>([
    ['the source fails, and the API was deployed', with_(aPriceIncident(), [aDeployment(-7)]), true],
    ['the same hours before', with_(aPriceIncident(), [aDeployment(-600)]), true],
    ['it was deployed after the alarm', with_(aPriceIncident(), [aDeployment(5)]), false],
    ['only the updater was deployed', with_(aPriceIncident(), [aDeployment(-7, { role: 'updater' })]), false],
    ['nothing was deployed', with_(aPriceIncident(), [aSetting(-7)]), false],
    ['CodeDeploy put the API back', with_(aPriceIncident(), [aDeployment(-7, { undoes: 'd-1' })]), false],
    ['the table is in trouble and prices are over an hour old', with_(ofTable, [aDeployment(-7)], pricesOf(61)), true],
    ['they are not', with_(ofTable, [aDeployment(-7)], pricesOf(60)), false],
    ['errors of the API', changedBy([aDeployment(-7)]), false],
  ])('%s', (_title, incident, isSaid) => {
    expect(cautionsFor(incident).includes('stale-prices')).toBe(isSaid)
  })
})

describe('a rollback does not take back a setting', () => {
  it.each<[string, Incident, boolean]>([
    ['a setting after the last deployment', changedBy([aSetting(-3), aDeployment(-7)]), true],
    ['a setting, and nothing deployed', changedBy([aSetting(-300)]), true],
    ['a deployment after the setting', changedBy([aDeployment(-3), aSetting(-7)]), false],
    ['a setting after the alarm', changedBy([aSetting(2), aDeployment(-7)]), false],
    [
      'a remedy of this incident',
      changedBy([aSetting(0, { incident: 'api-20261123T030000Z' }), aDeployment(-7)]),
      false,
    ],
    ['a rollback is neither', changedBy([anAliasMove(-2), aSetting(-3), aDeployment(-7)]), true],
    ['by hand, nobody knows when', changedBy([{ what: 'by-hand', field: 'provider', logged: null, now: 'x' }]), false],
    ['no function of ours rings', with_(ofTable, [aSetting(-3)]), false],
  ])('%s', (_title, incident, isSaid) => {
    expect(cautionsFor(incident).includes('setting-nearer')).toBe(isSaid)
  })
})

describe('the cause is elsewhere', () => {
  const failing = (sample: string) => ({ errors: { from: noon, isWhole: true, top: [anErrorShape(sample)] } })
  const table = failing('ProvisionedThroughputExceededException: too many')
  it.each<[string, Incident, boolean]>([
    ['the table fails, and the API was just deployed', changedBy([aDeployment(-7)], table), true],
    ['nothing would tempt', changedBy([], table), false],
    ['the other function was deployed', changedBy([aDeployment(-7, { role: 'updater' })], table), false],
    ['our code fails', changedBy([aDeployment(-7)], failing('TypeError: x is undefined')), false],
    [
      'time-outs may come from a deployment',
      changedBy([aDeployment(-7)], failing('Task timed out after 25.00 seconds')),
      false,
    ],
  ])('%s', (_title, incident, isSaid) => {
    expect(cautionsFor(incident).includes('cause-elsewhere')).toBe(isSaid)
  })
})

it('without evidence nothing is said', () => {
  expect(cautionsFor(anIncident())).toEqual([])
})
