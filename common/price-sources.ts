/** The names that prices carry by the source that brought them, as the settings item numbers them. */
export const priceSources = { first: 'coingecko', second: 'coinbase' } as const
