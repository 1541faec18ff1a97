import { afterEach, expect, it } from 'vitest'
import { alertsChannel, type Story, startStory } from '../support/story.ts'
import { outcomes, saidTwice, whispers } from '../support/trouble.ts'

let story: Story
afterEach(async () => {
  expect(saidTwice(story)).toEqual([])
  await story.stop()
})

const [aiko, yui, eve] = ['U0AIKO00001', 'U0YUI000001', 'U0EVE000001']
const japanese = /[\u3040-\u30FF]/
const channelText = () => JSON.stringify(story.slack.workspace.messages(alertsChannel))
/** The modal as it opens, before anything fills it, and as it is in the end. */
async function opens(user: string, service: string, button: string) {
  const { message } = await story.incident(service)
  await story.http('/slack/click', { user, channel: alertsChannel, ts: message?.ts, button })
  const opened = story.view(user)
  await story.quiet()
  return [opened, story.view(user)]
}

it('two people press Roll back: each reads the own language, and the channel stays in its own', async () => {
  story = await startStory()
  await story.play('bad-deploy')
  for (const view of await opens(aiko, 'api', 'Roll back')) {
    expect(view).toContain('Roll back')
    expect(view).not.toMatch(japanese)
  }
  for (const view of await opens(yui, 'api', 'Roll back')) {
    expect(view).toContain('ロールバック')
    expect(view).toMatch(japanese)
  }
  // Yui is first; Aiko's modal says so in English.
  await story.submit(yui)
  const answered = await story.submit(aiko)
  expect(answered).toMatchObject({ response_action: 'update' })
  expect(story.view(aiko)).toContain('asked for a rollback')

  for (const [user, told] of [
    [yui, 'もう一度'],
    [aiko, 'press again'],
  ] as const) {
    story.slack.faults.add({ method: 'views.open', kind: 'server-error', times: 1 })
    await story.press(user, 'api', 'Escalate')
    expect(whispers(story, user)).toEqual([expect.stringContaining(told)])
  }
  await story.press('eve', 'api', 'Escalate')
  expect(whispers(story, eve).join()).toMatch(/may/)
  expect(channelText()).not.toMatch(japanese)
})

it('in a Japanese workspace an English reader has English windows', async () => {
  story = await startStory({ env: { SLACK_LANGUAGE: 'ja' } })
  await story.play('upstream-down')
  for (const view of await opens(aiko, 'updater', 'ランブック')) expect(view).not.toMatch(japanese)
  for (const view of await opens(yui, 'updater', 'ランブック')) expect(view).toMatch(japanese)
  expect(channelText()).toMatch(japanese)
})

it('a remedy is read in the own language, from the opening to the refusal', async () => {
  story = await startStory()
  await story.play('upstream-down')
  for (const view of await opens(yui, 'updater', 'Update every 10 min')) expect(view).toMatch(japanese)
  await story.submit(yui)
  await opens(yui, 'updater', 'Escalate')
  expect(story.view(yui)).toMatch(japanese)
  expect(channelText()).not.toMatch(japanese)
})

it.each(['hang', 'server-error', 'refuse'] as const)(
  'Slack answers users.info with "%s": the window opens and fills all the same',
  async (kind) => {
    story = await startStory({ env: { CALL_LIMIT_MS: '2500' } })
    story.slack.faults.add({ method: 'users.info', kind, error: 'missing_scope' })
    await story.play('bad-deploy')
    const [opened, filled] = await opens(yui, 'api', 'Roll back')
    expect(opened).toContain('Roll back')
    expect(filled).toContain('v42 → v41')
    expect(outcomes(story, 'views.open')).toEqual(['ok'])
    await story.press('yui', 'api', 'Acknowledge')
    expect((await story.incident('api')).owner?.user).toBe(yui)
  },
)
