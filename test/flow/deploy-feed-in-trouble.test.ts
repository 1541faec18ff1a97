import { afterEach, expect, it } from 'vitest'
import { createCuttingProxies } from '../support/cutting-proxy.ts'
import { announceState, deploy, feed, headlines } from '../support/deploy-feed.ts'
import { deploysChannel, type Story, startStory } from '../support/story.ts'
import { breakAws, live, saidTwice } from '../support/trouble.ts'

let story: Story
let closeProxies = () => {}
afterEach(async () => {
  expect(saidTwice(story)).toEqual([])
  expect((await story.state()).queues.deadLetters).toBe(0)
  await story.stop()
  closeProxies()
})

const done = ['✅ API v41 → v42: deployed, all traffic']

it('a deployment whose end nobody told is asked about, and ends in the feed', async () => {
  story = await startStory()
  deploy(story)
  await story.forward(2)
  story.cloud.deployments.setLosesEvents(true)
  await story.forward(5)
  expect(headlines(story)).toEqual(done)
})

it('a deployment of which nobody told anything is in the feed when an incident rolls it back', async () => {
  story = await startStory()
  story.cloud.deployments.setLosesEvents(true)
  await story.play('bad-deploy')
  expect(feed(story)).toEqual([])
  await story.press('aiko', 'api', 'Acknowledge')
  await story.press('aiko', 'api', 'Roll back')
  await story.submit('aiko')
  await story.forward(2)
  expect(headlines(story)).toEqual(['↩️ API v41 → v42: rolled back'])
})

it('events that repeat and come in any order change nothing', async () => {
  story = await startStory()
  const id = deploy(story)
  await story.forward(7)
  expect(headlines(story)).toEqual(done)
  const before = JSON.stringify(story.slack.workspace.messages(deploysChannel))
  for (const status of ['Succeeded', 'InProgress', 'InProgress', 'Succeeded'] as const) {
    announceState(story, id, status)
    await story.quiet()
  }
  expect(JSON.stringify(story.slack.workspace.messages(deploysChannel))).toBe(before)
})

it('the rollback of CodeDeploy joins its message also where its own events come first', async () => {
  story = await startStory()
  story.cloud.deployments.setLosesEvents(true)
  await story.play('canary-caught')
  const [undo, undone] = story.cloud.deployments.list()
  for (const [of, status] of [
    [undo, 'Succeeded'],
    [undo, 'InProgress'],
    [undone, 'Stopped'],
    [undone, 'InProgress'],
  ] as const) {
    announceState(story, of?.id ?? '', status)
    await story.quiet()
    expect(headlines(story)).toEqual(['↩️ API v41 → v42: rolled back automatically'])
  }
})

it('a CodeDeploy that does not answer delays the message, and loses nothing', async () => {
  story = await startStory()
  const heal = breakAws(story, 'codedeploy', 'BatchGetDeployments', 'error')
  deploy(story)
  await story.forward(2)
  expect(feed(story)).toEqual([])
  heal()
  await story.forward(6)
  expect(headlines(story)).toEqual(done)
})

it('who made the version is told later where Lambda does not answer', async () => {
  story = await startStory()
  const heal = breakAws(story, 'lambda', 'ListVersionsByFunction', 'error')
  deploy(story)
  await story.forward(1)
  expect(feed(story)[0]?.[1]).toBe('`crypto-watch-api-function`')
  heal()
  await story.forward(1)
  expect(feed(story)[0]?.[1]).toContain('`4f6c1d2` by Ren Ito “Show decimals”')
})

it('a channel that refuses keeps the message, and has it when it is mended', async () => {
  story = await startStory()
  const heal = story.slack.faults.add({ method: 'chat.postMessage', kind: 'refuse', error: 'channel_not_found' })
  deploy(story)
  await live(story, 2)
  expect(feed(story)).toEqual([])
  heal()
  await live(story, 6)
  expect(headlines(story)).toEqual(done)
})

it('a sender that is killed after it has posted leaves one message', async () => {
  const postIn = async (cut?: Parameters<typeof createCuttingProxies>[0]) => {
    const proxies = createCuttingProxies(cut)
    closeProxies = proxies.close
    story = await startStory({ environments: proxies.environments })
    deploy(story)
    await story.forward(1)
    return proxies
  }
  const unharmed = await postIn()
  const at = unharmed.calls().findIndex(({ name }) => name === 'sender: /api/chat.postMessage') + 1
  expect(at).toBeGreaterThan(0)
  await story.stop()
  closeProxies()

  const killed = await postIn({ at, when: 'after' })
  expect(killed.calls()[at - 1]?.name).toBe('sender: /api/chat.postMessage')
  expect(story.slack.workspace.messages(deploysChannel)).toHaveLength(1)
  await story.forward(6)
  expect(headlines(story)).toEqual(done)
  expect(killed.calls().map(({ name }) => name)).toContain('sender: /api/conversations.history')
})
