import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alerts, botToken, incidentIn, type Started, startSlack } from './slack-setup.ts'

let world: Started
let incident: ReturnType<typeof incidentIn>
beforeEach(async () => {
  world = await startSlack()
  incident = incidentIn(world)
})
afterEach(() => world.stop())

describe('over HTTP, for scripts', () => {
  const send = async (path: string, body: unknown) => {
    const response = await fetch(`${world.baseUrl}/_sandbox/slack/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${botToken}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: response.status, ...((await response.json()) as object) }
  }

  test('people and channels may be named, and answers are what Slack would show', async () => {
    const ts = await incident.post()
    const done = await send('click', { user: 'aiko', channel: 'crypto-watch-alerts', ts, button: 'Acknowledge' })
    expect(done).toMatchObject({ ok: true, status: 200, ephemeral: [] })
    const view = await fetch(`${world.baseUrl}/_sandbox/slack/view?user=aiko`)
    expect(await view.json()).toEqual({ view: null })
  })

  test('what cannot be done is a 400 with a sentence', async () => {
    const ts = await incident.post()
    const press = (body: unknown) => send('click', body)
    expect(await press('{')).toMatchObject({ status: 400, error: expect.stringContaining('not JSON') })
    expect(await press({ user: 'aiko' })).toMatchObject({
      status: 400,
      error: expect.stringContaining('send {user, channel, ts, button}'),
    })
    expect(await press({ user: 'aiko', channel: alerts, ts, button: 'Explode' })).toMatchObject({
      status: 400,
      error: expect.stringContaining('The visible buttons are'),
    })
    expect(await send('submit', { user: 'aiko' })).toMatchObject({
      status: 400,
      error: expect.stringContaining('no modal open'),
    })
    expect(await send('command', { user: 'aiko', channel: alerts, command: 'x' })).toMatchObject({ status: 400 })
    expect(await send('close', { user: 'aiko' })).toMatchObject({ status: 400 })
    const nobody = await fetch(`${world.baseUrl}/_sandbox/slack/view`)
    expect(nobody.status).toBe(400)
    world.slack.setDown(true)
    expect(await press({ user: 'aiko', channel: alerts, ts, button: 'Acknowledge' })).toMatchObject({ status: 503 })
  })
})
