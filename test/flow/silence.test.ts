import { afterEach, expect, it } from 'vitest'
import { bulletins, pressEnd, silences } from '../support/silences.ts'
import { alertsChannel, devChannel, type Pressed, type Story, startStory } from '../support/story.ts'
import { ring, saidTwice, textsIn, whispers } from '../support/trouble.ts'

let story: Story
afterEach(async () => {
  expect(saidTwice(story)).toEqual([])
  expect((await story.state()).queues.deadLetters).toBe(0)
  await story.stop()
})

const [aiko, ben, dan, eve] = ['U0AIKO00001', 'U0BEN000001', 'U0DAN000001', 'U0EVE000001']
const errors = 'LambdaErrorAlarm'
const throttles = 'LambdaThrottleAlarm'
const incidents = async () => (await story.state()).incidents
const rule = expect.stringContaining('*Critical alarms too*')
const lastIn = (channel: string) => textsIn(story, channel).at(-1) ?? ''

it('what rings and clears inside is announced to nobody, stands in the message, and is told at the end', async () => {
  story = await startStory()
  expect(await silences(story, aiko)).toContain('Alarms of the price API are silenced until')
  const about = ['Until 03:15, by <@U0AIKO00001>.', '*Reason:* Moving the gateway', rule]
  const running = ['🔕 Alarms of the price API are silenced', ...about]
  expect(bulletins(story)).toEqual([[...running, 'No alarm so far.', 'End now']])

  await story.forward(2)
  await ring(story, errors)
  const rang = '*Rang meanwhile*'
  expect(bulletins(story)).toEqual([
    [...running, rang, '🔴 API errors · first 03:02 · rang once · still ringing', 'End now'],
  ])
  await story.forward(3)
  await ring(story, errors, 'OK')
  const quiet = '⚪ API errors · first 03:02 · rang once · over since 03:05'
  expect(bulletins(story)).toEqual([[...running, rang, quiet, 'End now']])

  await story.forward(10)
  const over = ['Silenced from 03:00 to 03:15, by <@U0AIKO00001>.', '*Reason:* Moving the gateway']
  const title = '🔔 Alarms of the price API are announced again'
  const ended = [
    [title, ...over, rang, quiet],
    [title, ...over, rang, quiet],
  ]
  expect(bulletins(story)).toEqual(ended)
  await story.forward(20)
  expect(bulletins(story)).toEqual(ended)
  expect(await incidents()).toEqual([])
})

it('what still rings at the end opens its incident then, with its true time, and people have their time from there', async () => {
  story = await startStory()
  await silences(story, aiko, { lasts: '30 min' })
  await story.forward(2)
  await ring(story, errors)
  await story.forward(27)
  expect(await incidents()).toEqual([])
  await story.forward(1)
  const { id, alarms, openedAt, ringingSince } = await story.incident('api')
  expect([openedAt, ringingSince]).toEqual(['2026-11-23T03:30:00.000Z', '2026-11-23T03:30:00.000Z'])
  expect(alarms[errors]).toMatchObject({ firedAt: '2026-11-23T03:02:00.000Z', fired: 1 })
  expect(bulletins(story).at(-1)).toEqual([
    '🔔 Alarms of the price API are announced again',
    'Silenced from 03:00 to 03:30, by <@U0AIKO00001>.',
    '*Reason:* Moving the gateway',
    '*Rings still*',
    `🔴 API errors · first 03:02 · rang once · rang on at the end · incident \`${id}\``,
  ])
  const root = await story.rootText('api')
  expect(root).toContain('<!subteam^S0ONCALL001>')
  expect(root).toMatch(/\*Silenced:\* it has rung since <!date[^|]*\|2026-11-23 03:02 UTC>, and nobody was told before/)
  expect(textsIn(story, devChannel)).toEqual([])

  await story.forward(14)
  expect((await story.incident('api')).escalation.level).toBe(1)
  await story.forward(1)
  expect((await story.incident('api')).escalation.level).toBe(2)
  expect(textsIn(story, devChannel)).toHaveLength(1)
  expect(bulletins(story)).toHaveLength(2)
})

it('an incident that is open goes on and has its alarms, and its return is held back', async () => {
  story = await startStory()
  await ring(story, errors)
  await silences(story, aiko, { lasts: '1 h' })
  await story.forward(1)
  await ring(story, throttles)
  expect(Object.keys((await story.incident('api')).alarms)).toEqual([errors, throttles])
  expect(bulletins(story)[0]).toContain('No alarm so far.')
  await story.forward(14)
  expect((await story.incident('api')).escalation.level).toBe(2)
  await ring(story, errors, 'OK')
  await ring(story, throttles, 'OK')
  await story.forward(6)
  expect((await story.incident('api')).status).toBe('resolved')

  await ring(story, errors)
  expect((await story.incident('api')).status).toBe('resolved')
  expect(bulletins(story)[0]).toContain('🔴 API errors · first 03:21 · rang once · still ringing')
})

it('whoever operates the service may silence it and end it; others are told why not', async () => {
  story = await startStory()
  for (const user of [eve, dan]) {
    expect(await silences(story, user)).toBe('""')
    expect(whispers(story, user).at(-1)).toContain('Nothing was done: only')
  }
  expect(bulletins(story)).toEqual([])
  expect(await silences(story, ben)).toContain('Alarms of the price API are silenced until')
  await pressEnd(story, eve)
  expect(whispers(story, eve).at(-1)).toContain('Nothing was done: only')
  expect(bulletins(story)[0]?.[0]).toBe('🔕 Alarms of the price API are silenced')
})

it('End now ends it, once, and what rings opens its incident with the next minute', async () => {
  story = await startStory()
  await silences(story, aiko, { lasts: '4 h' })
  await story.forward(2)
  await ring(story, errors)
  await pressEnd(story, ben)
  expect(whispers(story, ben).at(-1)).toContain('It has ended.')
  await story.forward(1)
  expect(await story.incident('api')).toMatchObject({ status: 'open', ringingSince: '2026-11-23T03:03:00.000Z' })
  const span = ['Silenced from 03:00 to 03:02, by <@U0AIKO00001>.', '*Reason:* Moving the gateway']
  expect(bulletins(story).map((lines) => lines.filter((line) => !line.includes('API errors')))).toEqual([
    [
      '🔔 Alarms of the price API are announced again',
      ...span,
      '<@U0BEN000001> ended it before its time.',
      '*Rang meanwhile*',
    ],
    [
      '🔔 Alarms of the price API are announced again',
      ...span,
      '<@U0BEN000001> ended it before its time.',
      '*Rings still*',
    ],
  ])
  await story.forward(3)
  expect(bulletins(story)).toHaveLength(2)
})

it('one thing is silenced once; after the end another silence begins, with a message of its own', async () => {
  story = await startStory()
  await silences(story, aiko, { what: 'All three: API, updater and table', lasts: '2 h' })
  for (const what of ['Price API', 'All three: API, updater and table'])
    expect(await silences(story, ben, { what })).toContain('are silenced already, by <@U0AIKO00001> until')
  await pressEnd(story, aiko)
  await story.forward(1)
  expect(bulletins(story).at(-1)).toContain('Nothing rang.')
  expect(await silences(story, ben, { what: 'All three: API, updater and table' })).toContain('are silenced until')
  expect(bulletins(story).map(([title = '']) => title.slice(0, 2))).toEqual(['🔔', '🔔', '🔕'])
  await ring(story, 'DynamoDBThrottleAlarm')
  await ring(story, 'disk-full')
  expect((await incidents()).map(({ service }) => service)).toEqual(['disk-full'])
})

it('what people report is never silenced, and the incident then has the alarms', async () => {
  story = await startStory()
  await silences(story, aiko)
  await ring(story, errors)
  await story.http<Pressed>('/slack/command', { user: ben, channel: alertsChannel, command: '/incident', text: 'new' })
  await story.submit(ben, { 'What is wrong': 'Prices are wrong', 'What it is about': 'Price API' })
  expect(await story.incident('api')).toMatchObject({ status: 'acknowledged', owner: { user: ben } })
  await ring(story, throttles)
  expect(Object.keys((await story.incident('api')).alarms)).toEqual([throttles])
  await story.forward(15)
  expect((await story.incident('api')).alarms[errors]).toMatchObject({ ringing: true })
  expect(lastIn(alertsChannel)).toContain((await story.incident('api')).id)
})

it('a running silence is in the list, on the Home tab and in help', async () => {
  story = await startStory()
  const types = async (text: string) => {
    await story.http<Pressed>('/slack/command', { user: eve, channel: alertsChannel, command: '/incident', text })
    return whispers(story, eve).at(-1)
  }
  expect(await types('help')).toContain('*/incident silence*')
  expect(await types('')).not.toContain('silenced')
  await silences(story, aiko)
  const line = /🔕 Alarms of the price API are silenced until <!date[^>]*> by <@U0AIKO00001>: Moving the gateway/
  expect(await types('')).toMatch(line)
  const opensHome = async () => JSON.stringify(await story.http('/slack/home', { user: eve }))
  expect(await opensHome()).toMatch(line)
  await story.forward(16)
  expect(await types('')).not.toContain('silenced')
  expect(await opensHome()).not.toContain('silenced')
})
