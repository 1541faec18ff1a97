import { expect, it } from 'vitest'
import type { Slack, SlackAnswer } from '../../bot/out/slack.ts'
import { createLanguages } from '../../bot/out/slack-languages.ts'
import { createQuietLog } from '../support/quiet-log.ts'
import { createVirtualWall } from '../support/virtual-wall.ts'

const reads = (locale: string): SlackAnswer => ({ is: 'ok', body: { user: { id: 'U1', locale } } })
const hours = (n: number) => n * 3_600_000

/** Languages before a Slack that answers as told; each call stays open until it is answered where `answer` is absent. */
function start(answer?: () => SlackAnswer | Promise<SlackAnswer>, fallback: 'en' | 'ja' = 'en') {
  const wall = createVirtualWall()
  const log = createQuietLog()
  const calls: Record<string, unknown>[] = []
  const open: ((answer: SlackAnswer) => void)[] = []
  const slack: Slack = {
    call: (method, args) => {
      calls.push({ method, ...args })
      return answer ? Promise.resolve().then(answer) : new Promise((resolve) => open.push(resolve))
    },
  }
  return { wall, log, calls, open, languages: createLanguages(slack, fallback, { wall, log }, 20) }
}

it.each([
  ['ja-JP', 'en', 'ja'],
  ['en-US', 'ja', 'en'],
  ['en-GB', 'ja', 'en'],
  ['de-DE', 'ja', 'ja'],
  ['de-DE', 'en', 'en'],
  ['', 'ja', 'ja'],
] as const)('who has Slack in "%s" in a workspace of "%s" reads "%s"', async (locale, fallback, language) => {
  const { languages, calls } = start(() => reads(locale), fallback)
  expect(await languages.of('U1')).toBe(language)
  expect(calls).toEqual([{ method: 'users.info', user: 'U1', include_locale: true }])
})

it('a language is remembered for six hours, per person', async () => {
  const { languages, calls, wall } = start(() => reads('ja-JP'))
  await languages.of('U1')
  wall.jump(hours(6) - 1)
  expect(await languages.of('U1')).toBe('ja')
  expect(calls).toHaveLength(1)
  await languages.of('U2')
  wall.jump(1)
  await languages.of('U1')
  expect(calls.map(({ user }) => user)).toEqual(['U1', 'U2', 'U1'])
})

it('one lookup of a person is under way at a time', async () => {
  const { languages, calls, open } = start()
  const both = Promise.all([languages.of('U1'), languages.of('U1'), languages.of('U2')])
  for (const answer of open) answer(reads('ja-JP'))
  expect(await both).toEqual(['ja', 'ja', 'ja'])
  expect(calls).toHaveLength(2)
})

it('whoever waits too long reads the language of the workspace, and a late answer is remembered', async () => {
  const { languages, calls, open } = start()
  expect(await languages.of('U1')).toBe('en')
  expect(await languages.of('U1')).toBe('en')
  open[0]?.(reads('ja-JP'))
  await new Promise((resolve) => setImmediate(resolve))
  expect(await languages.of('U1')).toBe('ja')
  expect(calls).toHaveLength(1)
})

it.each<[string, () => SlackAnswer]>([
  ['does not know the method', () => ({ is: 'refused', code: 'unknown_method', details: [] })],
  ['wants a scope', () => ({ is: 'refused', code: 'missing_scope', details: [] })],
])('where Slack %s nobody is asked about again for hours, and that is said once', async (_, answer) => {
  const { languages, calls, wall, log } = start(answer, 'ja')
  for (const user of ['U1', 'U2', 'U1', 'U3']) expect(await languages.of(user)).toBe('ja')
  expect(calls).toHaveLength(1)
  wall.jump(hours(6))
  await languages.of('U2')
  expect(calls).toHaveLength(2)
  expect(log.lines).toHaveLength(1)
})

it.each<[string, () => SlackAnswer]>([
  ['fails', () => ({ is: 'unknown', message: 'HTTP 500' })],
  ['asks to wait', () => ({ is: 'rate-limited', retryAfterMs: 1_000 })],
  ['does not know the person', () => ({ is: 'refused', code: 'user_not_found', details: [] })],
  ['tells no locale', () => ({ is: 'ok', body: { user: { id: 'U1', name: 'una' } } })],
  [
    'cannot be asked, for the secret cannot be read',
    () => {
      throw new Error('AccessDeniedException')
    },
  ],
])('where Slack %s the person reads the language of the workspace for five minutes', async (_, answer) => {
  const { languages, calls, wall, log } = start(answer)
  for (const user of ['U1', 'U2', 'U1']) expect(await languages.of(user)).toBe('en')
  expect(calls).toHaveLength(2)
  wall.jump(5 * 60_000)
  await languages.of('U1')
  expect(calls).toHaveLength(3)
  expect(log.lines).toHaveLength(1)
})

it('what was known counts on when Slack fails later', async () => {
  const answers: SlackAnswer[] = [reads('ja-JP'), { is: 'unknown', message: 'HTTP 500' }]
  const { languages, wall } = start(() => answers.shift() ?? reads('en-US'))
  expect(await languages.of('U1')).toBe('ja')
  wall.jump(hours(6))
  expect(await languages.of('U1')).toBe('ja')
  wall.jump(5 * 60_000)
  expect(await languages.of('U1')).toBe('en')
})
