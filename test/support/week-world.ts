import { decide } from '../../bot/incident/decide.ts'
import type { IncidentEvent } from '../../bot/incident/event.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import { type Step as BotStep, minute } from './incident-builders.ts'
import { outcomeOf } from './random-outcomes.ts'
import { eventsOf } from './week-events.ts'
import type { Call, Fact, Ms } from './week-facts.ts'
import { type LaneOfWeek, weekEnds } from './week-moves.ts'
import { factOf } from './week-tries.ts'

const min = 60_000

/** What the performers do at once; reading and changing AWS is told by the moves of the week. */
const atOnce = [
  'show',
  'reply',
  'page',
  'show-card',
  'find-managers',
  'ask-again',
  'mail',
  'archive',
  'apply-remedy',
  'undo-remedy',
]

/** What was done in a week, what the bot did about it, and each incident as it stood in the end. */
export interface Lived {
  facts: Fact[]
  calls: Call[]
  incidents: ReadonlyMap<string, Incident>
}

/** Lets a week of a service happen: every minute of an incident passes. */
export function liveWeek({ lane, begins, moves }: LaneOfWeek): Lived {
  const facts: Fact[] = []
  const calls: Call[] = []
  const incidents = new Map<string, Incident>()
  const rings = new Set<string>()
  let incident: Incident | undefined

  const happens = (at: Ms, event: IncidentEvent): void => {
    const before = incident
    const decision = decide(before, event)
    if ('ignored' in decision) return
    incident = decision.incident
    incidents.set(incident.id, incident)
    calls.push(...callsOf(at, before, decision.incident, decision.effects))
  }
  const perform = (at: Ms): void => {
    for (;;) {
      const waiting = incident?.pending.find(({ effect }) => atOnce.includes(effect.kind))
      if (!incident || !waiting) return
      const outcome = outcomeOf(incident, waiting, iso(at), 0)
      happens(at, { type: 'effect-done', at: iso(at), effect: waiting.id, outcome })
    }
  }
  const passes = (at: Ms): void => {
    facts.push({ at, is: 'a minute passes' })
    happens(at, minute(iso(at)))
    perform(at)
  }
  const isLive = () => incident !== undefined && incident.status !== 'resolved'

  let swept = begins
  const sweepUntil = (until: Ms): void => {
    for (let at = swept + min; at <= until && isLive(); at += min) passes(at)
    swept = Math.floor(until / min) * min
  }
  let now = begins
  for (const each of moves) {
    // Where nothing is open, time passes only until something rings.
    const isNews = ['fires', 'clears', 'losesData'].includes(each.what)
    if (!isLive() && !isNews) continue
    now += each.after
    if (now >= weekEnds) break
    sweepUntil(each.isAfterSweep ? now : now - 1)
    if (!isLive() && !isNews) continue
    const fact = factOf(each, now, lane, incident, rings)
    if (!fact) continue
    if (fact.is === 'alarm') rings[fact.state === 'ALARM' ? 'add' : 'delete'](fact.alarm)
    facts.push(fact)
    for (const step of eventsOf(fact, lane.service, `press-${facts.length}`)) {
      const event: IncidentEvent | undefined = toEvent(step, incident)
      if (event) happens(now, event)
    }
    perform(now)
  }
  // Nothing waits longer than this, but for what waits for the office to open.
  const isForMonday = incident?.severity === 'Medium' && incident.escalation.level < 3
  sweepUntil(isForMonday ? weekEnds : Math.min(now + 180 * min, weekEnds))
  return { facts, calls, incidents }
}

const toEvent = (step: BotStep, incident: Incident | undefined): IncidentEvent | undefined =>
  typeof step === 'function' ? incident && step(incident) : step

const iso = (at: Ms): string => new Date(at).toISOString()

type Effects = Extract<ReturnType<typeof decide>, { effects: unknown }>['effects']

/** What people notice of a decision: by its pages and reminders, not by what the record says of itself. */
function callsOf(at: Ms, before: Incident | undefined, after: Incident, effects: Effects): Call[] {
  const isNew = before?.id !== after.id
  return [
    ...(isNew ? [{ at, what: 'opens' } as const] : []),
    ...(!isNew && after.reopened > before.reopened ? [{ at, what: 'comes back' } as const] : []),
    ...effects.flatMap((effect): Call[] => {
      if (effect.kind === 'page') return [{ at, what: `level ${effect.level}`, why: [effect.why] }]
      return effect.kind === 'reply' && effect.say.say === 'reminder' ? [{ at, what: 'reminder' }] : []
    }),
    ...(after.escalation.askedAgainAt !== before?.escalation.askedAgainAt && after.escalation.askedAgainAt
      ? [{ at, what: 'asked again' } as const]
      : []),
    ...(after.status === 'resolved' && before?.status !== 'resolved' ? [{ at, what: 'is over' } as const] : []),
  ]
}
