import { afterEach, expect, it } from 'vitest'
import { api, devChannel, type Story, startStory } from '../support/story.ts'
import { announce, live, logged, ring, saidTwice, textsIn, touchesIncidents, whispers } from '../support/trouble.ts'

let story: Story
afterEach(async () => {
  expect(saidTwice(story)).toEqual([])
  expect((await story.state()).queues.deadLetters).toBe(0)
  await story.stop()
})

const aiko = 'U0AIKO00001'
/** The SDK waits long after a throttle, so most stories have the table fail in another way. */
const breakTable = (kind: 'throttle' | 'error' = 'error') =>
  story.cloud.faults.add({ match: (call) => touchesIncidents(story, call), kind })

it('alarms that come while the incidents are throttled are taken in afterwards, each once', async () => {
  story = await startStory()
  const heal = breakTable('throttle')
  announce(story, 'QueueAge')
  announce(story, 'DiskFull')
  await live(story, 1)
  expect((await story.state()).incidents).toEqual([])
  heal()
  await live(story, 2)
  expect((await story.state()).incidents).toHaveLength(2)
  expect(story.rootMessages()).toHaveLength(2)
})

it('a click that cannot be saved says so, and the next one counts', async () => {
  story = await startStory()
  await ring(story, 'QueueAge')
  const heal = breakTable()
  await story.press('aiko', 'QueueAge', 'Acknowledge')
  expect(whispers(story, aiko)).toEqual(['This could not be saved; nothing was done. Please press again.'])
  heal()
  expect((await story.incident('QueueAge')).owner).toBeUndefined()
  await story.press('aiko', 'QueueAge', 'Acknowledge')
  expect((await story.incident('QueueAge')).owner?.user).toBe(aiko)
})

it('a rollback that cannot be saved says so in its window, and nothing moves', async () => {
  story = await startStory()
  await story.play('bad-deploy')
  await story.press('aiko', 'api', 'Roll back')
  const { version } = story.cloud.functions.alias(api)
  const heal = breakTable()
  expect(await story.submit('aiko')).toMatchObject({ response_action: 'update' })
  expect(story.view(aiko)).toContain('This could not be saved; nothing was done.')
  heal()
  await live(story, 1)
  expect((await story.incident('api')).rollback).toBeUndefined()
  expect(story.cloud.functions.alias(api).version).toBe(version)
})

it('a message whose report cannot be saved is found again and not posted twice', async () => {
  story = await startStory()
  const isPosted = () => story.slack.calls.some(({ method }) => method === 'chat.postMessage')
  const heal = story.cloud.faults.add({ match: (call) => touchesIncidents(story, call) && isPosted(), kind: 'error' })
  announce(story, 'QueueAge')
  await live(story, 1)
  expect((await story.incident('QueueAge')).message).toBeUndefined()
  heal()
  await live(story, 3)
  expect(story.rootMessages()).toHaveLength(1)
  expect((await story.incident('QueueAge')).message?.ts).toBe(story.rootMessages()[0]?.ts)
})

it('a move that cannot be noted down has still happened, and is proven', async () => {
  story = await startStory()
  await story.play('bad-deploy')
  await story.press('aiko', 'api', 'Roll back')
  const isMoved = () => story.cloud.calls.of('lambda', 'UpdateAlias').length > 0
  story.cloud.faults.add({
    match: (call) => touchesIncidents(story, call) && call.operation === 'UpdateItem' && isMoved(),
    kind: 'error',
    times: 12,
  })
  await story.submit('aiko')
  await live(story, 6)
  expect((await story.incident('api')).rollback).toMatchObject({ status: 'helped' })
  expect(story.cloud.calls.of('lambda', 'UpdateAlias')).toHaveLength(1)
})

it('sweeps that fail are in the log, and what fell due meanwhile is done once afterwards', async () => {
  story = await startStory()
  story.cloud.traffic.setRequestsPerMinute(1)
  await ring(story, 'QueueAge')
  await story.forward(58)
  const heal = breakTable()
  await live(story, 4)
  expect(logged(story, 'error', 'a sweep failed')).toHaveLength(4)
  expect(textsIn(story, devChannel)).toEqual([])
  heal()
  await live(story, 3)
  expect(textsIn(story, devChannel)).toHaveLength(1)
  expect((await story.incident('QueueAge')).escalation).toMatchObject({ level: 2, why: 'not-acknowledged' })
})

it('a write whose answer is lost counts as written, and nobody waits for it', async () => {
  story = await startStory()
  for (let lost = 1; lost <= 8; lost += 1) {
    let writes = 0
    const heal = story.cloud.faults.add({
      match: (call) => touchesIncidents(story, call) && call.operation === 'PutItem' && ++writes === lost,
      kind: 'lose-answer',
    })
    const before = story.wall.now().getTime()
    await ring(story, `Check${lost}`)
    expect(story.rootMessages()).toHaveLength(lost)
    expect(story.wall.now().getTime() - before).toBeLessThan(10_000)
    heal()
  }
  story.cloud.faults.add({
    match: (call) => touchesIncidents(story, call) && call.operation === 'PutItem',
    kind: 'lose-answer',
    times: 1,
  })
  await story.press('aiko', 'Check1', 'Acknowledge')
  expect(whispers(story, aiko)).toEqual([])
  expect(await story.rootText('Check1')).toContain(`*Owner:* <@${aiko}>`)
  expect(await story.thread('Check1')).toHaveLength(1)
})

it('a sweep that failed at once gives its lease back, so that the next one need not wait for its end', async () => {
  story = await startStory()
  story.cloud.faults.add({
    match: (call) => touchesIncidents(story, call) && call.operation === 'Query',
    kind: 'error',
    times: 2,
  })
  await story.http('/clock', { forward_s: 60 })
  expect(logged(story, 'error', 'a sweep failed')).toHaveLength(1)
  await story.http('/clock', { forward_s: 60 })
  expect(story.log.lines.map(({ message }) => message)).not.toContain('another sweep is at work')
})
