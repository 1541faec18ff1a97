import type { AlarmRecord } from '../../bot/incident/alarm-record.ts'
import type { Evidence, FunctionEvidence } from '../../bot/incident/evidence.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import { tokyoOfficeHours } from '../../bot/incident/office-hours.ts'
import type { Rollback } from '../../bot/incident/rollback.ts'
import type { Proof } from '../../bot/incident/say.ts'
import type { Look } from '../../bot/message/look.ts'

/** Test inputs one change away from normal: name only what the test is about. */

/** A Monday, noon in Tokyo. */
export const noon = '2026-11-23T03:00:00.000Z'

/** A moment some minutes after noon. */
export const later = (minutes: number): string => new Date(Date.parse(noon) + minutes * 60_000).toISOString()

/** The API's error alarm, ringing at 12.4 %. */
export const anAlarm = (change: Partial<AlarmRecord> = {}): AlarmRecord => ({
  name: 'LambdaErrorAlarm',
  listed: 'LambdaErrorAlarm',
  state: 'ALARM',
  ringing: true,
  changedAt: noon,
  firedAt: noon,
  fired: 1,
  reason: 'Threshold Crossed',
  value: 12.4,
  threshold: 5,
  severity: 'Critical',
  sweepsAbove: 0,
  ...change,
})

/** An alarm of nobody's list. */
export const aForeignAlarm = (change: Partial<AlarmRecord> = {}): AlarmRecord => {
  const { listed: _listed, value: _value, threshold: _threshold, ...bare } = anAlarm()
  return { ...bare, name: 'queue-depth', severity: 'High', ...change }
}

export const quiet = (alarm: AlarmRecord, at = later(10)): AlarmRecord => ({
  ...alarm,
  state: 'OK',
  ringing: false,
  changedAt: at,
  clearedAt: at,
})

export const byName = (...alarms: AlarmRecord[]): Incident['alarms'] =>
  Object.fromEntries(alarms.map((alarm) => [alarm.name, alarm]))

/** An open Critical incident of the API that nobody has taken yet. */
export const anIncident = (change: Partial<Incident> = {}): Incident => ({
  id: 'api-20261123T030000Z',
  service: 'api',
  severity: 'Critical',
  status: 'open',
  openedAt: noon,
  ringingSince: noon,
  reopened: 0,
  alarms: byName(anAlarm()),
  escalation: {
    level: 1,
    since: noon,
    why: 'alarm-opened',
    next: { due: later(15), level: 2, why: 'not-acknowledged' },
  },
  look: 1,
  timeline: [{ at: noon, what: 'alarm-fired', about: 'LambdaErrorAlarm', times: 1, last: noon }],
  pending: [],
  effects: 2,
  revision: 1,
  archived: false,
  ...change,
})

/** The same, taken by U1 after two minutes. */
export const anOwnedIncident = (change: Partial<Incident> = {}): Incident =>
  anIncident({ status: 'acknowledged', owner: { user: 'U1', at: later(2) }, ...change })

/** Quiet for the moment, to be resolved after five quiet minutes. */
export const aQuietIncident = (change: Partial<Incident> = {}): Incident =>
  anOwnedIncident({
    status: 'recovering',
    alarms: byName(quiet(anAlarm())),
    quietUntil: later(15),
    escalation: { level: 1, since: noon, why: 'alarm-opened', next: { nothingDue: 'recovering' } },
    ...change,
  })

export const aResolvedIncident = (change: Partial<Incident> = {}): Incident =>
  anOwnedIncident({
    status: 'resolved',
    alarms: byName(quiet(anAlarm())),
    resolved: { at: later(23) },
    escalation: { level: 1, since: noon, why: 'alarm-opened', next: { nothingDue: 'resolved' } },
    ...change,
  })

/** The API function: v42 deployed 7 minutes before the alarm, v41 before it. */
export const aFunction = (change: Partial<FunctionEvidence> = {}): FunctionEvidence => ({
  name: 'crypto-watch-api-function',
  alias: { version: '42', weights: {}, revisionId: 'revision-1' },
  versions: [
    { version: '42', commit: 'abc1234def', author: 'Chie Mori', subject: 'parse faster' },
    { version: '41', commit: '0123456789', author: 'Ben Ortiz', subject: 'tidy up' },
    { version: '40' },
  ],
  deployments: [
    { id: 'd-NEW', status: 'Succeeded', createdAt: later(-7), from: '41', to: '42' },
    { id: 'd-OLD', status: 'Succeeded', createdAt: later(-7000), from: '40', to: '41' },
  ],
  left: [],
  ...change,
})

export const anEvidence = (change: Partial<Evidence> = {}): Evidence => ({
  readAt: noon,
  functions: { api: aFunction() },
  readings: [],
  missing: [],
  ...change,
})

export const aProof = (change: Partial<Proof> = {}): Proof => ({
  alarm: 'LambdaErrorAlarm',
  before: 12,
  after: 0.3,
  requests: 240,
  alarmOkAfter: 130_000,
  aliasReadBack: true,
  priceAnswered: true,
  ...change,
})

/** The proof of a rollback after which the alarm went on ringing. */
export const aFailedProof = (change: Partial<Proof> = {}): Proof => {
  const { alarmOkAfter: _never, ...rest } = aProof({ after: 11 })
  return { ...rest, ...change }
}

/** U1 asked for v42 → v41; the alias is not checked yet. */
export const aRollback = (change: Partial<Rollback> = {}): Rollback => ({
  status: 'requested',
  role: 'api',
  from: '42',
  to: '41',
  aliasRevision: 'revision-1',
  by: 'U1',
  askedAt: later(3),
  stepAt: later(3),
  alarm: 'LambdaErrorAlarm',
  before: 12,
  ...change,
})

export const aLook = (change: Partial<Look> = {}): Look => ({
  language: 'en',
  stage: 'prod',
  hours: tokyoOfficeHours,
  people: { oncall: '<!subteam^S0ONCALL>', developers: '<!subteam^S0DEV>', managers: '<@U0DAN>' },
  ...change,
})

/** The price source fails for more than an hour, so the API refuses its old prices; the errors follow from it. */
export const aPriceIncident = (change: Partial<Incident> = {}): Incident =>
  anIncident({
    id: 'updater-20261123T030000Z',
    service: 'updater',
    severity: 'High',
    alarms: byName(
      anAlarm({
        name: 'ExternalApiErrorAlarm',
        listed: 'ExternalApiErrorAlarm',
        value: 100,
        threshold: 50,
        severity: 'High',
      }),
      aConsequence(),
    ),
    ...change,
  })

/** The errors of the API that follow from old prices. */
export const aConsequence = (change: Partial<AlarmRecord> = {}): AlarmRecord =>
  anAlarm({
    name: 'ApiGateway5xxAlarm',
    listed: 'ApiGateway5xxAlarm',
    value: 98.6,
    threshold: 10,
    firedAt: later(62),
    consequence: { service: 'api', when: 'prices-too-old', explainedAt: later(62) },
    ...change,
  })

const awsConsole = 'https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1'

/** A reader of each language, with links to the console. */
export const bothLooks: readonly Look[] = [aLook({ awsConsole }), aLook({ awsConsole, language: 'ja' })]
