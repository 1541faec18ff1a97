import { describe, expect, it } from 'vitest'
import { createCoinGecko } from '../../updater/coingecko.ts'
import type { Fetch } from '../../updater/get-json.ts'
import { createVirtualWall } from '../support/virtual-wall.ts'

const question = {
  coins: ['bitcoin', 'ethereum'],
  currency: 'usd',
  at: '2026-11-23T03:00:00.000Z',
  limitMs: 1_000,
}

const bitcoin = {
  id: 'bitcoin',
  symbol: 'BTC',
  name: 'Bitcoin',
  current_price: 98_123.45678901234,
  price_change_percentage_24h: -1.25,
  last_updated: '2026-11-23T02:59:41.736Z',
  market_cap: 1_900_000_000_000,
}
const ethereum = { id: 'ethereum', symbol: 'eth', name: 'Ethereum', current_price: 3_900 }

/** CoinGecko with one answer, and what was sent to it. */
function answering(body: unknown, options: { apiUrl?: string; apiKey?: string } = {}) {
  const sent: { url: string; options: RequestInit }[] = []
  const fetch: Fetch = async (url, init) => {
    sent.push({ url, options: init })
    return new Response(typeof body === 'string' ? body : JSON.stringify(body))
  }
  const { apiUrl = 'https://api.coingecko.com/api/v3', apiKey } = options
  const source = createCoinGecko({ name: 'coingecko', apiUrl, fetch, wall: createVirtualWall(), apiKey })
  return { ask: () => source.ask(question), sent }
}

describe('the request', () => {
  it('asks for all coins in one currency, with all digits', async () => {
    const { ask, sent } = answering([bitcoin])
    await ask()
    expect(sent.map(({ url }) => url)).toEqual([
      'https://api.coingecko.com/api/v3/coins/markets?vs_currency=usd&ids=bitcoin%2Cethereum&per_page=250&precision=full',
    ])
  })

  it.each([
    ['https://api.coingecko.com/api/v3', { 'x-cg-demo-api-key': 'CG-key' }],
    ['https://pro-api.coingecko.com/api/v3', { 'x-cg-pro-api-key': 'CG-key' }],
    ['https://pro-api.coingecko.com.example.org/api/v3', { 'x-cg-demo-api-key': 'CG-key' }],
  ])('to %s carries the key in the header of that host, and never follows a redirect', async (apiUrl, header) => {
    const { ask, sent } = answering([bitcoin], { apiUrl, apiKey: 'CG-key' })
    await ask()
    expect(sent[0]?.options).toMatchObject({ redirect: 'error', headers: { accept: 'application/json', ...header } })
    expect(sent[0]?.url).not.toContain('CG-key')
  })

  it('carries no key when there is none', async () => {
    const { ask, sent } = answering([bitcoin])
    await ask()
    expect(sent[0]?.options.headers).toEqual({ accept: 'application/json' })
  })
})

describe('the answer', () => {
  it('becomes prices with the time of the request and the time of the quote', async () => {
    expect(await answering([bitcoin, ethereum]).ask()).toEqual({
      ok: true,
      prices: [
        {
          id: 'bitcoin',
          symbol: 'btc',
          name: 'Bitcoin',
          price: 98_123.45678901234,
          change24hPercent: -1.25,
          updatedAt: '2026-11-23T03:00:00.000Z',
          quotedAt: '2026-11-23T02:59:41.736Z',
          source: 'coingecko',
        },
        {
          id: 'ethereum',
          symbol: 'eth',
          name: 'Ethereum',
          price: 3_900,
          updatedAt: '2026-11-23T03:00:00.000Z',
          source: 'coingecko',
        },
      ],
      dropped: [],
      missing: [],
    })
  })

  it.each([
    ['no price', { current_price: undefined }],
    ['null for a price', { current_price: null }],
    ['a price in words', { current_price: '3900' }],
    ['a negative price', { current_price: -1 }],
    ['no price to speak of', { current_price: 0 }],
    ['no symbol', { symbol: undefined }],
    ['a number for a name', { name: 7 }],
  ])('drops a coin with %s, and only that one', async (_what, change) => {
    const answer = await answering([bitcoin, { ...ethereum, ...change }]).ask()
    expect(answer).toMatchObject({ ok: true, prices: [{ id: 'bitcoin' }], dropped: ['ethereum'], missing: [] })
  })

  it('drops a price beyond all numbers', async () => {
    const text = JSON.stringify([bitcoin, ethereum]).replace('3900', '1e999')
    expect(await answering(text).ask()).toMatchObject({ prices: [{ id: 'bitcoin' }], dropped: ['ethereum'] })
  })

  it.each([null, 7, 'ethereum', { symbol: 'eth' }])('drops an entry that is no coin: %j', async (entry) => {
    const answer = await answering([bitcoin, entry]).ask()
    expect(answer).toMatchObject({ ok: true, dropped: ['(without an id)'], missing: ['ethereum'] })
  })

  const quotedAt = '2026-11-23T02:59:41.736Z'
  it.each([
    ['null for the change', { price_change_percentage_24h: null }, { quotedAt }],
    ['words for the change', { price_change_percentage_24h: 'up' }, { quotedAt }],
    ['no time of the quote', { last_updated: undefined }, { change24hPercent: -1.25 }],
    ['a time that is none', { last_updated: 'yesterday evening' }, { change24hPercent: -1.25 }],
  ])('keeps a coin with %s, without it', async (_what, change, kept) => {
    const answer = await answering([{ ...bitcoin, ...change }]).ask()
    const price = {
      id: 'bitcoin',
      symbol: 'btc',
      name: 'Bitcoin',
      price: 98_123.45678901234,
      updatedAt: '2026-11-23T03:00:00.000Z',
      source: 'coingecko',
      ...kept,
    }
    expect(answer).toEqual({ ok: true, prices: [price], dropped: [], missing: ['ethereum'] })
  })

  it('ignores coins that nobody asked for, broken ones too', async () => {
    const answer = await answering([bitcoin, { ...ethereum, id: 'ether' }, { id: 'nothing' }, ethereum]).ask()
    expect(answer).toMatchObject({ ok: true, prices: [{ id: 'bitcoin' }, { id: 'ethereum' }], dropped: [] })
  })

  it('names coins that it does not have', async () => {
    expect(await answering([bitcoin]).ask()).toMatchObject({ ok: true, missing: ['ethereum'] })
  })

  it.each([
    ['an empty list', [], 'empty', []],
    ['a list of others', [{ ...bitcoin, id: 'wrapped-bitcoin' }], 'empty', []],
    ['a list without one usable price', [{ ...bitcoin, current_price: null }], 'empty', ['bitcoin']],
    ['an error object', { status: { error_code: 10_002, error_message: 'API Key Missing' } }, 'malformed', []],
    ['null', null, 'malformed', []],
    ['a page of HTML', '<!doctype html><title>Just a moment…</title>', 'malformed', []],
    ['a list that breaks off', JSON.stringify([bitcoin, ethereum]).slice(0, -20), 'truncated', []],
    ['nothing at all', '', 'truncated', []],
  ])('%s is a failure: %j', async (_what, body, reason, dropped) => {
    expect(await answering(body).ask()).toEqual({ ok: false, reason, status: 200, dropped })
  })
})
