/** Every route of the price API, as API Gateway knows them. Those without a key are for monitors and for anybody. */
export const routes = {
  listPrices: { path: '/v1/prices', needsKey: true },
  getPrice: { path: '/v1/prices/{id}', needsKey: true },
  getHistory: { path: '/v1/prices/{id}/history', needsKey: true },
  listCoins: { path: '/v1/coins', needsKey: true },
  getHealth: { path: '/health', needsKey: false },
  getStatus: { path: '/status', needsKey: false },
} as const satisfies Record<string, { path: string; needsKey: boolean }>

export type RouteName = keyof typeof routes
