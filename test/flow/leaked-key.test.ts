import { inspect } from 'node:util'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { alertsChannel, type Pressed, type Story, startStory } from '../support/story.ts'

const widget = 'portfolio-widget'
const aiko = 'U0AIKO00001'
const ben = 'U0BEN000001'

let story: Story
beforeEach(async () => {
  story = await startStory()
  await story.play('key-leaked')
})
afterEach(() => story.stop())

const type = (user: string, text: string) =>
  story.http<Pressed>('/slack/command', { user, channel: alertsChannel, command: '/incident', text })
const key = (name: string) => {
  const found = story.cloud.gateway.keys.list().find((each) => each.name === name)
  if (!found) throw new Error(`There is no key ${name}`)
  return found
}
const newKey = () => {
  const found = story.cloud.gateway.keys.list().find(({ name }) => name.startsWith(`${widget}-new-`))
  if (!found) throw new Error('There is no new key')
  return found
}
/** What a client gets who asks the price API with this key. */
const asks = async (value: string) =>
  (await fetch(`${story.addresses.prices}/v1/coins`, { headers: { 'x-api-key': value } })).status
const root = () => story.rootText('api-keys')
const thread = async () => (await story.thread('api-keys')).join('\n')
const remedy = async (name: string) => (await story.incident('api-keys')).remedies?.find((each) => each.name === name)

/** From the command to a disabled key, as a person does it. */
async function disableWidget() {
  await type('aiko', 'key')
  await story.submit('aiko', { 'What did you see?': 'Their key is in a public repository since Friday.' })
  await story.submit('aiko', { 'Key to disable': widget })
}

it('a leaked key: typed, recorded, disabled with its use in view, refused by the gateway, replaced, shown once', async () => {
  expect(await asks(key(widget).value)).toBe(200)
  expect(await type('aiko', 'key')).toMatchObject({ ok: true })
  expect(story.view(aiko)).toContain('This records a *security incident* in the alerts channel')

  // The same modal goes on with the keys and what was asked with each in the last hour.
  await story.submit('aiko', { 'What did you see?': 'Their key is in a public repository since Friday.' })
  const keys = story.view(aiko)
  expect(keys).toContain('*Use in the last hour*, from the access log')
  expect(keys).toMatch(/`█{10}` `portfolio-widget`: [\d,]+ requests \(\d+ %\), [\d,]+ refused with 429, \d+ addresses/)
  expect(keys).toContain('Whoever uses this key gets 403 for every request.')
  const opened = await story.incident('api-keys')
  expect(opened).toMatchObject({ severity: 'High', status: 'acknowledged', owner: { user: aiko } })
  expect(await root()).toContain('*Security incident*')
  expect(await root()).toContain('Their key is in a public repository since Friday.')

  expect(await story.submit('aiko', { 'Key to disable': widget })).toMatchObject({ ok: true })
  expect(key(widget).enabled).toBe(false)
  expect(await root()).toContain(`*Changed:* An API key is disabled (${widget}), by <@${aiko}> since`)
  // The gateway takes a while to notice, and what it has not noticed is not proven.
  expect((await remedy('disable-key'))?.status).toBe('applied')
  await story.forward(1)
  expect((await remedy('disable-key'))?.status).toBe('proven')
  expect(await root()).toContain('Proven: the gateway refuses the key.')
  expect(await asks(key(widget).value)).toBe(403)

  await story.press('aiko', 'api-keys', `Issue a new API key (${widget})`)
  expect(story.view(aiko)).toContain('The customer can ask for prices again as soon as they have the new key.')
  await story.submit('aiko')
  await story.forward(1)
  expect((await remedy('new-key'))?.status).toBe('proven')
  expect(await asks(newKey().value)).toBe(200)
  expect(newKey()).toMatchObject({ plan: key(widget).plan, enabled: true })

  await story.press('aiko', 'api-keys', `Show the new key (${newKey().name})`)
  expect(story.view(aiko)).toContain(newKey().value)
  expect(await thread()).toContain(`was shown to <@${aiko}>, once`)
  expect(await root()).not.toContain('Show the new key')

  await story.press('aiko', 'api-keys', 'Resolve')
  expect((await story.incident('api-keys')).status).toBe('resolved')
  expect((await story.incident('api-keys')).timeline.map(({ what }) => what)).toEqual([
    'reported',
    'remedy-asked',
    'remedy-applied',
    'remedy-proven',
    'remedy-asked',
    'remedy-applied',
    'remedy-proven',
    'key-shown',
    'resolved',
  ])
})

it('the value of a new key is in no log, table, queue or message, and in one modal once', async () => {
  await disableWidget()
  await story.press('aiko', 'api-keys', `Issue a new API key (${widget})`)
  await story.submit('aiko')
  await story.forward(1)
  const { value } = newKey()
  const leaked = key(widget).value
  await story.press('aiko', 'api-keys', `Show the new key (${newKey().name})`)

  expect(JSON.stringify(story.slack.snapshot().modals).split(value)).toHaveLength(2)
  await story.http('/slack/close', { user: 'aiko' })
  const places = {
    log: story.log.lines,
    incidents: await itemsOf(story.cloud.names.tables.incidents),
    prices: await itemsOf(story.cloud.names.tables.prices),
    queues: story.cloud.queues.names().map((name) => story.cloud.queues.peek(name)),
    'access log': story.cloud.gateway.accessLog.list(),
    state: await story.state(),
    journal: story.journal.list(),
    'calls of Slack': story.slack.calls,
    slack: story.slack.snapshot(),
  }
  for (const [place, held] of Object.entries(places)) {
    const text = `${JSON.stringify(held)}${inspect(held, { depth: null, maxStringLength: null, maxArrayLength: null })}`
    expect([place, text.includes(value), text.includes(leaked)]).toEqual([place, false, false])
  }
})

it('a second look is refused, and so is anybody but the person who asked for it', async () => {
  await disableWidget()
  await story.press('aiko', 'api-keys', `Issue a new API key (${widget})`)
  await story.submit('aiko')
  const label = `Show the new key (${newKey().name})`
  await story.press('ben', 'api-keys', label)
  expect(story.view(ben)).toContain('A new key is shown only to the person who asked for it.')
  expect(story.view(ben)).not.toContain(newKey().value)
  await story.press('aiko', 'api-keys', label)
  expect(story.view(aiko)).toContain(newKey().value)
  await story.http('/slack/close', { user: 'aiko' })
  // The message no longer has the button; a press from an old copy of it is refused too.
  const again = await story.signed('/slack/events', {
    type: 'block_actions',
    user: { id: aiko },
    team: { id: 'T0CRYPTOW01', domain: 'crypto-watch' },
    api_app_id: 'A0CRYPTOW01',
    trigger_id: 'gone',
    channel: { id: alertsChannel },
    actions: [
      {
        action_id: 'incident.show-key.0',
        type: 'button',
        value: JSON.stringify({ i: (await story.incident('api-keys')).id, k: newKey().id }),
      },
    ],
  })
  expect(again.status).toBe(200)
  expect(story.view(aiko)).not.toContain(newKey().value)
})

it('a key that was disabled by mistake is enabled again, and taken by the gateway', async () => {
  await disableWidget()
  await story.forward(1)
  await story.press('ben', 'api-keys', `Undo: disable the API key (${widget})`)
  await story.submit('ben')
  expect(key(widget).enabled).toBe(true)
  await story.forward(1)
  expect(await asks(key(widget).value)).toBe(200)
  expect(await thread()).toContain(`Undone by <@${ben}>. API key (${widget}): disabled → enabled.`)
})

it('a visitor may neither record nor disable, and a manager may not either', async () => {
  for (const user of ['eve', 'dan']) {
    const refused = await type(user, 'key')
    expect(refused.ephemeral?.join()).toContain('Nothing was done: only')
  }
  expect((await story.incidents.all()).some(({ service }) => service === 'api-keys')).toBe(false)
})

async function itemsOf(table: string): Promise<unknown[]> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const client = new DynamoDBClient({ endpoint: story.cloud.endpoint, region: 'ap-northeast-1', credentials })
  const items: unknown[] = []
  for await (const page of paginateScan({ client: DynamoDBDocumentClient.from(client) }, { TableName: table })) {
    items.push(...(page.Items ?? []))
  }
  client.destroy()
  return items
}
