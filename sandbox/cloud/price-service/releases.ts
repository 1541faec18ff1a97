import type { createApi } from '../../../api/handler.ts'
import type { Env } from '../../../common/env.ts'
import { VersionCheck } from '../../../common/version-check.ts'

type Api = ReturnType<typeof createApi>

/** What a release may do to the answers of the API. The bugs are real: they throw, and Lambda counts an error. */
type Release = (api: Api) => Api

interface Shown {
  id: string
  price: number
  /** The bug of `rounds-changes`: a source may leave it out. */
  change24hPercent: number
}

/** Runs `change` over the body of a good answer about prices. */
const overPrices =
  (change: (body: object) => object): Release =>
  (api) =>
  async (event) => {
    const answer = await api(event)
    if ('ok' in answer) return answer
    const type = answer.headers?.['content-type']
    if (answer.statusCode !== 200 || type !== 'application/json') return answer
    return { ...answer, body: JSON.stringify(change(JSON.parse(answer.body))) }
  }

const rounded = (shown: Shown): Shown => ({ ...shown, change24hPercent: Number(shown.change24hPercent.toFixed(2)) })
const isShown = (body: object): body is Shown => 'price' in body
const isList = (body: object): body is { prices: Shown[] } => 'prices' in body && 'unknown' in body

const decimalsOf = {
  bitcoin: { shown: 2 },
  ethereum: { shown: 2 },
  solana: { shown: 2 },
  ripple: { shown: 4 },
  cardano: { shown: 4 },
  litecoin: { shown: 2 },
  chainlink: { shown: 2 },
}

/** The code of the versions that the sandbox's scenarios release, by name. */
export const releases = {
  good: (api) => api,
  /** Works until the source leaves the 24 h change of a coin out. */
  'rounds-changes': overPrices((body) => {
    if (isShown(body)) return rounded(body)
    return isList(body) ? { ...body, prices: body.prices.map(rounded) } : body
  }),
  /** Takes the answer for a list of prices, which it never is. */
  'reads-by-index': overPrices((body) => {
    const prices = body as [Shown]
    return { ...body, decimals: prices[0].price.toFixed(8).length }
  }),
  /** Looks for a parameter that nobody sends. */
  'looks-up-currencies': (api) => async (event) => {
    if (VersionCheck.safeParse(event).success) return api(event)
    const { queryStringParameters } = event as { queryStringParameters: { Currency: string } }
    const known = { USD: 2, JPY: 0, EUR: 2 }[queryStringParameters.Currency.toUpperCase()]
    return { ...(await api(event)), multiValueHeaders: { 'x-decimals': [String(known)] } }
  },
  /** Knows how many decimals to show for the coins that its author looked up: two of five requests are about others. */
  'knows-few-coins': overPrices((body) => {
    if (!isShown(body)) return body
    const decimals: Readonly<Record<string, { shown: number }>> = decimalsOf
    return { ...body, decimals: (decimals[body.id] as { shown: number }).shown }
  }),
  /** Does not start without a setting that nobody has made. */
  'needs-a-setting': (api) => api,
  /** Was told a table that does not exist. */
  'reads-another-table': (api) => api,
} as const satisfies Record<string, Release>

export type ReleaseName = keyof typeof releases

/** What a release changes in the environment of its function. */
const environments: Readonly<Record<string, Env>> = {
  'needs-a-setting': { PRICES_TABLE: undefined },
  'reads-another-table': { PRICES_TABLE: 'crypto-watch-prices' },
}

/** The API as a version of this code runs it. */
export function released(code: string, env: Env, start: (env: Env) => Api): Api {
  const release: Release | undefined = isRelease(code) ? releases[code] : undefined
  if (release === undefined) throw new Error(`There is no release of code ${code}.`)
  return release(start({ ...env, ...environments[code] }))
}

const isRelease = (code: string): code is ReleaseName => Object.hasOwn(releases, code)
