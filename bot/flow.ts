import { isDeepStrictEqual } from 'node:util'
import type { Clock, Wall } from '../common/clock.ts'
import type { Log } from '../common/logger.ts'
import { moment } from '../common/time.ts'
import { type Decision, decideAll, inShort } from './incident/decide.ts'
import type { PendingEffect } from './incident/effect.ts'
import type { IncidentEvent } from './incident/event.ts'
import type { Incident } from './incident/incident.ts'
import type { OfficeHours } from './incident/office-hours.ts'
import { handOver } from './incident/outbox.ts'
import type { IncidentRef, IncidentTable, Stored } from './out/incident-table.ts'
import type { Outboxes } from './out/outboxes.ts'

export interface FlowDeps {
  incidents: IncidentTable
  outboxes: Outboxes
  clock: Clock
  wall: Wall
  log: Log
  hours: OfficeHours
}

/** What became of the events: every decision with its reason, and the incident as it now stands. */
export interface Handled {
  decisions: Decision[]
  incident: Incident | undefined
}

const mostRaces = 30

/**
 * The whole bot in one function. Something happened to a service: load its incident, decide what that
 * means, save state and effects in one write, hand the effects to the queues of those who perform them.
 * Whoever loses a race decides again from what the winner saved, so any number of these may run at once.
 */
export async function handle(
  deps: FlowDeps,
  ref: IncidentRef,
  events: readonly IncidentEvent[],
  lastRead?: Stored,
): Promise<Handled> {
  let mine: Saved | undefined
  for (let race = 0; race < mostRaces; race += 1) {
    // Who has just read the incident need not read it again: if it has changed, the save says so.
    const stored = race === 0 && lastRead ? lastRead : await deps.incidents.load(ref)
    // Lost against ourselves: the answer to our write went missing and its second try came too late.
    if (mine && isDeepStrictEqual(stored?.incident, mine.incident)) return finish(deps, mine, events)

    const { incident: decided, decisions } = decideAll(stored?.incident, events, deps.hours)
    if (!decided) return { decisions, incident: undefined }

    const { record: handed, due } = handOver(decided, moment(deps.wall.now()))
    if (handed === stored?.incident) {
      // Nothing new. What an earlier try saved but may not have handed over goes out again; the queues drop echoes.
      if (decisions.some(({ because }) => because === 'already-known')) await deps.outboxes.hand(handed, handed.pending)
      return { decisions, incident: handed }
    }

    // A new incident takes the place of the last one of its service, which by then has its own key.
    if (stored && stored.incident.id !== handed.id) await deps.incidents.archive(stored.incident)
    const next = { ...handed, revision: (stored?.incident.revision ?? 0) + 1 }
    mine = { incident: next, due, decisions }
    if ((await deps.incidents.save(next, stored)) === 'saved') return finish(deps, mine, events)
    await deps.wall.pause(Math.random() * 20 * (race + 1))
  }
  throw new Error(`The incident of ${ref.service} was changed ${mostRaces} times while one event waited`)
}

interface Saved extends Handled {
  incident: Incident
  due: readonly PendingEffect[]
}

async function finish(deps: FlowDeps, mine: Saved, events: readonly IncidentEvent[]): Promise<Handled> {
  const { incident, due, decisions } = mine
  for (const line of inShort(events, decisions)) deps.log.info('decided', { incident: incident.id, ...line })
  await deps.outboxes.hand(incident, due)
  return { decisions, incident }
}
