import { ErrorCode } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { methodRates, posting } from '../../sandbox/slack/rates.ts'
import { alerts, refusal, type Started, startSlack } from './slack-setup.ts'

const dev = 'C0DEV000001'

describe('posting', () => {
  let world: Started
  beforeEach(async () => {
    world = await startSlack()
  })
  afterEach(() => world.stop())
  const post = (channel = alerts) => world.client.chat.postMessage({ channel, text: 'x' })

  test('a short burst passes, then one message a second per channel', async () => {
    for (let index = 0; index < posting.burst; index++) await post()
    await expect(post()).rejects.toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 1 })
    // A name is the same channel; another channel has its own allowance.
    await expect(post('#crypto-watch-alerts')).rejects.toMatchObject({ retryAfter: 1 })
    await post(dev)
    await world.forward(999)
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 })
    await world.forward(1)
    await post()
    expect(world.slack.stats.refused).toBe(3)
    expect(world.slack.calls.filter(({ outcome }) => outcome === 'ratelimited')).toHaveLength(3)
  })

  test('the refusal is a 429 with Retry-After', async () => {
    world.slack.faults.add({ method: 'auth.test', kind: 'rate-limited', times: 1, retryAfterSeconds: 7 })
    const answer = await fetch(`${world.baseUrl}/api/auth.test?token=xoxb-sandbox`)
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe('7')
    expect(await answer.json()).toEqual({ ok: false, error: 'ratelimited' })
  })

  test('the workspace as a whole has a limit too', async () => {
    const { slack, forward } = world
    const places = [
      ...slack.channels.map(({ id }) => id),
      ...slack.people.filter((each) => !each.is_bot).map(({ id }) => id),
    ]
    const postNext = (index: number) =>
      slack.api('chat.postMessage', { channel: places[index % places.length], text: 'x' })
    for (let index = 0; index < posting.workspacePerMinute; index++) {
      if (index % places.length === 0) await forward(1_000)
      expect(await postNext(index)).toMatchObject({ ok: true })
    }
    await forward(1_000)
    expect(await postNext(0)).toEqual({ ok: false, error: 'ratelimited' })
    await forward(60_000)
    expect(await postNext(0)).toMatchObject({ ok: true })
  })
})

test('strict: a second message within a second is refused, whatever came before', async () => {
  const world = await startSlack({ strict: true })
  try {
    const post = () => world.client.chat.postMessage({ channel: alerts, text: 'x' })
    await post()
    await world.forward(999)
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 })
    await world.forward(1)
    await post()
    await world.forward(60_000)
    await post()
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 })
  } finally {
    await world.stop()
  }
})

test('every method has its number of calls a minute', async () => {
  const world = await startSlack()
  try {
    for (const [method, { perMinute, docs }] of methodRates) {
      expect(docs).toBe(`https://docs.slack.dev/reference/methods/${method}`)
      for (let index = 0; index < perMinute; index++) {
        expect(await world.slack.api(method, {})).not.toMatchObject({ error: 'ratelimited' })
      }
      expect(await world.slack.api(method, {})).toEqual({ ok: false, error: 'ratelimited' })
    }
    await world.forward(60_000)
    expect((await refusal(world.client.users.info({ user: 'U0' }))).error).toBe('user_not_found')
  } finally {
    await world.stop()
  }
})
