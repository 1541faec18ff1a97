import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi'
import { Problem, problemContentType } from '../api/problem.ts'
import { createQueries } from '../api/query.ts'
import { type RouteName, routes } from '../api/routes.ts'
import { CoinsAnswer, HealthAnswer, HistoryAnswer, PriceAnswer, PricesAnswer, StatusAnswer } from '../api/schemas.ts'
import { defaultCurrencies } from '../common/prices.ts'

/** Writes `openapi.json` beside this file: the description of the price API, made of the schemas it answers by. */

const queries = createQueries(defaultCurrencies)

const header = (type: z.ZodType, description: string) => type.meta({ description })
const caching = z.object({
  ETag: header(z.string(), 'Send it as If-None-Match to ask whether something changed.'),
  'Cache-Control': header(z.string(), 'max-age is how long the prices stay fresh, in seconds.'),
})
const aged = caching.extend({ Age: header(z.int(), 'Age of the oldest price in the answer, in seconds.') })
const retry = z.object({ 'Retry-After': header(z.int(), 'Seconds to wait before the next try.') })

const json = (schema: z.ZodType) => ({ 'application/json': { schema } })
const ok = (description: string, schema: z.ZodType, headers?: z.ZodObject) => ({
  description,
  content: json(schema),
  ...(headers && { headers }),
})
const fails = (description: string, headers?: z.ZodObject) => ({
  description,
  content: { [problemContentType]: { schema: Problem } },
  ...(headers && { headers }),
})

const unchanged = { '304': { description: 'Nothing changed since the answer with this ETag.', headers: caching } }
const wrong = { '400': fails('A value was not understood; `detail` names it.') }
const unknown = { '404': fails('No price is kept of this coin.') }
const limits = {
  '403': fails('The API key is missing, wrong or disabled.'),
  '429': fails('Faster than the plan of the key allows, or its quota is used up.', retry),
}
const tooOld = {
  '503': fails('The newest prices are more than an hour old or cannot be read, or maintenance mode is on.', retry),
}
const broken = {
  '502': fails('The service failed. Try again in a moment.'),
  '504': fails('The service did not answer within 29 seconds.', retry),
}
/** How a request for coins may end besides well. */
const ofCoins = { ...unchanged, ...wrong, ...limits, ...unknown, ...broken, ...tooOld }
const conditional = z.object({
  'If-None-Match': z.string().optional().meta({ description: 'The ETag of the answer you have.' }),
})

const operations: Record<RouteName, ZodOpenApiOperationObject> = {
  listPrices: {
    operationId: 'listPrices',
    tags: ['Prices'],
    summary: 'Prices of many coins',
    description:
      'Prices of the coins named by `ids` and `symbols`, of every coin without them. Coins that are not known are listed in `unknown`, the others are answered; 404 only if none is known.',
    requestParams: { query: queries.prices, header: conditional },
    responses: {
      '200': ok('Prices with their age.', PricesAnswer, aged),
      ...ofCoins,
    },
  },
  getPrice: {
    operationId: 'getPrice',
    tags: ['Prices'],
    summary: 'The price of one coin',
    requestParams: { path: queries.coin, query: queries.price, header: conditional },
    responses: {
      '200': ok('The price with its age.', PriceAnswer, aged),
      ...ofCoins,
    },
  },
  getHistory: {
    operationId: 'getHistory',
    tags: ['Prices'],
    summary: 'Past prices of one coin',
    description: 'Kept for 30 days. A long span comes in pages: repeat the request with `cursor` until `next` is null.',
    requestParams: { path: queries.coin, query: queries.history, header: conditional },
    responses: {
      '200': ok('One page of points, oldest first.', HistoryAnswer, caching),
      ...ofCoins,
    },
  },
  listCoins: {
    operationId: 'listCoins',
    tags: ['Prices'],
    summary: 'What can be asked for',
    requestParams: { header: conditional },
    responses: {
      '200': ok('Coins and currencies.', CoinsAnswer, caching),
      ...unchanged,
      ...wrong,
      ...limits,
      ...broken,
      ...tooOld,
    },
  },
  getHealth: {
    operationId: 'getHealth',
    tags: ['Service'],
    summary: 'Health, for monitors',
    security: [],
    responses: {
      '200': ok('Prices are served: ok, or degraded with reasons.', HealthAnswer),
      ...wrong,
      ...broken,
      '503': ok('down: no prices are served.', HealthAnswer, retry),
    },
  },
  getStatus: {
    operationId: 'getStatus',
    tags: ['Service'],
    summary: 'Status, for people',
    description: 'What is affected, since when, and the last update. Ask for `text/html` to get a page.',
    security: [],
    requestParams: {
      header: z.object({
        'Accept-Language': z.string().optional().meta({ description: 'en or ja.', example: 'ja' }),
      }),
    },
    responses: {
      '200': {
        description: 'The status as we know it.',
        content: { ...json(StatusAnswer), 'text/html': { schema: z.string() } },
      },
      ...wrong,
      ...broken,
    },
  },
}

const withName = Object.entries(operations) as [RouteName, ZodOpenApiOperationObject][]
const paths: ZodOpenApiPathsObject = Object.fromEntries(withName.map(([name, get]) => [routes[name].path, { get }]))

const description: ZodOpenApiObject = {
  openapi: '3.1.1',
  info: {
    title: 'crypto-watch price API',
    version: '1.0.0',
    description: [
      'Prices are fetched every few minutes. Up to 5 minutes old they are fresh, up to an hour they are served with `stale: true`, older ones are refused with 503.',
      'Every error is a problem document (RFC 9457): `type` says by name what went wrong, `detail` what to do.',
      'An answer with an ETag can be asked for again with `If-None-Match`; 304 means that nothing changed.',
    ].join('\n\n'),
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/', description: 'Where this description is served.' }],
  tags: [
    { name: 'Prices', description: 'With an API key.' },
    { name: 'Service', description: 'Without a key, for monitors and for anybody.' },
  ],
  security: [{ key: [] }],
  paths,
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } } },
}

export const openapi = createDocument(description, {
  override: ({ jsonSchema, io }) => {
    // A client must not break when an answer learns a new field.
    if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    // What the format says already, and the limits of JavaScript's own numbers, tell a reader nothing.
    if (jsonSchema.format === 'date-time' || jsonSchema.format === 'date') delete jsonSchema.pattern
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  },
})

const file = new URL('openapi.json', import.meta.url)
export const openapiText = `${JSON.stringify(openapi, null, 2)}\n`

/** The description as it stands in the repository. */
export const openapiOnDisk = (): Promise<string> => readFile(file, 'utf8')

if (import.meta.main) await writeFile(file, openapiText)
