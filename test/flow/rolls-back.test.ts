import { afterEach, expect, it } from 'vitest'
import { api, type Story, startStory } from '../support/story.ts'

let story: Story
afterEach(() => story.stop())

it('a bad deployment is rolled back by a person, proven, and resolved', async () => {
  story = await startStory()
  await story.play('bad-deploy')

  expect(story.rootMessages()).toHaveLength(1)
  expect(await story.rootText('api')).toContain('LambdaErrorAlarm')
  const before = story.cloud.functions.alias(api)

  await story.press('aiko', 'api', 'Acknowledge')
  await story.press('aiko', 'api', 'Roll back')
  const modal = story.view('U0AIKO00001')
  const [from, to] = [before.version, String(Number(before.version) - 1)]
  expect(modal).toContain(`v${from} → v${to}`)
  expect(modal.toLowerCase()).toContain('likely')

  const submitted = await story.submit('aiko')
  expect(submitted).toMatchObject({ ok: true })
  expect(story.cloud.functions.alias(api)).toMatchObject({ version: to, weights: {} })
  expect(await story.rootText('api')).toContain('▸')

  await story.forward(4)
  expect(story.cloud.alarms.state('LambdaErrorAlarm').value).toBe('OK')
  const ended = await story.rootText('api')
  expect(ended).toMatch(new RegExp(`Rolled back v${from} → v${to} by <@U0AIKO00001>`))
  expect(ended).toMatch(/errors [\d.]+ % → [\d.]+ %/)
  const state = await story.state()
  expect(state.incidents).toHaveLength(1)
  expect(state.incidents[0]).toMatchObject({ status: 'recovering', rollback: { status: 'helped', from, to } })
  expect(state.aliases[api]).toEqual({ version: to, weights: {} })

  await story.forward(6)
  expect((await story.state()).incidents[0]).toMatchObject({ status: 'resolved' })
  const closed = await story.rootText('api')
  expect(closed).toMatch(/alarm OK after \d+ min/)
  expect(closed.match(/"type":"button"/g)).toHaveLength(1)
  expect(closed).toContain('"text":"Postmortem"')
  expect(story.rootMessages()).toHaveLength(1)
  expect(story.cloud.queues.counts('crypto-watch-sender-dead-letters.fifo').visible).toBe(0)
})

it('the message is there within two seconds of the alarm', async () => {
  story = await startStory()
  await story.play('bad-deploy')
  const [root] = story.rootMessages()
  const { openedAt } = await story.incident('api')
  expect(root).toBeDefined()
  expect(Number(root?.ts) * 1000 - story.wall.now().getTime()).toBeLessThanOrEqual(2_000)
  expect(Date.parse(openedAt)).toBeLessThanOrEqual(story.clock.now().getTime())
})

it('a rollback that does not help says so with numbers and escalates', async () => {
  story = await startStory()
  await story.play('rollback-does-not-help')
  await story.press('aiko', 'api', 'Acknowledge')
  await story.press('aiko', 'api', 'Roll back')
  await story.submit('aiko')
  await story.forward(6)
  const state = await story.state()
  expect(state.incidents[0]).toMatchObject({ rollback: { status: 'did-not-help' }, escalation: { level: 2 } })
  expect(await story.rootText('api')).toContain('did not help')
  const pages = story.slack.workspace.messages('C0DEV000001').map((message) => JSON.stringify(message))
  expect(pages).toHaveLength(1)
  expect(pages[0]).toContain('<!subteam^S0DEVELOP01>')
  expect(pages[0]).toContain('did not help')
})

it('a canary caught by its brake tells Slack of the automatic rollback', async () => {
  story = await startStory()
  await story.play('canary-caught')
  await story.forward(2)
  const { automaticRollback } = await story.incident('api')
  expect(automaticRollback).toMatchObject({ state: 'succeeded' })
  const thread = (await story.thread('api')).join('\n')
  expect(thread).toContain(automaticRollback?.deployment)
  expect(thread).toMatch(/CodeDeploy/)
  const root = await story.rootText('api')
  expect(root).toContain('v42 of `crypto-watch-api-function` failed while it was deployed; CodeDeploy has put v41 back')
  expect(root).not.toContain('"text":"Roll back"')
})

it('an automatic rollback that fails escalates, and a person can still roll back', async () => {
  story = await startStory()
  await story.play('automatic-rollback-fails')
  await story.forward(2)
  const state = await story.state()
  expect(state.incidents[0]).toMatchObject({ escalation: { level: 2 } })
  expect(Object.keys(state.aliases[api]?.weights ?? {})).toHaveLength(1)
  const target = state.aliases[api]?.version

  await story.press('chie', 'api', 'Roll back')
  await story.submit('chie')
  await story.forward(5)
  expect(story.cloud.functions.alias(api)).toMatchObject({ version: target, weights: {} })
  expect((await story.state()).incidents[0]).toMatchObject({ rollback: { status: 'helped', to: target } })
})
