import { expect, it } from 'vitest'
import { createCoinbase } from '../../updater/coinbase.ts'
import { createVirtualWall } from '../support/virtual-wall.ts'

const question = {
  coins: ['bitcoin', 'monero', 'ethereum', 'something-new'],
  currency: 'usd',
  at: '2026-11-23T03:00:00.000Z',
  limitMs: 1_000,
}

const ask = async (body: unknown, change: Partial<typeof question> = {}) => {
  const urls: string[] = []
  const source = createCoinbase({
    name: 'coinbase',
    apiUrl: 'https://api.coinbase.com/v2',
    fetch: async (url) => {
      urls.push(url)
      return Response.json(body)
    },
    wall: createVirtualWall(),
  })
  return { answer: await source.ask({ ...question, ...change }), urls }
}

const rates = (change: object = {}, currency = 'USD') => ({
  data: { currency, rates: { USD: '1.0', EUR: '0.95', BTC: '0.00001', ETH: '0.00025', XMR: '0.005', ...change } },
})

it('asks for the rates of one currency', async () => {
  expect((await ask(rates())).urls).toEqual(['https://api.coinbase.com/v2/exchange-rates?currency=USD'])
  const yen = await ask(rates({ BTC: '0.0000000640' }, 'JPY'), { currency: 'jpy' })
  expect(yen.urls).toEqual(['https://api.coinbase.com/v2/exchange-rates?currency=JPY'])
  expect(yen.answer).toMatchObject({ ok: true, prices: [{ id: 'bitcoin', price: 15_625_000 }, {}] })
})

it('turns rates into prices, only of coins that the table gives a code', async () => {
  expect((await ask(rates())).answer).toEqual({
    ok: true,
    prices: [
      {
        id: 'bitcoin',
        symbol: 'btc',
        name: 'Bitcoin',
        price: 100_000,
        updatedAt: '2026-11-23T03:00:00.000Z',
        source: 'coinbase',
      },
      {
        id: 'ethereum',
        symbol: 'eth',
        name: 'Ethereum',
        price: 4_000,
        updatedAt: '2026-11-23T03:00:00.000Z',
        source: 'coinbase',
      },
    ],
    dropped: [],
    // Monero has no code here, whatever XMR may be over there.
    missing: [],
  })
})

it('a price has no digits that a division made up', async () => {
  expect((await ask(rates({ BTC: '0.000010196' }))).answer).toMatchObject({ prices: [{ price: 98_077.6775206 }, {}] })
})

it.each(['0', '-0.00001', '', ' ', 'NaN', 'Infinity', '1e-400', 'much', null, 0.00001, ['0.00001']])(
  'drops a coin whose rate is %j, and only that one',
  async (rate) => {
    const { answer } = await ask(rates({ BTC: rate }))
    expect(answer).toMatchObject({ ok: true, prices: [{ id: 'ethereum' }], dropped: ['bitcoin'] })
  },
)

it('names coins that are not in the answer', async () => {
  const { answer } = await ask({ data: { currency: 'USD', rates: { BTC: '0.00001' } } })
  expect(answer).toMatchObject({ ok: true, prices: [{ id: 'bitcoin' }], missing: ['ethereum'] })
})

it.each([
  ['no rates', { data: { currency: 'USD', rates: {} } }, 'empty'],
  ['rates of none of our coins', { data: { currency: 'USD', rates: { XMR: '0.005' } } }, 'empty'],
  ['rates of another currency', rates({}, 'EUR'), 'malformed'],
  ['a list of rates', { data: { currency: 'USD', rates: ['0.00001'] } }, 'malformed'],
  ['an error', { errors: [{ id: 'not_found', message: 'Not found' }] }, 'malformed'],
])('%s: a failure', async (_what, body, reason) => {
  expect((await ask(body)).answer).toEqual({ ok: false, reason, status: 200, dropped: [] })
})
