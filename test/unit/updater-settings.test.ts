import { describe, expect, it } from 'vitest'
import { defaultCoins } from '../../updater/coins.ts'
import { readUpdaterSettings } from '../../updater/settings.ts'

const least = { PRICES_TABLE: 'crypto-watch-data' }

describe('the settings of the updater', () => {
  it('need only the name of the table', () => {
    const { coins, ...others } = readUpdaterSettings(least)
    expect(others).toEqual({
      stage: 'prod',
      pricesTable: 'crypto-watch-data',
      coingecko: { apiUrl: 'https://api.coingecko.com/api/v3', name: 'coingecko', secret: undefined },
      coinbase: { apiUrl: 'https://api.coinbase.com/v2', name: 'coinbase' },
      currencies: ['usd', 'jpy', 'eur'],
      attemptMs: 5_000,
      backoffMs: 500,
      budgetMs: 40_000,
      callLimitMs: 2_500,
    })
    expect(coins).toHaveLength(50)
  })

  it('can all be told', () => {
    const settings = readUpdaterSettings({
      STAGE: 'staging',
      PRICES_TABLE: 'crypto-watch-data-staging',
      COINGECKO_API_URL: 'https://pro-api.coingecko.com/api/v3/',
      COINGECKO_SOURCE: 'coingecko pro',
      COINGECKO_SECRET: 'crypto-watch/upstream',
      FALLBACK_API_URL: 'http://127.0.0.1:3100/second',
      FALLBACK_SOURCE: 'coinbase (simulated)',
      COINS: 'bitcoin, ethereum,,bitcoin , avalanche-2',
      CURRENCIES: 'USD, chf',
      UPSTREAM_LIMIT_MS: '500',
      UPSTREAM_BACKOFF_MS: '50',
      UPSTREAM_BUDGET_MS: '4000',
      CALL_LIMIT_MS: '1000',
    })
    expect(settings).toEqual({
      stage: 'staging',
      pricesTable: 'crypto-watch-data-staging',
      coingecko: {
        apiUrl: 'https://pro-api.coingecko.com/api/v3',
        name: 'coingecko pro',
        secret: 'crypto-watch/upstream',
      },
      coinbase: { apiUrl: 'http://127.0.0.1:3100/second', name: 'coinbase (simulated)' },
      coins: ['bitcoin', 'ethereum', 'avalanche-2'],
      currencies: ['usd', 'chf'],
      attemptMs: 500,
      backoffMs: 50,
      budgetMs: 4_000,
      callLimitMs: 1_000,
    })
  })

  it.each([
    ['no table', { PRICES_TABLE: undefined }, /PRICES_TABLE/],
    ['an address that is none', { COINGECKO_API_URL: 'coingecko' }, /COINGECKO_API_URL/],
    ['an address for files', { FALLBACK_API_URL: 'file:///etc/passwd' }, /FALLBACK_API_URL/],
    ['a coin that is none', { COINS: 'bitcoin,Ether eum' }, /COINS\.1: expected CoinGecko's id/],
    ['no coin', { COINS: ' , ' }, /COINS/],
    ['251 coins', { COINS: Array.from({ length: 251 }, (_, n) => `coin-${n}`).join(',') }, /COINS/],
    ['a currency that is none', { CURRENCIES: 'dollar!' }, /CURRENCIES\.0: expected the code/],
    ['a budget that the Lambda does not have', { UPSTREAM_BUDGET_MS: '60000' }, /UPSTREAM_BUDGET_MS/],
    ['a budget for one source only', { UPSTREAM_LIMIT_MS: '5000', UPSTREAM_BUDGET_MS: '9999' }, /at least twice/],
    ['a limit that is no number', { UPSTREAM_LIMIT_MS: 'soon' }, /UPSTREAM_LIMIT_MS/],
  ])('%s is refused by name', (_what, change, problem) => {
    expect(() => readUpdaterSettings({ ...least, ...change })).toThrow(problem)
  })

  it('250 coins fit into one call', () => {
    const COINS = Array.from({ length: 250 }, (_, n) => `coin-${n}`).join(',')
    expect(readUpdaterSettings({ ...least, COINS }).coins).toHaveLength(250)
  })
})

describe('the coins', () => {
  const codes = defaultCoins.flatMap((coin) => ('coinbase' in coin ? coin.coinbase : []))

  it('are fifty, each once, and no code of Coinbase stands for two of them', () => {
    expect(new Set(defaultCoins.map(({ id }) => id)).size).toBe(50)
    expect(new Set(defaultCoins.map(({ symbol }) => symbol)).size).toBe(50)
    expect(new Set(codes).size).toBe(codes.length)
    expect(defaultCoins.filter(({ symbol }) => symbol !== symbol.toLowerCase())).toEqual([])
  })

  it('are mostly traded at Coinbase, so that it can stand in', () => {
    expect(codes).toEqual(expect.arrayContaining(['BTC', 'ETH', 'XRP', 'SOL', 'DOGE', 'ADA']))
    expect(codes.length).toBeGreaterThanOrEqual(40)
  })
})
