import { expect, it } from 'vitest'
import { errorShapes } from '../../bot/incident/error-shapes.ts'
import { type LogLine, readLine } from '../../bot/incident/log-line.ts'
import { later } from '../support/builders.ts'

const line = (message: string, change: Partial<LogLine> = {}): LogLine => ({
  role: 'api',
  at: later(0),
  stream: '2026/11/23/[42]0123456789abcdef0123456789abcdef',
  message,
  ...change,
})
const thrown = (errorType: string, errorMessage: string, request = '6f1c2a34-9d4e-4b7a-8c11-0123456789ab') =>
  `2026-11-23T03:00:00.000Z\t${request}\tERROR\tInvoke Error \t${JSON.stringify({ errorType, errorMessage, stack: [] })}\n`
const printed = (level: string, message: string, details: object = {}) =>
  JSON.stringify({ level, message, timestamp: later(0), service: 'api', sampling_rate: 0, ...details })

it.each([
  ['what was thrown', thrown('TypeError', 'x is not a function'), 'error', 'TypeError: x is not a function'],
  [
    'the same where the log is set to JSON',
    JSON.stringify({ level: 'ERROR', message: { errorType: 'RangeError', errorMessage: 'too far', stackTrace: [] } }),
    'error',
    'RangeError: too far',
  ],
  [
    'a time-out',
    '2026-11-23T03:00:00.000Z 6f1c2a34-9d4e-4b7a-8c11-0123456789ab Task timed out after 25.00 seconds\n\n',
    'error',
    'Task timed out after 25.00 seconds',
  ],
  [
    'the end of a process',
    'RequestId: 6f1c2a34-9d4e-4b7a-8c11-0123456789ab Error: Runtime exited with error: signal: killed\nRuntime.ExitError\n',
    'error',
    'Runtime.ExitError: Runtime exited with error: signal: killed',
  ],
  ['our own error', printed('ERROR', 'there is no price at all'), 'error', 'there is no price at all'],
  ['what it was about', printed('ERROR', 'a request failed', { error: 'TypeError: x' }), 'error', 'TypeError: x'],
  ['our own warning', printed('WARN', 'a setting was not taken'), 'warning', 'a setting was not taken'],
] as const)('a line tells of %s', (_what, message, level, text) => {
  expect(readLine(message)).toMatchObject({ level, text })
})

it.each([
  ['news', printed('INFO', 'the run is over, without any ERROR')],
  ['a broken line', '{"level":"ERROR"'],
  ['JSON that is no line', '[1]'],
  ['plain text', 'ERROR somewhere'],
  ['nothing', ''],
])('a line tells of no error: %s', (_what, message) => {
  expect(readLine(message)).toBeUndefined()
})

it('errors are counted by shape, with first, last, one sample and the versions that wrote them', () => {
  expect(
    errorShapes([
      line(thrown('TypeError', 'no coin 12'), { at: later(-2) }),
      line(thrown('TypeError', 'no coin 7', 'aaaaaaaa-9d4e-4b7a-8c11-0123456789ab'), {
        at: later(-4),
        stream: '2026/11/23/[41]0123456789abcdef0123456789abcdef',
      }),
      line(thrown('TypeError', 'no coin 12'), { at: later(1), stream: 'a stream of its own' }),
    ]),
  ).toEqual([
    {
      role: 'api',
      level: 'error',
      count: 3,
      first: later(-4),
      last: later(1),
      sample: 'TypeError: no coin 12',
      versions: ['41', '42'],
    },
  ])
})

it('a failure that our code logs and Lambda logs again counts once', () => {
  const both = [
    line(printed('ERROR', 'a request failed', { error: 'TypeError: no coin 12' })),
    line(thrown('TypeError', 'no coin 12')),
  ]
  expect(errorShapes([...both, ...both])).toMatchObject([{ count: 2, sample: 'TypeError: no coin 12' }])
})

it('the worst three are told: errors before warnings, then the most frequent', () => {
  const lines = [
    ...Array.from({ length: 9 }, () => line(printed('WARN', 'slow'))),
    line(printed('ERROR', 'rare')),
    ...Array.from({ length: 2 }, () => line(printed('ERROR', 'more often'))),
    ...Array.from({ length: 5 }, () => line(printed('WARN', 'left out'))),
  ]
  expect(errorShapes(lines).map(({ level, count, sample }) => [level, count, sample])).toEqual([
    ['error', 2, 'more often'],
    ['error', 1, 'rare'],
    ['warning', 9, 'slow'],
  ])
})

it('the same words in two functions are two errors, in three currencies one', () => {
  const failed = printed('ERROR', 'there is no price at all')
  expect(errorShapes([line(failed), line(failed, { role: 'updater' })])).toHaveLength(2)
  const about = (currency: string) => line(printed('WARN', `no prices in ${currency}`, { currency }))
  expect(errorShapes(['usd', 'jpy', 'eur'].map(about))).toMatchObject([{ count: 3, sample: 'no prices in usd' }])
})

it('a sample is clipped, and what looks like a secret is not in it', () => {
  const [shape] = errorShapes([line(thrown('Error', `xoxb-1-secret ${'long '.repeat(2_000)}`))])
  expect(shape?.sample).toHaveLength(300)
  expect(shape?.sample).toMatch(/^Error: … long long/)
})
