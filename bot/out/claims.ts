import { moment } from '../../common/time.ts'
import type { FlowDeps } from '../flow.ts'
import { claim, unclaim } from '../incident/outbox.ts'
import type { IncidentRef, Stored } from './incident-table.ts'

export type Claimed =
  | { is: 'claimed'; earlier: boolean; stored: Stored }
  | { is: 'taken'; until: string }
  | { is: 'already-done' }

const mostRaces = 30

/** Takes the lease on an effect in the table, so that nobody else performs it at the same time. */
export async function takeClaim(deps: FlowDeps, lastRead: Stored, effect: string, by: string): Promise<Claimed> {
  const { service, id } = lastRead.incident
  let earlier = false
  for (let race = 0; race < mostRaces; race += 1) {
    const stored = race === 0 ? lastRead : await deps.incidents.load({ service, id })
    if (!stored) return { is: 'already-done' }
    const holder = stored.incident.pending.find((waiting) => waiting.id === effect)?.claim?.by
    // Ours already: the answer to an earlier try was lost on its way back.
    if (holder === by) return { is: 'claimed', earlier, stored }
    const claimed = claim(stored.incident, effect, by, moment(deps.wall.now()))
    if (claimed.is !== 'claimed') return claimed
    earlier = claimed.earlier
    const next = { ...claimed.incident, revision: stored.incident.revision + 1 }
    if ((await deps.incidents.save(next, stored)) === 'changed-meanwhile') continue
    return { is: 'claimed', earlier, stored: { key: stored.key, incident: next } }
  }
  throw new Error(`Effect ${effect} of ${id} could not be claimed`)
}

/** Gives the lease back, after an answer that says for certain that nothing happened. */
export async function giveBack(deps: FlowDeps, ref: IncidentRef, effect: string): Promise<void> {
  for (let race = 0; race < mostRaces; race += 1) {
    const stored = await deps.incidents.load(ref)
    if (!stored) return
    const next = { ...unclaim(stored.incident, effect), revision: stored.incident.revision + 1 }
    if ((await deps.incidents.save(next, stored)) === 'saved') return
  }
  deps.log.warn('a claim was not given back and runs out by itself', { ...ref, effect })
}
