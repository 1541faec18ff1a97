import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { breaksOff } from '../../updater/breaks-off.ts'
import { getJson } from '../../updater/get-json.ts'
import { retryAfterMs } from '../../updater/retry-after.ts'
import { createVirtualWall } from '../support/virtual-wall.ts'

const answers: Record<string, (response: ServerResponse) => void> = {
  '/fine': (response) => response.end('{"fine":true}'),
  '/busy': (response) => response.writeHead(429, { 'retry-after': '17' }).end('{}'),
  '/busy-until': (response) =>
    response.writeHead(429, { 'retry-after': 'Mon, 23 Nov 2026 03:00:30 GMT' }).end('slow down'),
  '/busy-and-hanging': (response) => response.writeHead(429).write('{'),
  '/down': (response) => response.writeHead(503).end(),
  '/gateway': (response) => response.writeHead(504).end('<html>'),
  '/no-key': (response) => response.writeHead(401).end('{"status":{"error_code":10002}}'),
  '/redirect': (response) => response.writeHead(302, { location: '/fine' }).end(),
  '/hangs': () => undefined,
  '/body-hangs': (response) => response.writeHead(200).write('[{"id":"bitcoin",'),
  '/cut': (response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('[{"id":"bitcoin",')
    setImmediate(() => response.destroy())
  },
  '/half': (response) => response.end('[{"id":"bitcoin",'),
}
const server = createServer((request, response) => answers[request.url ?? '']?.(response))
let address = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const wall = createVirtualWall()
const get = (url: string, limitMs = 2_000) => getJson({ fetch, wall, url, limitMs, headers: { 'x-key': 'CG-secret' } })

it('an answer is its JSON', async () => {
  expect(await get(`${address}/fine`)).toEqual({ ok: true, body: { fine: true } })
})

it.each([
  ['/busy', { reason: 'rate-limited', status: 429, retryAfterMs: 17_000 }],
  ['/busy-until', { reason: 'rate-limited', status: 429, retryAfterMs: 30_000 }],
  ['/busy-and-hanging', { reason: 'rate-limited', status: 429 }],
  ['/down', { reason: 'unavailable', status: 503 }],
  ['/gateway', { reason: 'unavailable', status: 504 }],
  ['/no-key', { reason: 'refused', status: 401 }],
  ['/redirect', { reason: 'unreachable', detail: 'Error' }],
  ['/half', { reason: 'truncated', status: 200 }],
])('%s is %o', async (path, failure) => {
  expect(await get(`${address}${path}`)).toEqual({ ok: false, dropped: [], ...failure })
})

it.each([
  ['/hangs', {}],
  ['/body-hangs', { status: 200 }],
])('%s is ended by the time limit', async (path, more) => {
  expect(await get(`${address}${path}`, 80)).toEqual({ ok: false, reason: 'timed-out', dropped: [], ...more })
})

it('a connection that breaks in the middle of the body leaves half an answer', async () => {
  expect(await get(`${address}/cut`)).toMatchObject({ ok: false, reason: 'truncated', status: 200 })
})

it('nobody there is unreachable, and nothing of the request is told', async () => {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  const failure = await get(`http://127.0.0.1:${port}/`)
  expect(failure).toEqual({ ok: false, reason: 'unreachable', detail: 'ECONNREFUSED', dropped: [] })
})

it('an error whose message holds a header is told by its kind alone', async () => {
  const failure = await getJson({
    fetch: async () => Promise.reject(new TypeError('"CG-secret" is an invalid header value')),
    wall,
    url: address,
    limitMs: 1_000,
  })
  expect(failure).toEqual({ ok: false, reason: 'unreachable', detail: 'TypeError', dropped: [] })
})

describe('Retry-After', () => {
  const now = new Date('2026-11-23T03:00:00.000Z')
  it.each([
    ['60', 60_000],
    [' 0 ', 0],
    ['Mon, 23 Nov 2026 03:01:00 GMT', 60_000],
    ['Mon, 23 Nov 2026 02:59:00 GMT', 0],
    [null, undefined],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['2026', 2_026_000],
  ])('%j is %j ms', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms)
  })
})

describe('a text that is no JSON', () => {
  it.each([
    ['[{"id":"bitcoin"', true],
    ['[{"id":"bitcoin"}', true],
    ['{"data":{"rates":{"BTC":"0.00', true],
    ['[{"name":"a \\" and ] in a name', true],
    ['', true],
    ['  \n', true],
    ['[{"id":"bitcoin",}]', false],
    ['{"name":"[ { in a name",}', false],
    ['<html>{', false],
    ['Throttled', false],
  ])('%j breaks off: %s', (text, answer) => {
    expect(breaksOff(text)).toBe(answer)
  })
})
