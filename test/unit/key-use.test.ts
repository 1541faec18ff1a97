import { expect, it } from 'vitest'
import { countKeyUse } from '../../bot/incident/key-use.ts'

const line = (keyId: string, status: number | string = 200, sourceIp = '192.0.2.1') => ({
  message: JSON.stringify({ keyId, status, sourceIp }),
})

it('counts requests by key, the most used first, with those told to wait and the addresses', () => {
  const lines = [
    line('key-b'),
    line('key-a', '429', '192.0.2.1'),
    line('key-a', 200, '192.0.2.2'),
    line('key-a', 403, '192.0.2.2'),
  ]
  expect(countKeyUse(lines)).toEqual({
    total: 4,
    keys: [
      { key: 'key-a', count: 3, refused: 1, addresses: 2, isLeast: false },
      { key: 'key-b', count: 1, refused: 0, addresses: 1, isLeast: false },
    ],
  })
})

it('keys that are used alike stand by their id', () => {
  expect(countKeyUse([line('key-c'), line('key-a'), line('key-b')]).keys.map(({ key }) => key)).toEqual([
    'key-a',
    'key-b',
    'key-c',
  ])
})

it.each([
  ['no key', line('-')],
  ['no status', { message: '{"keyId":"key-a"}' }],
  ['a status that is none', line('key-a', '-')],
  ['no JSON', { message: 'START RequestId' }],
  ['nothing', { message: '' }],
  ['a list', { message: '[]' }],
  ['a key of any length', line('k'.repeat(61))],
])('leaves out a line with %s', (_what, odd) => {
  expect(countKeyUse([odd, line('key-a')])).toMatchObject({ total: 1, keys: [{ key: 'key-a', count: 1 }] })
})

it('stops counting addresses at five hundred, and says that there are at least so many', () => {
  const lines = Array.from({ length: 600 }, (_, n) => line('key-a', 200, `192.0.${Math.floor(n / 250)}.${n % 250}`))
  expect(countKeyUse(lines).keys).toEqual([{ key: 'key-a', count: 600, refused: 0, addresses: 500, isLeast: true }])
})
