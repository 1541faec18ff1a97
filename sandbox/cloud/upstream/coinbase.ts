import { z } from 'zod'
import type { Clock } from '../../../common/clock.ts'
import { marketsIn } from './market.ts'
import type { Answers } from './source.ts'

/** Two markets never agree to the last digit. */
const apart = 1.001

const Rates = z.object({ data: z.object({ currency: z.string(), rates: z.record(z.string(), z.string()) }) })

const answerOf = (currency: string, rates: Readonly<Record<string, string>>) => ({
  data: { currency: currency.toUpperCase(), rates },
})

/** The second source, in the shape of Coinbase's `exchange-rates`: how much of an asset one unit of a currency is. */
export const coinbaseAnswers = (clock: Clock): Answers => ({
  ok(path, query) {
    if (path !== '/exchange-rates')
      return { status: 404, body: { errors: [{ id: 'not_found', message: 'Not found' }] } }
    const currency = (query.get('currency') ?? 'USD').toLowerCase()
    const markets = marketsIn(currency, clock.now())
    if (markets === undefined)
      return { status: 400, body: { errors: [{ id: 'invalid_request', message: 'Currency is invalid' }] } }
    const rates = markets.flatMap(({ coin: { coinbase }, price }) =>
      coinbase === undefined ? [] : [[coinbase, (1 / (price * apart)).toFixed(18)] as const],
    )
    return { status: 200, body: answerOf(currency, { [currency.toUpperCase()]: '1.0', ...Object.fromEntries(rates) }) }
  },
  failure: (status) => ({
    errors: [
      status === 429
        ? { id: 'rate_limit_exceeded', message: 'Too many requests' }
        : { id: 'internal_server_error', message: 'Service unavailable' },
    ],
  }),
  wrongTypes: { data: [{ currency: 'USD', amount: 98_000 }] },
  empty: (query) => answerOf(query.get('currency') ?? 'USD', {}),
  withoutPrice(body) {
    const { currency, rates } = Rates.parse(body).data
    return answerOf(currency, { ...rates, BTC: '0' })
  },
})
