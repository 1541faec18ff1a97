import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createUpdater } from '../../updater/handler.ts'
import { readTables } from '../support/checkpoint.ts'
import { createQuietLog } from '../support/quiet-log.ts'
import { quietMeter } from '../support/quiet-meter.ts'
import { type TestCloud, testCloud } from './cloud-support.ts'

/** It stands in the middle of the key, so that a part of it would be seen too. */
const mark = 'keymark5v8r'
const key = `CG-${mark}-end`

let source: Server
let address: string
let asked: IncomingHttpHeaders[]
let status: number
let test: TestCloud | undefined

beforeEach(async () => {
  asked = []
  status = 200
  // It repeats everything it was told, as a bad gateway may.
  source = createServer((request, response) => {
    asked.push(request.headers)
    response.writeHead(status, { location: '/elsewhere', 'x-echo': JSON.stringify(request.headers) })
    response.end(JSON.stringify({ error: request.headers }))
  })
  await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(source.address() as AddressInfo).port}`
})
afterEach(async () => {
  await test?.cloud.close()
  source.closeAllConnections()
  source.close()
})

const start = async (outside: Record<string, string>) => {
  test = await testCloud({ outside })
  return test
}

/** Everything where something may be read or kept, as text. */
async function everywhere({ cloud, lines, published }: TestCloud): Promise<string> {
  const places = {
    lines,
    published,
    calls: cloud.calls.list(),
    snapshot: cloud.snapshot(),
    requests: [cloud.upstream.requests(), cloud.secondUpstream.requests()],
    tables: await readTables(cloud.endpoint, [cloud.names.tables.prices]),
  }
  return JSON.stringify(places) + inspect(places, { depth: null, maxStringLength: null, maxArrayLength: null })
}

it.each([200, 302, 401, 429, 503])('a source that answers %i gets the key, and nobody else sees it', async (answer) => {
  status = answer
  const running = await start({ COINGECKO_API_URL: address, COINGECKO_API_KEY: key })
  expect(asked.length).toBeGreaterThanOrEqual(3)
  expect(asked.every((headers) => headers['x-cg-demo-api-key'] === key)).toBe(true)
  expect(running.lines.filter(({ message }) => message.startsWith('External API ERROR: coingecko gave'))).not.toEqual(
    [],
  )
  expect(await everywhere(running)).not.toContain(mark)
  // The second source is the simulated one, and gets no key.
  expect(running.cloud.secondUpstream.requests()).toHaveLength(3)
})

it('a key that is rotated is taken within five minutes, and kept until then', async () => {
  const running = await start({ COINGECKO_API_URL: address, COINGECKO_API_KEY: key })
  const { cloud, wall } = running
  cloud.secrets.set(cloud.names.upstreamSecret, JSON.stringify({ apiKey: 'CG-next' }))
  await running.minutes(5)
  expect(asked.at(-1)?.['x-cg-demo-api-key']).toBe(key)
  wall.forward(301)
  await running.minutes(5)
  expect(asked.at(-1)?.['x-cg-demo-api-key']).toBe('CG-next')
  expect(cloud.calls.of('secretsmanager', 'GetSecretValue')).toHaveLength(2)
})

it.each([
  ['is no JSON', `{"apiKey":"${key}"`],
  ['has another name', JSON.stringify({ key })],
  ['could not be sent', JSON.stringify({ apiKey: `${key}\nx-other: 1` })],
  ['is empty', JSON.stringify({ apiKey: '' })],
])('a secret that %s: the run goes on with what it had, and says so without its text', async (_what, text) => {
  const running = await start({ COINGECKO_API_URL: address, COINGECKO_API_KEY: 'CG-old' })
  running.cloud.secrets.set(running.cloud.names.upstreamSecret, text)
  running.wall.forward(301)
  await running.minutes(5)
  expect(asked.at(-1)?.['x-cg-demo-api-key']).toBe('CG-old')
  const said = running.lines.filter(({ level }) => level === 'error')
  expect(said).toEqual([
    {
      level: 'error',
      message: 'the key of the price source could not be read',
      details: { secret: 'crypto-watch/upstream', error: expect.stringContaining('has to be JSON with apiKey') },
    },
  ])
  expect(await everywhere(running)).not.toContain(mark)
})

it('a secret that cannot be read at all: the source is asked without a key, and the log says so', async () => {
  const { cloud, world, wall } = await start({})
  const log = createQuietLog()
  const run = createUpdater(
    {
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      PRICES_TABLE: cloud.names.tables.prices,
      COINGECKO_API_URL: `${cloud.endpoint}${cloud.upstream.path}`,
      COINGECKO_SECRET: 'crypto-watch/nowhere',
      CURRENCIES: 'usd',
    },
    { clock: world.clock, wall, log, meter: quietMeter },
    {
      fetch: (url, options) => {
        asked.push(Object.fromEntries(new Headers(options.headers)))
        return fetch(url, options)
      },
    },
  )
  expect(await run()).toEqual({ updated: ['usd'], failed: [], skipped: false })
  expect(asked).toEqual([{ accept: 'application/json' }])
  expect(log.lines.filter(({ level }) => level === 'error')).toMatchObject([
    { message: 'the key of the price source could not be read', details: { secret: 'crypto-watch/nowhere' } },
  ])
})

it('without a key nobody asks for a secret', async () => {
  const running = await start({ COINGECKO_API_URL: address })
  expect(asked).toHaveLength(3)
  expect(asked.every((headers) => headers['x-cg-demo-api-key'] === undefined)).toBe(true)
  expect(running.cloud.calls.of('secretsmanager')).toEqual([])
})

it('without anything brought along the simulated sources are asked, and nothing leaves this machine', async () => {
  const running = await start({})
  expect(running.cloud.upstream.requests()).toHaveLength(3)
  expect(asked).toEqual([])
})

it('a second source that was brought along stands in for the first', async () => {
  const running = await start({ FALLBACK_API_URL: address })
  running.cloud.upstream.setMode('503')
  await running.minutes(5)
  expect(asked).toHaveLength(3)
  expect(asked.every((headers) => !JSON.stringify(headers).includes('api-key'))).toBe(true)
  expect(running.lines.some(({ message }) => message.startsWith('External API ERROR: coinbase gave no prices'))).toBe(
    true,
  )
})
