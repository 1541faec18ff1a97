import { afterEach, describe, expect, it } from 'vitest'
import { byTheClock } from '../support/by-the-clock.ts'
import { alertsChannel, api, devChannel, type Story, startStory } from '../support/story.ts'
import { breakAws, textsIn } from '../support/trouble.ts'

let story: Story
afterEach(() => story.stop())

const begin = async (start: string, language = 'en') => {
  story = await startStory({ start: new Date(start), env: { SLACK_LANGUAGE: language } })
  return byTheClock(story, start.slice(0, 10))
}

describe('Medium waits for office hours, and says so', () => {
  it.each([
    ['en', 'Medium waits for office hours (Mon–Fri 09:00–18:00 Asia/Tokyo).'],
    ['ja', 'Mediumは営業時間内に対応します（月〜金 09:00〜18:00 Asia/Tokyo）。'],
  ])('slow since Saturday 02:00 in Tokyo: the developers on Monday at 09:00, in %s', async (language, sentence) => {
    // Friday 17:00 UTC.
    const clock = await begin('2026-11-27T16:59:00.000Z', language)
    story.cloud.traffic.setRequestsPerMinute(0)
    await clock.rings('2026-11-27T17:00:00.000Z', 'ApiLatencyP95Alarm', 'Medium')
    expect((await story.state()).incidents[0]?.escalation).toEqual({ level: 1, nextDue: '2026-11-30T00:00:00.000Z' })
    const root = textsIn(story, alertsChannel)[0]
    expect(root).toContain(sentence)
    // Monday 00:00:00 UTC, which every reader sees in an own zone.
    expect(root).toContain('<!date^1795996800^')

    // Nothing happens until Monday morning, so the story goes on there.
    const saturday = await story.checkpoint()
    await story.stop()
    const saved = { ...saturday.saved, now: '2026-11-29T23:57:00.000Z' }
    story = await startStory({ from: { ...saturday, saved }, env: { SLACK_LANGUAGE: language } })
    const monday = byTheClock(story, '2026-11-29')
    await monday.until('23:59:59')
    expect(textsIn(story, devChannel)).toEqual([])
    await monday.until('2026-11-30T00:00:00.000Z')
    expect(textsIn(story, devChannel)).toHaveLength(1)
    expect(await monday.calls('api')).toEqual(['00:00:00 level 2: alarm-lasts'])
  })
})

it.each([
  ['en', 'It is outside office hours; this could not wait for them.'],
  ['ja', '営業時間外ですが、待てないため連絡しました。'],
])(
  'Critical on Saturday at 02:00 in Tokyo: the developers at 02:15, told that it could not wait, in %s',
  async (language, sentence) => {
    const clock = await begin('2026-11-27T16:59:00.000Z', language)
    story.cloud.traffic.setRequestsPerMinute(0)
    await clock.rings('17:00:00', 'QueueAge')
    await clock.until('17:15:00')
    expect(await clock.calls('QueueAge')).toEqual(['17:15:00 level 2: not-acknowledged'])
    expect(textsIn(story, devChannel)).toEqual([expect.stringContaining(sentence)])
  },
)

it('half of all calls fail from 03:00:00 on, seen by the sweeps of 03:02 and 03:03: the developers at 03:03:00', async () => {
  const clock = await begin('2026-11-23T02:50:00.000Z')
  await clock.until('03:00:00')
  story.cloud.functions.setBehaviour(api, 'every', { errorRate: 0.5 })
  await clock.until('03:02:59')
  expect((await story.incident('api')).openedAt).toBe('2026-11-23T03:02:00.000Z')
  expect(await clock.calls('api')).toEqual([])
  await clock.until('03:04:00')
  expect(await clock.calls('api')).toEqual(['03:03:00 level 2: alarm-grew'])
})

it('a rollback that AWS refuses at 03:14:00: the developers at 03:14:00', async () => {
  const clock = await begin('2026-11-23T03:00:00.000Z')
  await story.play('bad-deploy')
  breakAws(story, 'lambda', 'UpdateAlias', 'refuse')
  await clock.press('03:14:00', 'aiko', 'api', 'Roll back', {})
  expect(await clock.calls('api')).toEqual(['03:14:00 level 2: rollback-failed'])
  expect(textsIn(story, devChannel)).toHaveLength(1)
})

it('moved at 03:13:00 and no better by 03:18:00: the developers at 03:18:00, because the rollback did not help', async () => {
  const clock = await begin('2026-11-23T03:00:00.000Z')
  await story.play('rollback-does-not-help')
  await clock.press('03:13:00', 'aiko', 'api', 'Roll back', {})
  expect((await story.incident('api')).rollback).toMatchObject({ movedAt: '2026-11-23T03:13:00.000Z' })
  await clock.until('03:17:59')
  expect(await clock.calls('api')).toEqual([])
  await clock.until('03:19:00')
  expect(await clock.calls('api')).toEqual(['03:18:00 level 2: rollback-did-not-help'])
})
