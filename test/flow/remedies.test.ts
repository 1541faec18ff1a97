import { afterEach, expect, it } from 'vitest'
import { settingsBy } from '../support/remedies.ts'
import { type Story, startStory } from '../support/story.ts'

let story: Story
let settings: ReturnType<typeof settingsBy>
afterEach(async () => {
  settings.close()
  await story.stop()
})

const begin = async (scenario: 'upstream-429' | 'upstream-down') => {
  story = await startStory()
  settings = settingsBy(story)
  await story.play(scenario)
  await story.quiet()
}
const statusOf = async (name: string) =>
  (await story.incident('updater')).remedies?.find((each) => each.name === name)?.status
/** The minutes at which the first source was asked, from `since` on. */
const askedSince = (since: Date) => [
  ...new Set(
    story.cloud.upstream
      .requests()
      .filter(({ at }) => at >= since)
      .map(({ at }) => Math.floor(at.getTime() / 60_000)),
  ),
]
const gaps = (minutes: number[]) => minutes.slice(1).map((minute, index) => minute - (minutes[index] ?? 0))
const thread = async () => (await story.thread('updater')).join('\n')

it('429: updates every ten minutes by one press, proven by updates that come so, and undone again', async () => {
  await begin('upstream-429')
  expect(await story.rootText('updater')).toContain('Update every 10 min')

  await story.press('aiko', 'updater', 'Update every 10 min')
  const modal = story.view('U0AIKO00001')
  expect(modal).toContain('*How often prices are fetched:* every 5 min → every 10 min')
  expect(modal).toContain('*What customers notice:* Prices are up to 10 min old.')
  expect(modal).toContain('*What proves it:* two updates about 10 min apart')
  expect(modal).toContain('*Undo:* from the menu of the incident')
  expect(await story.submit('aiko')).toMatchObject({ ok: true })
  expect(await settings.read()).toMatchObject({ updateEveryMinutes: 10 })
  expect(await story.rootText('updater')).toContain(
    '*Changed:* Prices are fetched every 10 min, by <@U0AIKO00001> since',
  )
  expect(await story.rootText('updater')).toContain('The proof is awaited; the incident does not end by itself before.')

  const since = story.clock.now()
  await story.forward(22)
  expect(gaps(askedSince(since))).toEqual(Array(askedSince(since).length - 1).fill(10))
  expect(askedSince(since).length).toBeGreaterThanOrEqual(2)
  expect(await statusOf('update-less-often')).toBe('proven')
  expect(await story.rootText('updater')).toContain('Proven: updates come 10 min apart.')
  expect(await thread()).toContain('Prices are fetched every 10 min: proven after')

  await story.press('ben', 'updater', 'Undo: update every 10 min')
  expect(story.view('U0BEN000001')).toContain('every 10 min → every 5 min')
  await story.submit('ben')
  // There was no such setting before, so there is none again and the default counts.
  expect(await settings.read()).not.toHaveProperty('updateEveryMinutes')
  expect(await statusOf('update-less-often')).toBe('undone')
  expect(await thread()).toContain(
    'Undone by <@U0BEN000001>. How often prices are fetched: every 10 min → every 5 min.',
  )
  expect(await story.rootText('updater')).not.toContain('Prices are fetched every 10 min')
  const after = story.clock.now()
  await story.forward(11)
  expect([...new Set(gaps(askedSince(after)))]).toEqual([5])
  const { timeline } = await story.incident('updater')
  expect(
    timeline.filter(({ what }) => what.startsWith('remedy')).map(({ what, by, about }) => [what, by, about]),
  ).toEqual([
    ['remedy-asked', 'U0AIKO00001', 'update-less-often: 5 → 10'],
    ['remedy-applied', 'U0AIKO00001', 'update-less-often: 5 → 10'],
    ['remedy-proven', undefined, 'update-less-often: 5 → 10'],
    ['remedy-undo-asked', 'U0BEN000001', 'update-less-often: 10 → 5'],
    ['remedy-undone', 'U0BEN000001', 'update-less-often: 10 → 5'],
  ])
}, 60_000)

it('429: the second source first; prices come from it, the alarm clears, and it is still in force at the end', async () => {
  await begin('upstream-429')
  await story.press('aiko', 'updater', 'Ask the second source first')
  expect(story.view('U0AIKO00001')).toContain('*Which price source is asked first:* the first → the second')
  await story.submit('aiko')
  expect(await settings.read()).toMatchObject({ provider: 'second' })
  await story.forward(6)
  expect(await statusOf('other-provider')).toBe('proven')
  expect(await story.rootText('updater')).toContain('Proven: new prices come from coinbase (simulated).')

  await story.forward(25)
  expect((await story.incident('updater')).status).toBe('resolved')
  expect(await story.rootText('updater')).toContain('*Still in force:* The second price source is asked first')

  // The end undid nothing, and the message that stays can.
  await story.press('aiko', 'updater', 'Undo: ask the second source first')
  await story.submit('aiko')
  expect(await settings.read()).not.toHaveProperty('provider')
  expect(await statusOf('other-provider')).toBe('undone')
  expect(await story.rootText('updater')).not.toContain('Still in force')
})

it('a longer cache time is proven as soon as it reads back', async () => {
  await begin('upstream-down')
  await settings.set('cacheTtlMinutes', 3)
  await story.press('aiko', 'updater', 'Keep prices fresh for 10 min')
  expect(story.view('U0AIKO00001')).toContain('*How long a price counts as fresh:* 3 min → 10 min')
  await story.submit('aiko')
  await story.forward(1)
  expect(await statusOf('longer-cache')).toBe('proven')
  await story.press('aiko', 'updater', 'Undo: keep prices fresh for 10 min')
  await story.submit('aiko')
  expect(await settings.read()).toMatchObject({ cacheTtlMinutes: 3 })
})

it('while no source answers, less often is not proven, and the reason is told', async () => {
  await begin('upstream-down')
  await story.press('aiko', 'updater', 'Update every 10 min')
  await story.submit('aiko')
  await story.forward(38)
  expect(await statusOf('update-less-often')).toBe('not-proven')
  expect(await thread()).toContain(
    'Prices are fetched every 10 min: not proven within 35 min, because no new price has come since. It stays in force until somebody undoes it.',
  )
})

it('a setting that somebody changed after the look is left alone, and the reason is told', async () => {
  await begin('upstream-429')
  await story.press('aiko', 'updater', 'Update every 10 min')
  await settings.set('updateEveryMinutes', 15)
  await story.submit('aiko')
  expect(await settings.read()).toEqual({ updateEveryMinutes: 15 })
  expect(await statusOf('update-less-often')).toBe('failed')
  expect(await thread()).toContain(
    'Somebody has changed the setting since; it is now every 15 min. It was left as it is.',
  )
  // The next look says that there is nothing to gain.
  await story.press('aiko', 'updater', 'Update every 10 min')
  expect(story.view('U0AIKO00001')).toContain('It is so already: every 15 min, so there is nothing to change.')
})

it('what somebody changed while it was in force is noticed, and cannot be undone', async () => {
  await begin('upstream-429')
  await story.press('aiko', 'updater', 'Update every 10 min')
  await story.submit('aiko')
  await settings.set('updateEveryMinutes', 20)
  await story.forward(1)
  expect(await statusOf('update-less-often')).toBe('overtaken')
  expect(await thread()).toContain('every 10 min → every 20 min. There is nothing left to undo.')
  expect(await story.rootText('updater')).not.toContain('Undo: update every 10 min')
})

it('a visitor may not, and is told who may', async () => {
  await begin('upstream-429')
  const refused = await story.press('eve', 'updater', 'Update every 10 min')
  expect(refused.ephemeral?.join()).toContain('Nothing was done: only <!subteam^')
  expect(await settings.read()).toEqual({})
  expect((await story.incident('updater')).remedies).toBeUndefined()
})

it('confirmed by two people at once and delivered twice, it is applied once', async () => {
  await begin('upstream-429')
  await story.press('aiko', 'updater', 'Update every 10 min')
  await story.press('ben', 'updater', 'Update every 10 min')
  const confirm = (user: string) =>
    story.signed('/slack/events', {
      type: 'view_submission',
      user: { id: user },
      team: { id: 'T0CRYPTOW01', domain: 'crypto-watch' },
      api_app_id: 'A0CRYPTOW01',
      view: story.slack.view(user),
    })
  const twice = await Promise.all([confirm('U0AIKO00001'), confirm('U0AIKO00001')])
  await story.quiet()
  const [again, late] = [await confirm('U0AIKO00001'), await confirm('U0BEN000001')]
  expect([...twice, again]).toEqual(Array(3).fill({ status: 200, body: '' }))
  expect(late.body).toContain('Nothing was done: it is in force already.')
  expect(await settings.read()).toMatchObject({ updateEveryMinutes: 10 })
  const { timeline, remedies } = await story.incident('updater')
  expect(timeline.filter(({ what }) => what === 'remedy-applied')).toMatchObject([{ times: 1 }])
  expect(remedies).toMatchObject([{ name: 'update-less-often', status: 'applied', by: 'U0AIKO00001' }])
})
