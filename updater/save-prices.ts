import type { Log } from '../common/logger.ts'
import type { Price, PriceSnapshot } from '../common/prices.ts'
import { isSamePrice, planUpdate } from './plan-update.ts'
import type { Held, PricesTable } from './prices-table.ts'

export type Saved =
  /** `standing` are the fetched prices that now stand in the table. */
  | { outcome: 'saved' | 'nothing-newer'; snapshot: PriceSnapshot | undefined; standing: readonly Price[] }
  /** Others saved each time in between. */
  | { outcome: 'changed-meanwhile' }

/** Whoever loses a race reads again; that somebody loses it so often means that many others have won. */
const mostRaces = 5

interface Saving {
  save: PricesTable['save']
  /** Reads the snapshot anew. */
  read: (currency: string) => Promise<Held>
  log: Log
}

/** Joins what was fetched with what is held and writes it, unless something newer stands there already. */
export async function savePrices(
  { save, read, log }: Saving,
  update: { currency: string; coins: readonly string[]; fetched: readonly Price[]; held: Held | undefined },
): Promise<Saved> {
  const { currency, coins, fetched } = update
  const standingIn = (snapshot: PriceSnapshot | undefined) =>
    fetched.filter((price) => {
      const stands = snapshot?.prices[price.id]
      return stands !== undefined && isSamePrice(stands, price)
    })
  let { held } = update
  for (let races = 0; races < mostRaces; races++) {
    held ??= await read(currency)
    if (held.problem !== undefined)
      log.error('a snapshot cannot be understood and is replaced', { currency, problem: held.problem })
    const { snapshot, revision } = held
    const next = planUpdate(snapshot, fetched, coins, currency)
    if (next === 'nothing-newer') return { outcome: 'nothing-newer', snapshot, standing: standingIn(snapshot) }
    if ((await save(next, revision)) === 'saved')
      return { outcome: 'saved', snapshot: next, standing: standingIn(next) }
    held = undefined
  }
  return { outcome: 'changed-meanwhile' }
}
