import { cachedJson } from './answers.ts'
import type { ApiDeps } from './deps.ts'
import { noPrices } from './problems.ts'
import type { ApiRequest } from './request.ts'
import type { CoinsAnswer } from './schemas.ts'

/** A list that changes when somebody deploys. */
const maxAge = 300

/** `GET /v1/coins`: what can be asked for. */
export async function listCoins(deps: ApiDeps, request: ApiRequest) {
  const { currencies } = deps.settings
  const known = await Promise.all(currencies.map((currency) => deps.snapshots.of(currency)))
  const coins = new Map(
    known
      .flatMap(({ snapshot }) => Object.values(snapshot?.prices ?? {}))
      .map(({ id, symbol, name }) => [id, { id, symbol, name }]),
  )
  if (coins.size === 0) return noPrices(deps, request, currencies)
  const body: CoinsAnswer = {
    coins: [...coins.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    currencies: [...currencies],
  }
  return cachedJson(body, { maxAge, identity: body }, request.header('if-none-match'))
}
