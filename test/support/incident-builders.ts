import type { AlarmChange, AlarmState } from '../../bot/incident/alarm-record.ts'
import { type Decision, decide } from '../../bot/incident/decide.ts'
import type { Effect, EffectKind } from '../../bot/incident/effect.ts'
import type { IncidentEvent, Outcome, RollbackAsk, SlackTook } from '../../bot/incident/event.ts'
import type { Deployment, Evidence, FunctionEvidence, Reading } from '../../bot/incident/evidence.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import type { OfficeHours } from '../../bot/incident/office-hours.ts'
import { planMails } from '../../bot/incident/plan-mails.ts'
import type { RollbackResult } from '../../bot/incident/rollback.ts'
import { alarmNamed, type ConsequenceWhen, type Severity } from '../../common/alarms.ts'

/** A time of Monday, 23 November 2026, in UTC. 03:00 is noon in Tokyo. */
export const at = (clock: string): string => `2026-11-23T${clock.length === 5 ? `${clock}:00` : clock}.000Z`

/** What an alarm says; an alarm that is not in the list is High. */
export const alarm = (name: string, state: AlarmState, changedAt: string, rest: Partial<AlarmChange> = {}) => {
  const listed = alarmNamed(name)
  return {
    name,
    ...(listed && { listed: name, threshold: listed.threshold }),
    state,
    changedAt,
    reason: 'Threshold Crossed',
    severity: listed?.severity ?? ('High' as Severity),
    ...rest,
  } satisfies AlarmChange
}

type Changed = Extract<IncidentEvent, { type: 'alarm-changed' }>

const changed =
  (state: AlarmState) =>
  (name: string, when: string, rest: Partial<AlarmChange> = {}): Changed => ({
    type: 'alarm-changed',
    at: when,
    service: alarmNamed(name)?.service ?? 'api',
    alarm: alarm(name, state, when, rest),
  })

export const fires = changed('ALARM')
export const clears = changed('OK')
export const losesData = changed('INSUFFICIENT_DATA')

/** An alarm of the API is offered to an incident that it may follow from. */
export const offers = (
  name: string,
  when: string,
  state: AlarmState = 'ALARM',
  rest: Partial<AlarmChange> = {},
  why: ConsequenceWhen = 'prices-too-old',
): Extract<IncidentEvent, { type: 'consequence-offered' }> => ({
  type: 'consequence-offered',
  at: when,
  service: 'api',
  when: why,
  alarm: alarm(name, state, when, rest),
})
export const movesAway = (name: string, when: string, to = 'api'): IncidentEvent => ({
  type: 'consequence-moved',
  at: when,
  alarm: name,
  to,
})

/** A sweep while Slack takes messages. */
export const minute = (when: string): IncidentEvent => ({
  type: 'minute-passed',
  at: when,
  slackTook: { alerts: when, dev: when, incidents: when },
})
/** A sweep that knows of no message that Slack took, or of these. */
export const silentMinute = (when: string, slackTook: SlackTook = {}): IncidentEvent => ({
  type: 'minute-passed',
  at: when,
  slackTook,
})
/** The sweep of that moment writes the mails of this incident, if it needs any. */
export const writesMails =
  (when: string, ...others: Incident[]): Step =>
  (incident) => {
    const planned = planMails([incident, ...others], when).find((each) => each.incident === incident)
    return planned?.event ?? { type: 'mail-due', at: when, until: when, mails: [] }
  }
export const acknowledges = (by: string, when: string): IncidentEvent => ({ type: 'acknowledged', at: when, by })
export const takesOver = (by: string, when: string): IncidentEvent => ({ type: 'taken-over', at: when, by })
export const isStillOnIt = (by: string, when: string): IncidentEvent => ({ type: 'still-on-it', at: when, by })
export const holds = (by: string, when: string, reason = 'the fix is on its way', press = when): IncidentEvent => ({
  type: 'hold-asked',
  at: when,
  by,
  reason,
  press,
})
export const resolves = (by: string, when: string): IncidentEvent => ({ type: 'resolve-asked', at: when, by })
export const asksPostmortem = (by: string, when: string): IncidentEvent => ({ type: 'postmortem-asked', at: when, by })
export const addsAction = (
  by: string,
  when: string,
  item: { text?: string; who?: string; due?: string; press?: string } = {},
): IncidentEvent => ({
  type: 'action-item-added',
  at: when,
  by,
  press: `V-${when}`,
  text: 'cover it by a test',
  ...item,
})
export const ticksAction = (by: string, item: string, when: string, done = true): IncidentEvent => ({
  type: 'action-item-ticked',
  at: when,
  by,
  item,
  done,
})
export const escalates = (by: string, to: 2 | 3, when: string, reason = 'I need help'): IncidentEvent => ({
  type: 'escalation-asked',
  at: when,
  by,
  reason,
  to,
})
export const opensModal = (by: string, when: string, viewId = 'V1'): IncidentEvent => ({
  type: 'rollback-opened',
  at: when,
  by,
  role: 'api',
  viewId,
  hash: 'h1',
})
export const deploymentChanges = (when: string): IncidentEvent => ({
  type: 'deployment-changed',
  at: when,
  deployment: 'd-42',
  state: 'SUCCESS',
})
export const asksRollback = (by: string, when: string, rest: Partial<RollbackAsk> = {}): IncidentEvent => ({
  type: 'rollback-asked',
  at: when,
  by,
  ask: { id: `ask-${when}`, role: 'api', from: '42', to: '41', aliasRevision: 'r42', ...rest },
})

/** An event, or one that depends on what is pending by then. */
export type Step = IncidentEvent | ((incident: Incident) => IncidentEvent)

export const pendingId = (incident: Incident, kind: EffectKind): string | undefined =>
  incident.pending.find(({ effect }) => effect.kind === kind)?.id

/** The performer of the first pending effect of this kind reports back. */
export const reports =
  (kind: EffectKind, outcome: Outcome, when: string): Step =>
  (incident) => {
    const effect = pendingId(incident, kind)
    if (effect === undefined) throw new Error(`no ${kind} is pending`)
    return { type: 'effect-done', at: when, effect, outcome }
  }

export const worker = (
  kind: 'start-rollback' | 'check-deployment' | 'move-alias' | 'verify-rollback',
  result: RollbackResult,
  when: string,
): Step => reports(kind, { is: 'rollback', result }, when)

export const readsEvidence = (when: string, rest: Partial<Evidence> = {}): Step =>
  reports(
    'read-evidence',
    { is: 'evidence', evidence: { readAt: when, functions: {}, readings: [], missing: [], ...rest } },
    when,
  )

/** The sweep of a minute has evidence read, by which the prices in dollars came last at `updatedAt`. */
export const seesPrices = (when: string, updatedAt: string): Step[] => [
  minute(when),
  readsEvidence(when, { prices: [{ currency: 'usd', updatedAt, readAt: when }] }),
]

export const reading = (name: string, value: number, when: string): Reading => ({
  alarm: name,
  value,
  requests: 500,
  at: when,
})

/** A listed alarm is measured by the sweep of that minute. */
export const sweepReads = (name: string, value: number, when: string): Step[] => [
  minute(when),
  readsEvidence(when, { readings: [reading(name, value, when)] }),
]

/** Everything that was decided, in order, and the incident in the end. */
export function playAll(steps: readonly Step[], start?: Incident, hours?: OfficeHours) {
  let incident = start
  const decisions: Decision[] = []
  for (const step of steps) {
    if (typeof step === 'function' && !incident) throw new Error('there is no incident yet')
    const event = typeof step === 'function' && incident ? step(incident) : (step as IncidentEvent)
    const decision = decide(incident, event, hours)
    decisions.push(decision)
    if (!('ignored' in decision)) incident = decision.incident
  }
  return { incident, decisions, last: decisions.at(-1) }
}

/** The incident after these events. */
export function play(...steps: Step[]): Incident {
  const { incident } = playAll(steps)
  if (!incident) throw new Error('nothing opened')
  return incident
}

/** The same incident later. */
export function later(incident: Incident, ...steps: Step[]): Incident {
  return playAll(steps, incident).incident ?? incident
}

/** Why the last event was ignored, or what was decided. */
export const because = (incident: Incident | undefined, event: Step): string => {
  const decided = playAll([event], incident).last
  return decided ? `${'ignored' in decided ? 'ignored: ' : ''}${decided.because}` : ''
}

/** The effects an event gave rise to, without the cards that are drawn again after every change. */
export const effectsOf = (incident: Incident | undefined, event: Step): Effect[] => {
  const decided = playAll([event], incident).last
  return decided && !('ignored' in decided) ? decided.effects.filter(({ kind }) => kind !== 'show-card') : []
}

export const happenings = (incident: Incident): string[] => incident.timeline.map(({ what }) => what)

/** `fired ×3` reads better than an object. */
export const story = (incident: Incident): string[] =>
  incident.timeline.map(({ what, times }) => (times === 1 ? what : `${what} ×${times}`))

export const deployment = (id: string, from: string, to: string, when: string, rest: Partial<Deployment> = {}) =>
  ({ id, status: 'Succeeded', createdAt: when, from, to, ...rest }) satisfies Deployment

/** `live` points at 42, which was deployed at 02:50 after 41 and 40. */
export const functionEvidence = (rest: Partial<FunctionEvidence> = {}): FunctionEvidence => ({
  name: 'crypto-watch-api-function',
  alias: { version: '42', weights: {}, revisionId: 'r42' },
  versions: ['42', '41', '40'].map((version) => ({ version })),
  deployments: [
    deployment('d-42', '41', '42', at('02:50')),
    deployment('d-41', '40', '41', '2026-11-20T02:00:00.000Z'),
    deployment('d-40', '39', '40', '2026-11-18T02:00:00.000Z'),
  ],
  left: [],
  ...rest,
})
