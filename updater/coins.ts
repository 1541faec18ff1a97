/** A coin whose price is kept unless a setting says otherwise. */
export interface Coin {
  /** CoinGecko's id. */
  id: string
  /** In small letters. */
  symbol: string
  name: string
  /**
   * The code of the very same asset at Coinbase. Absent where it is not traded there, or where that is not certain:
   * codes are used twice in this world, and a wrong price is worse than none.
   */
  coinbase?: string
}

/** Fifty well-known coins, roughly by size. */
export const defaultCoins = [
  { id: 'bitcoin', symbol: 'btc', name: 'Bitcoin', coinbase: 'BTC' },
  { id: 'ethereum', symbol: 'eth', name: 'Ethereum', coinbase: 'ETH' },
  { id: 'tether', symbol: 'usdt', name: 'Tether', coinbase: 'USDT' },
  { id: 'ripple', symbol: 'xrp', name: 'XRP', coinbase: 'XRP' },
  { id: 'binancecoin', symbol: 'bnb', name: 'BNB' },
  { id: 'solana', symbol: 'sol', name: 'Solana', coinbase: 'SOL' },
  { id: 'usd-coin', symbol: 'usdc', name: 'USDC', coinbase: 'USDC' },
  { id: 'dogecoin', symbol: 'doge', name: 'Dogecoin', coinbase: 'DOGE' },
  { id: 'tron', symbol: 'trx', name: 'TRON' },
  { id: 'cardano', symbol: 'ada', name: 'Cardano', coinbase: 'ADA' },
  { id: 'chainlink', symbol: 'link', name: 'Chainlink', coinbase: 'LINK' },
  { id: 'avalanche-2', symbol: 'avax', name: 'Avalanche', coinbase: 'AVAX' },
  { id: 'stellar', symbol: 'xlm', name: 'Stellar', coinbase: 'XLM' },
  { id: 'sui', symbol: 'sui', name: 'Sui', coinbase: 'SUI' },
  { id: 'bitcoin-cash', symbol: 'bch', name: 'Bitcoin Cash', coinbase: 'BCH' },
  { id: 'hedera-hashgraph', symbol: 'hbar', name: 'Hedera', coinbase: 'HBAR' },
  { id: 'litecoin', symbol: 'ltc', name: 'Litecoin', coinbase: 'LTC' },
  { id: 'the-open-network', symbol: 'ton', name: 'Toncoin' },
  { id: 'shiba-inu', symbol: 'shib', name: 'Shiba Inu', coinbase: 'SHIB' },
  { id: 'polkadot', symbol: 'dot', name: 'Polkadot', coinbase: 'DOT' },
  { id: 'uniswap', symbol: 'uni', name: 'Uniswap', coinbase: 'UNI' },
  { id: 'near', symbol: 'near', name: 'NEAR Protocol', coinbase: 'NEAR' },
  { id: 'aptos', symbol: 'apt', name: 'Aptos', coinbase: 'APT' },
  { id: 'internet-computer', symbol: 'icp', name: 'Internet Computer', coinbase: 'ICP' },
  { id: 'ethereum-classic', symbol: 'etc', name: 'Ethereum Classic', coinbase: 'ETC' },
  { id: 'aave', symbol: 'aave', name: 'Aave', coinbase: 'AAVE' },
  { id: 'polygon-ecosystem-token', symbol: 'pol', name: 'POL (ex-MATIC)', coinbase: 'POL' },
  { id: 'arbitrum', symbol: 'arb', name: 'Arbitrum', coinbase: 'ARB' },
  { id: 'optimism', symbol: 'op', name: 'Optimism', coinbase: 'OP' },
  { id: 'cosmos', symbol: 'atom', name: 'Cosmos Hub', coinbase: 'ATOM' },
  { id: 'filecoin', symbol: 'fil', name: 'Filecoin', coinbase: 'FIL' },
  { id: 'algorand', symbol: 'algo', name: 'Algorand', coinbase: 'ALGO' },
  { id: 'vechain', symbol: 'vet', name: 'VeChain', coinbase: 'VET' },
  { id: 'injective-protocol', symbol: 'inj', name: 'Injective', coinbase: 'INJ' },
  { id: 'the-graph', symbol: 'grt', name: 'The Graph', coinbase: 'GRT' },
  { id: 'lido-dao', symbol: 'ldo', name: 'Lido DAO', coinbase: 'LDO' },
  { id: 'immutable-x', symbol: 'imx', name: 'Immutable', coinbase: 'IMX' },
  { id: 'tezos', symbol: 'xtz', name: 'Tezos', coinbase: 'XTZ' },
  { id: 'monero', symbol: 'xmr', name: 'Monero' },
  { id: 'the-sandbox', symbol: 'sand', name: 'The Sandbox', coinbase: 'SAND' },
  { id: 'decentraland', symbol: 'mana', name: 'Decentraland', coinbase: 'MANA' },
  { id: 'axie-infinity', symbol: 'axs', name: 'Axie Infinity', coinbase: 'AXS' },
  { id: 'theta-token', symbol: 'theta', name: 'Theta Network' },
  { id: 'flow', symbol: 'flow', name: 'Flow', coinbase: 'FLOW' },
  { id: 'quant-network', symbol: 'qnt', name: 'Quant', coinbase: 'QNT' },
  { id: 'curve-dao-token', symbol: 'crv', name: 'Curve DAO', coinbase: 'CRV' },
  { id: 'dai', symbol: 'dai', name: 'Dai', coinbase: 'DAI' },
  { id: 'kaspa', symbol: 'kas', name: 'Kaspa' },
  { id: 'zcash', symbol: 'zec', name: 'Zcash', coinbase: 'ZEC' },
  { id: 'compound-governance-token', symbol: 'comp', name: 'Compound', coinbase: 'COMP' },
] as const satisfies readonly Coin[]

export type DefaultCoinId = (typeof defaultCoins)[number]['id']
