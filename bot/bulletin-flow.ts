import type { Clock, Wall } from '../common/clock.ts'
import type { Log } from '../common/logger.ts'
import { moment } from '../common/time.ts'
import type { Bulletin, PendingBulletinEffect } from './bulletin/bulletin.ts'
import { decideBulletin } from './bulletin/decide.ts'
import type { BulletinEvent } from './bulletin/event.ts'
import { handOver } from './incident/outbox.ts'
import type { BulletinOutbox } from './out/bulletin-outbox.ts'
import type { BulletinTable } from './out/bulletin-table.ts'

export interface BulletinDeps {
  bulletins: BulletinTable
  bulletinOutbox: BulletinOutbox
  clock: Clock
  wall: Wall
  log: Log
}

const mostRaces = 30

/**
 * What `handle` is for incidents: load the bulletin, decide what the events mean for it, save state and effects in
 * one write, hand the effects to their queues. Whoever loses a race decides again from what the winner saved.
 */
export async function tellBulletin(
  deps: BulletinDeps,
  id: string,
  events: readonly BulletinEvent[],
  lastRead?: Bulletin,
): Promise<Bulletin | undefined> {
  for (let race = 0; race < mostRaces; race += 1) {
    const before = race === 0 && lastRead ? lastRead : await deps.bulletins.load(id)
    const { decided, because } = decideEach(before, events)
    if (!decided) return undefined
    const { record, due } = handOver(decided, moment(deps.wall.now()))
    if (record === before) {
      // An earlier try may have saved and not handed over, or not heard that it was saved; the queues drop echoes.
      if (race > 0 || because.includes('already-known')) await hand(deps, record, record.pending)
      return record
    }
    const next = { ...record, revision: (before?.revision ?? 0) + 1 }
    if ((await deps.bulletins.save(next, before)) === 'saved') {
      deps.log.info('decided', { bulletin: id, events: events.map(({ type }) => type), because })
      await hand(deps, next, due)
      return next
    }
    await deps.wall.pause(Math.random() * 20 * (race + 1))
  }
  throw new Error(`The bulletin ${id} was changed ${mostRaces} times while one event waited`)
}

const hand = ({ bulletinOutbox }: BulletinDeps, bulletin: Bulletin, due: readonly PendingBulletinEffect[]) =>
  bulletinOutbox.hand(bulletin, due)

/** Decides events one after the other, each on what the one before left. */
function decideEach(start: Bulletin | undefined, events: readonly BulletinEvent[]) {
  let decided = start
  const because = events.map((event) => {
    const decision = decideBulletin(decided, event)
    if (!('ignored' in decision)) decided = decision.bulletin
    return decision.because
  })
  return { decided, because }
}
