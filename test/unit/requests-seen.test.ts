import { expect, it } from 'vitest'
import { countRequests } from '../../bot/incident/requests-seen.ts'
import { later } from '../support/builders.ts'

const request = (change: object = {}) => ({
  at: later(0),
  message: JSON.stringify({ keyId: 'key0000001', resource: '/v1/prices', status: '200', ...change }),
})
const times = (count: number, change: object) => Array.from({ length: count }, () => request(change))

it('counts what failed, where, and whom the gateway told to wait', () => {
  expect(
    countRequests([
      ...times(6, {}),
      ...times(3, { status: '502' }),
      ...times(2, { resource: '/v1/coins', status: '503' }),
      ...times(4, { status: '429', keyId: 'key0000002' }),
      ...times(1, { status: '429', keyId: '-' }),
      ...times(1, { resource: '-', status: '404' }),
    ]),
  ).toEqual({
    total: 17,
    failed: 5,
    statuses: [
      { status: 502, count: 3 },
      { status: 503, count: 2 },
    ],
    // Who sends no key is nobody's client.
    busiest: { key: 'key0000001', count: 12 },
    endpoints: [
      { resource: '/v1/prices', failed: 3, total: 14 },
      { resource: '/v1/coins', failed: 2, total: 2 },
    ],
    limited: [
      { key: 'key0000002', count: 4 },
      { key: '-', count: 1 },
    ],
  })
})

it('names three of each at most, the worst first', () => {
  const { endpoints, limited } = countRequests(
    [1, 2, 3, 4, 5].flatMap((count) => [
      ...times(count, { resource: `/r${count}`, status: '500' }),
      ...times(count, { keyId: `key${count}`, status: '429' }),
    ]),
  )
  expect(endpoints.map(({ resource }) => resource)).toEqual(['/r5', '/r4', '/r3'])
  expect(limited.map(({ key }) => key)).toEqual(['key5', 'key4', 'key3'])
})

it('a line that is no request is none', () => {
  const broken = ['', '{', 'null', '{"status":"-"}', '{"keyId":1,"status":"500"}']
  expect(countRequests(broken.map((message) => ({ at: later(0), message })))).toEqual({
    total: 0,
    failed: 0,
    statuses: [],
    endpoints: [],
    limited: [],
  })
})
