import { type Coin, type DefaultCoinId, defaultCoins } from '../../../updater/coins.ts'

/** Plausible levels in dollars; they need not be those of today. */
const levels: Readonly<Record<DefaultCoinId, number>> = {
  bitcoin: 98_000,
  ethereum: 3_900,
  tether: 1,
  ripple: 2.3,
  binancecoin: 690,
  solana: 210,
  'usd-coin': 1,
  dogecoin: 0.32,
  tron: 0.26,
  cardano: 0.84,
  chainlink: 23,
  'avalanche-2': 41,
  stellar: 0.36,
  sui: 4.1,
  'bitcoin-cash': 470,
  'hedera-hashgraph': 0.28,
  litecoin: 118,
  'the-open-network': 5.4,
  'shiba-inu': 0.0000224,
  polkadot: 7.6,
  uniswap: 13.8,
  near: 5.2,
  aptos: 9.4,
  'internet-computer': 10.9,
  'ethereum-classic': 27,
  aave: 310,
  'polygon-ecosystem-token': 0.49,
  arbitrum: 0.76,
  optimism: 1.9,
  cosmos: 6.8,
  filecoin: 5.1,
  algorand: 0.37,
  vechain: 0.047,
  'injective-protocol': 22,
  'the-graph': 0.21,
  'lido-dao': 1.9,
  'immutable-x': 1.4,
  tezos: 1.3,
  monero: 195,
  'the-sandbox': 0.58,
  decentraland: 0.49,
  'axie-infinity': 6.3,
  'theta-token': 2.2,
  flow: 0.74,
  'quant-network': 108,
  'curve-dao-token': 0.91,
  dai: 1,
  kaspa: 0.12,
  zcash: 57,
  'compound-governance-token': 74,
}

/** What one dollar is in a currency. */
const dollars: Readonly<Record<string, number>> = { usd: 1, jpy: 155, eur: 0.95 }

const hourMs = 3_600_000
const stable: ReadonlySet<string> = new Set(['tether', 'usd-coin', 'dai'])

/** A price moves by up to two percent over some hours, so that it looks alive and repeats from run to run. */
function dollarPrice(id: DefaultCoinId, at: number): number {
  const swing = stable.has(id) ? 0.0005 : 0.02
  return levels[id] * (1 + swing * Math.sin(at / hourMs / 3 + id.length))
}

export interface Market {
  coin: Coin
  price: number
  /** Against the price of 24 h before. */
  changePercent: number
}

/** Every coin in a currency, largest first; undefined for a currency that nobody knows here. */
export function marketsIn(currency: string, now: Date): Market[] | undefined {
  const rate = Object.hasOwn(dollars, currency) ? dollars[currency] : undefined
  if (rate === undefined) return undefined
  const at = now.getTime()
  return defaultCoins.map((coin) => {
    const price = dollarPrice(coin.id, at)
    return {
      coin,
      price: Number((price * rate).toPrecision(8)),
      changePercent: Number((100 * (price / dollarPrice(coin.id, at - 24 * hourMs) - 1)).toFixed(5)),
    }
  })
}
