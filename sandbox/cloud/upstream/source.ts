import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Clock } from '../../common/clock.ts'

export const UpstreamMode = z.enum(['ok', '429', '503', 'hang'])
export type UpstreamMode = z.output<typeof UpstreamMode>

export const upstreamPath = '/simulated-upstream'

interface Coin {
  id: string
  symbol: string
  name: string
  usd: number
}

const coins: readonly Coin[] = [
  { id: 'bitcoin', symbol: 'btc', name: 'Bitcoin', usd: 98_000 },
  { id: 'ethereum', symbol: 'eth', name: 'Ethereum', usd: 3_900 },
  { id: 'solana', symbol: 'sol', name: 'Solana', usd: 210 },
  { id: 'cardano', symbol: 'ada', name: 'Cardano', usd: 0.84 },
]
export const simulatedCoins: readonly string[] = coins.map(({ id }) => id)

/** What one dollar is in a currency. */
const rates: Readonly<Record<string, number>> = { usd: 1, jpy: 155, eur: 0.95 }
export const simulatedCurrencies: readonly string[] = ['usd', 'jpy']

/** A price that moves by up to two percent over some hours, so that it looks alive and repeats from run to run. */
function market(coin: Coin, rate: number, now: Date) {
  const hours = now.getTime() / 3_600_000
  const wave = Math.sin(hours / 3 + coin.id.length)
  const price = coin.usd * rate * (1 + 0.02 * wave)
  return {
    id: coin.id,
    symbol: coin.symbol,
    name: coin.name,
    current_price: Number(price.toPrecision(8)),
    price_change_percentage_24h: Number((2 * wave).toFixed(3)),
    last_updated: now.toISOString(),
  }
}

/** The price source the updater asks, in CoinGecko's shape, which can be made to fail. */
export function createUpstream(clock: Clock) {
  let mode: UpstreamMode = 'ok'

  function answer(url: URL): { status: number; body: unknown; headers?: Record<string, string> } | undefined {
    switch (mode) {
      case '429':
        return {
          status: 429,
          headers: { 'retry-after': '60' },
          body: { status: { error_code: 429, error_message: "You've exceeded the Rate Limit." } },
        }
      case '503':
        return { status: 503, body: { status: { error_code: 503, error_message: 'Service Unavailable' } } }
      case 'hang':
        return undefined
      case 'ok': {
        if (url.pathname !== `${upstreamPath}/coins/markets`) return { status: 404, body: { error: 'not found' } }
        const rate = rates[url.searchParams.get('vs_currency') ?? '']
        if (rate === undefined) return { status: 422, body: { error: 'invalid vs_currency' } }
        const ids = url.searchParams.get('ids')?.split(',')
        const wanted = coins.filter(({ id }) => ids === undefined || ids.includes(id))
        return { status: 200, body: wanted.map((coin) => market(coin, rate, clock.now())) }
      }
      default:
        return mode satisfies never
    }
  }

  return {
    mode: (): UpstreamMode => mode,
    setMode(next: UpstreamMode): void {
      mode = next
    },
    /** Answers a request under its path; false when the request is for someone else. */
    handle(_request: IncomingMessage, response: ServerResponse, url: URL): boolean {
      if (!url.pathname.startsWith(`${upstreamPath}/`)) return false
      const found = answer(url)
      // Hanging means no answer at all: the caller's own time limit must end it.
      if (found !== undefined)
        response
          .writeHead(found.status, { 'content-type': 'application/json', ...found.headers })
          .end(JSON.stringify(found.body))
      return true
    },
  }
}

export type UpstreamServer = ReturnType<typeof createUpstream>
