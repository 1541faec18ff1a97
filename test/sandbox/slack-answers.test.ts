import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alerts, incidentIn, refusal, type Started, startSlack } from './slack-setup.ts'

let world: Started
let incident: ReturnType<typeof incidentIn>
beforeEach(async () => {
  world = await startSlack()
  incident = incidentIn(world)
})
afterEach(() => world.stop())

describe('the response address', () => {
  const answer = async (body: object) => {
    const response = await fetch(String(incident.last().payload.response_url), {
      method: 'POST',
      body: JSON.stringify(body),
    })
    return [response.status, ((await response.json()) as { error?: string }).error]
  }
  const texts = () => world.slack.workspace.messages(alerts).map(({ text }) => text)

  test('answers the person alone by default, or the channel', async () => {
    await incident.click(await incident.post(), 'Acknowledge')
    expect(await answer({ text: 'just you' })).toEqual([200, undefined])
    expect(world.slack.workspace.ephemerals('U0AIKO00001')).toMatchObject([{ text: 'just you', channel: alerts }])
    await answer({ text: 'everyone', response_type: 'in_channel' })
    expect(texts()).toEqual(['API errors', 'everyone'])
  })

  test('replaces and deletes the original', async () => {
    await incident.click(await incident.post(), 'Acknowledge')
    await answer({ text: 'Acknowledged', replace_original: true })
    expect(texts()).toEqual(['Acknowledged'])
    await answer({ delete_original: true })
    expect(texts()).toEqual([])
    expect(await answer({ delete_original: true })).toEqual([404, 'message_not_found'])
  })

  test('replaces an ephemeral original too', async () => {
    const ts = await incident.postFor('U0AIKO00001')
    await incident.click(ts, 'Acknowledge')
    await answer({ text: 'done', replace_original: true })
    expect(world.slack.workspace.ephemerals('U0AIKO00001').map(({ text }) => text)).toEqual(['done'])
    await answer({ delete_original: true })
    expect(world.slack.workspace.ephemerals('U0AIKO00001')).toEqual([])
  })

  test('works five times, for half an hour, and refuses bad blocks', async () => {
    const ts = await incident.post()
    await incident.click(ts, 'Acknowledge')
    expect(await answer({ blocks: [{ type: 'hologram' }] })).toEqual([400, 'invalid_blocks'])
    for (let use = 2; use <= 5; use++) expect(await answer({ text: `${use}` })).toEqual([200, undefined])
    expect(await answer({ text: 'six' })).toEqual([404, 'used_url'])
    await incident.click(ts, 'Acknowledge')
    await world.forward(30 * 60_000 + 1)
    expect(await answer({ text: 'late' })).toEqual([404, 'expired_url'])
  })
})

describe('a trigger', () => {
  const view = { type: 'modal', title: { type: 'plain_text', text: 'Roll back' }, blocks: [] }
  const open = (trigger_id: unknown) => world.client.apiCall('views.open', { trigger_id, view })

  test('opens one view within three seconds', async () => {
    const ts = await incident.post()
    await incident.click(ts, 'Acknowledge')
    const { trigger_id } = incident.last().payload
    await world.forward(3_000)
    expect(await open(trigger_id)).toMatchObject({ ok: true, view: { type: 'modal', hash: expect.any(String) } })
    expect((await refusal(open(trigger_id))).error).toBe('exchanged_trigger_id')
    await incident.click(ts, 'Acknowledge')
    await world.forward(3_001)
    expect((await refusal(open(incident.last().payload.trigger_id))).error).toBe('expired_trigger_id')
    expect((await refusal(open('made.up'))).error).toBe('invalid_trigger_id')
  })

  test('is not spent by a view that Slack refuses', async () => {
    await incident.click(await incident.post(), 'Acknowledge')
    const { trigger_id } = incident.last().payload
    const wrong = world.client.apiCall('views.open', { trigger_id, view: { ...view, colour: 'red' } })
    expect((await refusal(wrong)).error).toBe('invalid_arguments')
    expect(await open(trigger_id)).toMatchObject({ ok: true })
  })
})
