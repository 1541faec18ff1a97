import type { Wall } from '../../common/clock.ts'
import type { Log } from '../../common/logger.ts'
import { moment } from '../../common/time.ts'
import { claim, unclaim, type Waiting } from '../incident/outbox.ts'
import type { IncidentRef, IncidentTable, Stored } from './incident-table.ts'

/** A record that keeps what is left to do for it, and counts its saves. */
interface Keeping {
  id: string
  pending: Waiting[]
  revision: number
}

/** One record and how it is read and saved. `S` is the record as its table hands it out. */
export interface Ledger<S, R extends Keeping = Keeping> {
  load(): Promise<S | undefined>
  recordIn(stored: S): R
  /** Saves in place of `stored`; a lost race is an answer. */
  save(record: R, stored: S): Promise<S | 'changed-meanwhile'>
}

export const incidentLedger = (incidents: IncidentTable, ref: IncidentRef): Ledger<Stored, Stored['incident']> => ({
  load: () => incidents.load(ref),
  recordIn: ({ incident }) => incident,
  save: async (incident, stored) =>
    (await incidents.save(incident, stored)) === 'saved' ? { key: stored.key, incident } : 'changed-meanwhile',
})

export type Claimed<S> =
  | { is: 'claimed'; earlier: boolean; stored: S }
  | { is: 'taken'; until: string }
  | { is: 'already-done' }

const mostRaces = 30

/** Takes the lease on an effect in the table, so that nobody else performs it at the same time. */
export async function takeClaim<S, R extends Keeping>(
  { wall }: { wall: Wall },
  ledger: Ledger<S, R>,
  lastRead: S,
  effect: string,
  by: string,
): Promise<Claimed<S>> {
  let earlier = false
  for (let race = 0; race < mostRaces; race += 1) {
    const stored = race === 0 ? lastRead : await ledger.load()
    if (!stored) return { is: 'already-done' }
    const record = ledger.recordIn(stored)
    const holder = record.pending.find((waiting) => waiting.id === effect)?.claim?.by
    // Ours already: the answer to an earlier try was lost on its way back.
    if (holder === by) return { is: 'claimed', earlier, stored }
    const claimed = claim(record, effect, by, moment(wall.now()))
    if (claimed.is !== 'claimed') return claimed
    earlier = claimed.earlier
    const saved = await ledger.save({ ...claimed.record, revision: record.revision + 1 }, stored)
    if (saved !== 'changed-meanwhile') return { is: 'claimed', earlier, stored: saved }
  }
  throw new Error(`Effect ${effect} of ${ledger.recordIn(lastRead).id} could not be claimed`)
}

/** Gives the lease back, after an answer that says for certain that nothing happened. */
export async function giveBack<S, R extends Keeping>(
  { log }: { log: Log },
  ledger: Ledger<S, R>,
  effect: string,
): Promise<void> {
  for (let race = 0; race < mostRaces; race += 1) {
    const stored = await ledger.load()
    if (!stored) return
    const record = ledger.recordIn(stored)
    const saved = await ledger.save({ ...unclaim(record, effect), revision: record.revision + 1 }, stored)
    if (saved !== 'changed-meanwhile') return
  }
  log.warn('a claim was not given back and runs out by itself', { effect })
}
