import { z } from 'zod'
import type { Clock } from '../../../common/clock.ts'
import { type Market, marketsIn } from './market.ts'
import type { Answers } from './source.ts'

/** A quote is some seconds old when it is asked for. */
const quotedMs = 20_000

const Listed = z.array(z.looseObject({ id: z.string() }))

/** The first source, in the shape of CoinGecko's `coins/markets`. */
export const coinGeckoAnswers = (clock: Clock, withheldChange: () => readonly string[]): Answers => ({
  ok(path, query) {
    if (path !== '/coins/markets') return { status: 404, body: { error: 'not found' } }
    const now = clock.now()
    const markets = marketsIn(query.get('vs_currency') ?? '', now)
    if (markets === undefined) return { status: 422, body: { error: 'invalid vs_currency' } }
    const ids = query.get('ids')?.split(',')
    const listed = ({ coin, price, changePercent }: Market) => ({
      id: coin.id,
      symbol: coin.symbol,
      name: coin.name,
      current_price: price,
      price_change_percentage_24h: withheldChange().includes(coin.id) ? null : changePercent,
      last_updated: new Date(now.getTime() - quotedMs).toISOString(),
    })
    const asked = markets.filter(({ coin }) => ids === undefined || ids.includes(coin.id))
    return { status: 200, body: asked.slice(0, Number(query.get('per_page') ?? 100)).map(listed) }
  },
  failure: (status) => ({
    status: {
      error_code: status,
      error_message: status === 429 ? "You've exceeded the Rate Limit." : 'Service Unavailable',
    },
  }),
  wrongTypes: { coins: 'bitcoin, ethereum', prices: 'many' },
  empty: () => [],
  withoutPrice: (body) =>
    Listed.parse(body).map((coin) => (coin.id === 'bitcoin' ? { ...coin, current_price: null } : coin)),
})
