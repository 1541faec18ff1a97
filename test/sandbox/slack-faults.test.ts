import { ErrorCode, WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { actions, alerts, button, refusal, type Started, startSlack } from './slack-setup.ts'

let world: Started
beforeEach(async () => {
  world = await startSlack()
})
afterEach(() => world.stop())

const post = (text = 'x') => world.client.chat.postMessage({ channel: alerts, text })
const texts = () => world.slack.workspace.messages(alerts).map((message) => message.text)

test('a lost answer: the work is done, the caller never knows', async () => {
  world.slack.faults.add({ method: 'chat.postMessage', kind: 'lose-answer', times: 1 })
  await expect(post('posted twice')).rejects.toMatchObject({ code: ErrorCode.RequestError })
  await post('posted twice')
  expect(texts()).toEqual(['posted twice', 'posted twice'])
  expect(world.slack.calls.map(({ outcome }) => outcome)).toEqual(['connection-lost', 'ok'])
})

test('a server error and an answer that never comes do no work', async () => {
  world.slack.faults.add({ kind: 'server-error', times: 1 })
  await expect(post()).rejects.toMatchObject({ code: ErrorCode.HTTPError, statusCode: 500 })
  world.slack.faults.add({ kind: 'hang', times: 1 })
  const impatient = new WebClient('xoxb-sandbox', { ...world.clientOptions, timeout: 50 })
  await expect(impatient.chat.postMessage({ channel: alerts, text: 'x' })).rejects.toThrow()
  expect(texts()).toEqual([])
  await expect(post()).resolves.toMatchObject({ ok: true })
})

test('faults hit the methods and arguments they name, until they are removed', async () => {
  const remove = world.slack.faults.add({
    method: /^chat\./,
    kind: 'invalid_blocks',
    match: (args) => args.blocks !== undefined,
  })
  const withBlocks = () =>
    world.client.chat.postMessage({ channel: alerts, text: 'x', blocks: [actions(button('Go'))] as never })
  await post()
  expect((await refusal(withBlocks())).error).toBe('invalid_blocks')
  remove()
  await withBlocks()
})

test('a slow answer takes its time on the wall', async () => {
  world.slack.faults.add({ kind: 'slow', delayMs: 900, times: 1 })
  const before = world.wall.now().getTime()
  await post()
  expect(world.wall.now().getTime() - before).toBe(900)
})

test('a Slack that is down answers 503 and lets nobody press anything', async () => {
  const { ts = '' } = await world.client.chat.postMessage({
    channel: alerts,
    text: 'x',
    blocks: [actions(button('Go'))] as never,
  })
  world.slack.setDown(true)
  await expect(post()).rejects.toMatchObject({ code: ErrorCode.HTTPError, statusCode: 503 })
  await expect(world.slack.click({ user: 'aiko', channel: alerts, ts, button: 'Go' })).rejects.toThrow('Slack is down')
  world.slack.setDown(false)
  await post()
  expect(await world.slack.click({ user: 'aiko', channel: alerts, ts, button: 'Go' })).toMatchObject({ ok: true })
})
