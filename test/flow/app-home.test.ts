import { afterEach, expect, it } from 'vitest'
import { type Pressed, type Story, startStory } from '../support/story.ts'

let story: Story
afterEach(() => story.stop())

const json = (value: unknown) => JSON.stringify(value ?? '').replaceAll('\\n', '\n')
interface Home {
  ok: boolean
  home?: { private_metadata: string; blocks: { type: string }[] }
}
/** What this person sees on the Home tab, opened as Slack opens it: by a signed event. */
async function opens(user: string) {
  const opened = await story.http<Home>('/slack/home', { user })
  expect(opened.ok).toBe(true)
  return json(opened.home?.blocks)
}
async function aikoPresses(button: string) {
  const pressed = await story.http<Pressed>('/slack/click', { user: 'aiko', view: 'home', button })
  const home = story.slack.views.home('U0AIKO00001')
  return { pressed, shown: json(home?.definition) }
}

it('shows what is open, whom to ask, and after the end how it went', async () => {
  story = await startStory()
  const calm = await opens('aiko')
  expect(calm).toContain('Nothing is open.')
  expect(calm).toContain('*On call:* <@U0AIKO00001> <@U0BEN000001>')
  expect(calm).toContain('No incident of these 30 days is over yet.')
  expect(calm).toContain('No deployments known.')

  await story.play('bad-deploy')
  const ringing = await opens('aiko')
  expect(ringing).toContain('🔴 *API errors at')
  expect(ringing).toContain('*Owner:* nobody yet')
  expect(ringing).toMatch(/\*Next:\* goes to the developers <!date\^/)
  expect(ringing).toMatch(/<http:[^|>]+\/archives\/C0ALERTS001\/p\d+\|Open its message>/)
  expect(ringing).toMatch(/API: v41 → v42, <!date\^[^>]+>, deployed, all traffic/)

  await story.press('aiko', 'api', 'Acknowledge')
  await story.press('aiko', 'api', 'Roll back')
  await story.submit('aiko')
  await story.forward(12)
  expect((await story.incident('api')).status).toBe('resolved')
  const { pressed, shown } = await aikoPresses('Refresh')
  expect(pressed.ok).toBe(true)
  expect(shown).toContain('Nothing is open.')
  expect(shown).toMatch(/API: v41 → v42, <!date\^[^>]+>, rolled back/)
  expect(shown).toContain('*Incidents that are over:* 1 (0 in the 30 days before)')
  expect(shown).toMatch(/\*MTTR\*, from the opening to the end: \*\d+ min/)
  expect(shown).toContain('*Taken in time:* 1 of 1')
  expect(shown).toMatch(/11-\d\d █ {17} {4}1\n?/)
  expect(shown).toContain('LambdaErrorAlarm\n████████████████ 1 (1)')
}, 60_000)

it('keeps the span a person chose, and shows it to nobody else', async () => {
  story = await startStory()
  await opens('aiko')
  const { shown } = await aikoPresses('Show 90 days')
  expect(shown).toContain('Last 90 days')
  expect(shown).toContain('Show 30 days')
  expect(await opens('aiko')).toContain('Last 90 days')
  expect(await opens('ben')).toContain('Last 30 days')
})

it('a visitor may look too, and everybody reads their own language', async () => {
  story = await startStory()
  await story.play('upstream-down')
  expect(await opens('eve')).toContain('Open now')
  const japanese = await opens('yui')
  expect(japanese).toContain('対応中のインシデント')
  expect(japanese).toContain('担当:* まだいません')
  expect(japanese).not.toContain('Open now')
})

it('what cannot be read is told, and the rest stands', async () => {
  story = await startStory()
  story.cloud.faults.add({ match: ({ operation }) => operation === 'BatchGetItem', kind: 'hang' })
  story.slack.faults.add({ method: 'usergroups.users.list', kind: 'server-error' })
  const shown = await opens('aiko')
  expect(shown).toContain('The history could not be read. Press Refresh.')
  expect(shown).toContain('<!subteam^S0ONCALL001> Slack did not say who is in this group.')
  expect(shown).toContain('Nothing is open.')
  story.cloud.faults.clear()
})

it('a page that Slack does not take is told to whoever pressed', async () => {
  story = await startStory()
  await opens('aiko')
  story.slack.faults.add({ method: 'views.publish', kind: 'server-error', times: 1 })
  await aikoPresses('Refresh')
  expect(story.view('aiko')).toContain('The page could not be drawn anew')
})

it('the other tab of the app draws nothing, and an event nobody asked for is not known', async () => {
  story = await startStory()
  const told = (event: object) => story.event('/slack/events', { type: 'event_callback', team_id: 'T1', event })
  expect(await told({ type: 'app_home_opened', user: 'U0AIKO00001', tab: 'messages' })).toMatchObject({ status: 200 })
  expect(story.slack.views.home('U0AIKO00001')).toBeUndefined()
  expect(await told({ type: 'message', user: 'U0AIKO00001', text: 'hello' })).toMatchObject({ status: 404 })
  expect(await told({ type: 'app_home_opened', tab: 'home' })).toMatchObject({ status: 400 })
})
