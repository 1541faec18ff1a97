import fc from 'fast-check'
import { type Decision, decide } from '../../bot/incident/decide.ts'
import type { IncidentEvent } from '../../bot/incident/event.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import { planMails } from '../../bot/incident/plan-mails.ts'
import { minutes, plus } from '../../common/time.ts'
import {
  acknowledges,
  addsAction,
  asksPostmortem,
  asksRollback,
  at,
  clears,
  deploymentChanges,
  escalates,
  fires,
  holds,
  isStillOnIt,
  losesData,
  minute,
  movesAway,
  offers,
  opensModal,
  pendingId,
  resolves,
  silentMinute,
  takesOver,
  ticksAction,
} from './incident-builders.ts'
import { approvesMaintenance, tellsCustomers } from './maintenance-builders.ts'
import { evidenceAt, long, nth, outcomeOf, people, results } from './random-outcomes.ts'
import { asksUndo } from './remedy-builders.ts'

/** One thing that happens: what, after how long, and a number that settles the details. */
export interface Move {
  what: keyof typeof happenings
  afterMs: number
  pick: number
}

/** One event with what was decided about it. */
export interface Step {
  before: Incident | undefined
  event: IncidentEvent
  decision: Decision
  after: Incident | undefined
}

type Happening = (incident: Incident | undefined, now: string, pick: number, names: readonly string[]) => IncidentEvent

/** State changes come late and out of order by up to a minute. */
const late = (now: string, pick: number) => plus(now, -nth([0, 0, 0, 20_000, 60_000], pick))
const alarmed =
  (changed: typeof fires): Happening =>
  (incident, now, pick, names) => {
    // A clear is mostly about something that rings.
    const ringing = Object.values(incident?.alarms ?? {}).filter((alarm) => alarm.ringing)
    const concerned = changed === clears && ringing.length > 0 ? ringing.map(({ name }) => name) : names
    const event = changed(nth(concerned, pick), late(now, pick), { value: pick % 50, reason: long })
    return { ...event, at: now, service: 'api' }
  }

/** An alarm of another service, graver than any of our own here, in one state or another. */
const offered: Happening = (_incident, now, pick) => {
  const state = nth(['ALARM', 'ALARM', 'OK', 'INSUFFICIENT_DATA'] as const, pick >> 1)
  const event = offers('Follower', late(now, pick), state, { severity: 'Critical', value: 99, reason: long })
  return { ...event, at: now, service: 'elsewhere' }
}

const happenings = {
  fires: alarmed(fires),
  clears: alarmed(clears),
  losesData: alarmed(losesData),
  offers: offered,
  movesAway: (_incident, now) => movesAway('Follower', now, 'elsewhere'),
  approves: (_incident, now, pick) => approvesMaintenance(nth(people, pick), now),
  lifts: (_incident, now, pick) => asksUndo(nth(people, pick), now, 'maintenance-mode'),
  tells: (_incident, now, pick) => tellsCustomers(nth(people, pick), now, long.slice(0, 600)),
  minute: (_incident, now) => minute(now),
  // Slack takes nothing, or took its last message some minutes ago.
  silence: (_incident, now, pick) =>
    silentMinute(now, pick % 3 === 0 ? { alerts: plus(now, -minutes(nth([1, 2, 5], pick >> 2))) } : {}),
  mails: (incident, now) =>
    planMails(incident ? [incident] : [], now)[0]?.event ?? { type: 'mail-due', at: now, until: now, mails: [] },
  reads: (incident, now, pick) => ({
    type: 'effect-done',
    at: now,
    effect: (incident && pendingId(incident, 'read-evidence')) ?? 'none',
    outcome: evidenceAt(now, pick),
  }),
  acknowledges: (_incident, now, pick) => acknowledges(nth(people, pick), now),
  escalates: (_incident, now, pick) => escalates(nth(people, pick), pick % 4 === 0 ? 3 : 2, now, long),
  takesOver: (_incident, now, pick) => takesOver(nth(people, pick), now),
  stillOnIt: (_incident, now, pick) => isStillOnIt(nth(people, pick), now),
  holds: (_incident, now, pick) => holds(nth(people, pick), now, long),
  resolves: (_incident, now, pick) => resolves(nth(people, pick), now),
  asksPostmortem: (_incident, now, pick) => asksPostmortem(nth(people, pick), now),
  addsAction: (_incident, now, pick) =>
    addsAction(nth(people, pick), now, {
      text: 'a price with two digits is tested in every currency',
      who: nth(people, pick >> 1),
    }),
  ticksAction: (incident, now, pick) => {
    const item = nth(incident?.postmortem?.actions ?? [], pick)?.id ?? 'none'
    return ticksAction(nth(people, pick), item, now, pick % 3 !== 0)
  },
  opensModal: (_incident, now, pick) => opensModal(nth(people, pick), now, `V${now}`),
  asksRollback: (_incident, now, pick) => asksRollback(nth(people, pick), now, { to: nth(['41', '40'], pick) }),
  deploys: (_incident, now) => deploymentChanges(now),
  performs: (incident, now, pick) => {
    const steps = incident?.pending.filter(({ effect }) => effect.kind in results) ?? []
    // Half of the time the worker, if it has something to do, comes first.
    const queue = pick % 2 === 0 && steps.length > 0 ? steps : (incident?.pending ?? [])
    const waiting = queue.length > 0 ? nth(queue, pick >> 1) : undefined
    if (!incident || !waiting) return { type: 'effect-done', at: now, effect: 'none', outcome: { is: 'done' } }
    return { type: 'effect-done', at: now, effect: waiting.id, outcome: outcomeOf(incident, waiting, now, pick >> 3) }
  },
} satisfies Record<string, Happening>

export const fewAlarms = [
  'LambdaErrorAlarm',
  'ApiGateway5xxAlarm',
  'LambdaThrottleAlarm',
  'ApiLatencyP95Alarm',
  'other',
]

const gaps = [0, 0, 1_000, 1_000, 20_000, 20_000, 60_000, 60_000, 60_000, 60_000, 300_000, 300_000, 2_400_000]
/** How often things happen, in comparison. */
const weights: Record<Move['what'], number> = {
  fires: 4,
  clears: 4,
  losesData: 1,
  offers: 4,
  movesAway: 1,
  approves: 1,
  lifts: 1,
  tells: 1,
  reads: 2,
  minute: 6,
  silence: 3,
  mails: 3,
  acknowledges: 1,
  takesOver: 1,
  stillOnIt: 1,
  holds: 1,
  escalates: 1,
  resolves: 1,
  opensModal: 1,
  asksRollback: 3,
  asksPostmortem: 1,
  addsAction: 1,
  ticksAction: 1,
  deploys: 1,
  performs: 12,
}
const often = (Object.keys(weights) as Move['what'][]).flatMap((what) =>
  Array.from({ length: weights[what] }, () => what),
)

export const moves = (options: {
  maxLength: number
  minLength?: number
  among?: readonly Move['what'][]
  longestGap?: number
}) =>
  fc.array(
    fc.record({
      what: fc.constantFrom(...(options.among ?? often)),
      afterMs: fc.constantFrom(...gaps.filter((gap) => gap <= (options.longestGap ?? 2_400_000))),
      pick: fc.nat(10_000),
    }),
    { minLength: options.minLength ?? 0, maxLength: options.maxLength, size: 'max' },
  )

/** What happens to an incident that others follow from, with few surprises besides. */
export const followed: readonly Move['what'][] = [
  ...(['fires', 'fires', 'fires', 'offers', 'offers', 'offers', 'offers', 'offers', 'movesAway', 'movesAway'] as const),
  ...(['reads', 'reads', 'reads', 'reads', 'minute', 'minute', 'minute', 'clears', 'performs', 'resolves'] as const),
]

export const unperformed = often.filter((what) => what !== 'performs')

/** Lets the moves happen one after another; time never goes back. */
export function* live(list: Iterable<Move>, names: readonly string[] = fewAlarms): Generator<Step> {
  let now = at('03:00')
  let incident: Incident | undefined
  for (const { what, afterMs, pick } of list) {
    now = plus(now, afterMs)
    const event = happenings[what](incident, now, pick, names)
    const decision = decide(incident, event)
    const before = incident
    if (!('ignored' in decision)) incident = decision.incident
    yield { before, event, decision, after: incident }
  }
}
