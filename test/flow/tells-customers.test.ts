import { afterEach, expect, it } from 'vitest'
import { maintenanceIn, manager } from '../support/maintenance.ts'
import { jargonIn } from '../support/plain-words.ts'
import { type Story, startStory } from '../support/story.ts'

let story: Story
let actors: ReturnType<typeof maintenanceIn>
afterEach(() => story.stop())

const begin = async (scenario: string, service: string) => {
  story = await startStory()
  actors = maintenanceIn(story)
  await story.play(scenario)
  await actors.goesToManagers(service)
}
const told = async (language: 'en' | 'ja') =>
  (await actors.status({ 'accept-language': language })).incidents[0]?.notice as { text: string } | undefined
/** The values that the modal opens with. */
const drafts = () => [...story.view(manager).matchAll(/"initial_value":"([^"]*)"/g)].map(([, text]) => text ?? '')
/** The first request after it may still be answered from the copy while the record is read. */
const isPublished = async (english: string) => {
  await story.forward(1)
  await expect.poll(async () => (await told('en'))?.text).toBe(english)
}

it('a manager changes the draft and publishes it; everybody reads it in their language until the incident ends', async () => {
  await begin('upstream-down', 'updater')
  await actors.approves('30 minutes')
  await actors.pressOnPage('dan', 'Tell customers')
  const [english = '', japanese = ''] = drafts()
  expect(english).toMatch(
    /^We answer no prices while we mend a problem\. This has been so since 23 November 2026 at 03:0\d \(UTC\)\. We are looking into it\. We expect to be back by 23 November 2026 at 03:3\d \(UTC\)\./,
  )
  expect(japanese).toContain('この状態は2026年11月23日 12:0')
  expect([...jargonIn(english, 'en'), ...jargonIn(japanese, 'ja')]).toEqual([])

  const texts = { en: `${english} <b>Sorry</b> <!channel>`, ja: `${japanese}ご迷惑をおかけしています。` }
  expect(await story.submit('dan', texts)).toMatchObject({ ok: true })
  await isPublished(texts.en)
  expect((await told('ja'))?.text).toBe(texts.ja)
  expect(await actors.statusPage('en')).toContain('&lt;b&gt;Sorry&lt;/b&gt; &lt;!channel&gt;')
  const thread = (await story.thread('updater')).join('\n')
  expect(thread).toContain(`<@${manager}> has told customers on the public status page.`)
  expect(thread).not.toContain('<!channel>')

  // Told again it replaces, and the modal goes on from what was told.
  await actors.pressOnPage('dan', 'Tell customers')
  expect(drafts()[1]).toBe(texts.ja)
  expect(story.view(manager)).toContain(`<@${manager}> published the present text`)
  await story.submit('dan', { en: 'Prices are back.', ja: '価格の提供を再開しました。' })
  await isPublished('Prices are back.')

  await actors.lifts('dan', 'updater')
  await story.http('/scenarios/calm', {})
  for (let minute = 0; minute < 30 && (await story.incident('updater')).status !== 'resolved'; minute += 1)
    await story.forward(1)
  await expect.poll(async () => (await actors.status()).incidents).toEqual([])
  const { recent } = await actors.status()
  expect(JSON.stringify(recent)).not.toContain('Prices are back.')
}, 60_000)

it('confirmed twice, it is published once', async () => {
  await begin('bad-deploy', 'api')
  await actors.pressOnPage('dan', 'Tell customers')
  await story.submit('dan')
  await actors.confirmsAgain(manager)
  await story.quiet()
  const { timeline } = await story.incident('api')
  expect(timeline.filter(({ what }) => what === 'customers-told')).toMatchObject([{ times: 1, by: manager }])
})
