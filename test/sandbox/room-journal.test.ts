import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JournalEntry } from '../../sandbox/page/protocol.ts'
import { createJournal } from '../../sandbox/room/journal.ts'
import { createQuietLog } from '../support/quiet-log.ts'
import { type Story, startStory } from '../support/story.ts'

describe('the ring', () => {
  const clock = { now: () => new Date('2026-11-23T03:00:00.000Z') }

  it('keeps the last 400, numbers them without gaps and tells who listens', () => {
    const log = createQuietLog()
    const journal = createJournal(clock, log)
    const heard: number[] = []
    const deaf = journal.subscribe(() => {
      throw new Error('no ears')
    })
    const stop = journal.subscribe(({ n }) => heard.push(n))
    for (let n = 1; n <= 3; n += 1) journal.add({ kind: 'world', text: `number ${n}` })
    deaf()
    stop()
    for (let n = 4; n <= 402; n += 1) journal.add({ kind: 'world', text: `number ${n}` })
    expect(heard).toEqual([1, 2, 3])
    expect(journal.list()).toHaveLength(400)
    expect(journal.list()[0]).toEqual({ n: 3, at: '2026-11-23T03:00:00.000Z', kind: 'world', text: 'number 3' })
    expect(journal.list().at(-1)?.n).toBe(402)
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(3)
  })
})

describe('a story in sentences', () => {
  let story: Story
  beforeAll(async () => {
    story = await startStory()
  })
  afterAll(() => story.stop())

  const since = (n: number): JournalEntry[] => story.journal.list().filter((entry) => entry.n > n)
  const texts = (entries: readonly JournalEntry[]) => entries.map(({ kind, text }) => `${kind}: ${text}`)
  const last = () => story.journal.list().at(-1)?.n ?? 0
  /** Each of these, in this order, whatever lies between. */
  const inOrder = (entries: readonly JournalEntry[], wanted: readonly string[]) => {
    let from = 0
    const found = texts(entries)
    for (const each of wanted) {
      const at = found.indexOf(each, from)
      expect(at, `“${each}” in\n${found.join('\n')}`).toBeGreaterThanOrEqual(from)
      from = at + 1
    }
  }

  it('a quiet hour tells nothing', async () => {
    await story.forward(3)
    expect(story.journal.list()).toEqual([])
  })

  it('alarm, decision, Slack, effect', async () => {
    await story.play('bad-deploy')
    inOrder(story.journal.list(), [
      'world: The scenario bad-deploy began: A new version of the API passes its canary and turns bad when the price source leaves a number out, so a person must roll it back.',
      'world: CodeDeploy began the deployment of v42 by Ren Ito → SNS topic',
      'world: CodeDeploy pointed live of crypto-watch-api-function at v41 (90 %) and v42 (10 %)',
      'world: CodeDeploy finished the deployment of v42',
      'alarm: LambdaErrorAlarm turned ALARM → SNS topic → alarms queue',
      'decision: Event “alarm changed” → decided, because an alarm fired → to do: show the message, read the evidence, show a card',
      'slack: Slack: chat.postMessage in #crypto-watch-alerts → ok',
      'effect: The sender Lambda performed: show the message',
    ])
    const read = texts(story.journal.list())
    expect(read).toContain('aws: AWS: GetAlias crypto-watch-api-function (which version is live?)')
    expect(read).toContain('effect: The evidence Lambda performed: read the evidence')
    expect(read).toContain('world: The scenario bad-deploy has been played')
    const decision = story.journal.list().find(({ kind }) => kind === 'decision')
    expect(decision).toMatchObject({
      incident: 'api-20261123T031700Z',
      at: '2026-11-23T03:17:00.000Z',
      details: { event: 'alarm-changed', because: 'an alarm fired', effects: ['show', 'read-evidence', 'show-card'] },
    })
  })

  it('a press, the rollback and its proof', async () => {
    const before = last()
    await story.press('aiko', 'api', 'Roll back')
    await story.submit('aiko')
    await story.forward(1)
    inOrder(since(before), [
      'person: Aiko pressed “Roll back” → Slack → signed request to the bot',
      'decision: Event “rollback opened” → decided, because a person looks at a rollback → to do: fill the modal',
      'slack: Slack: views.update → ok',
      'effect: The evidence Lambda performed: fill the modal',
      'person: Aiko submitted “Roll back” → Slack → signed request to the bot',
      'decision: Event “rollback asked” → decided, because a person asked for a rollback → to do: start the rollback, show the message, reply in the thread, show a card',
      'aws: AWS: UpdateAlias crypto-watch-api-function → v41',
      'effect: The worker Lambda performed: move the alias',
      'alarm: LambdaErrorAlarm turned OK → SNS topic → alarms queue',
      'effect: The worker Lambda performed: prove the rollback',
    ])
  })

  it('somebody who may not is refused', async () => {
    const before = last()
    await story.press('eve', 'api', 'Escalate')
    expect(texts(since(before)).slice(0, 2)).toEqual([
      'person: Eve chose “Escalate” → Slack → signed request to the bot',
      expect.stringMatching(/^person: The bot refused: /),
    ])
  })

  it('the world is told too: Slack away and back, the clock, an operator', async () => {
    const before = last()
    await story.http('/slack/down', { down: true })
    await story.http('/slack/down', { down: true })
    await story.http('/slack/down', { down: false })
    await story.http('/clock', { forward_s: 300 })
    await story.http('/clock', { speed: 60 })
    await story.http('/clock', { speed: 0 })
    await story.http('/functions/updater/live', { version: '14' })
    expect(texts(since(before)).filter((text) => text.startsWith('world'))).toEqual([
      'world: Slack is down',
      'world: Slack is up again',
      'world: The clock jumps 5 minutes ahead',
      'world: The clock runs at 60×',
      'world: The clock stands still',
      'world: An operator outside the bot pointed live of crypto-watch-price-update-function at v14',
    ])
  })

  it('whoever changes a key or a reservation, with no secret in it', async () => {
    const before = last()
    const { endpoint } = story.cloud
    const send = (method: string, path: string, body?: object) =>
      fetch(`${endpoint}${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    const patchOperations = [
      { op: 'replace', path: '/enabled', value: 'false' },
      { op: 'replace', path: '/description', value: 'leaked' },
    ]
    await send('GET', '/apikeys?name=hoshi&includeValues=true')
    await send('PATCH', '/apikeys/key0000004', { patchOperations })
    await send('POST', '/apikeys', { name: 'acme', value: 'brought-along-from-elsewhere' })
    await send('POST', '/usageplans/plan02/keys', { keyId: 'key0000004', keyType: 'API_KEY' })
    await send('DELETE', '/apikeys/nobody')
    const concurrency = `/functions/${story.cloud.names.functions.api}/concurrency`
    await send('GET', `/2019-09-30${concurrency}`)
    await send('PUT', `/2017-10-31${concurrency}`, { ReservedConcurrentExecutions: 50 })
    await send('GET', '/2016-08-19/account-settings')
    expect(texts(since(before))).toEqual([
      'aws: AWS: GetApiKeys (which keys are there?)',
      'aws: AWS: UpdateApiKey key0000004 (enabled: false, description)',
      'aws: AWS: CreateApiKey acme',
      'trouble: AWS: CreateUsagePlanKey key0000004 → plan02 → refused with 409',
      'trouble: AWS: DeleteApiKey nobody → refused with 404',
      'aws: AWS: GetFunctionConcurrency crypto-watch-api-function (how much is reserved?)',
      'aws: AWS: PutFunctionConcurrency crypto-watch-api-function → 50',
      'aws: AWS: GetAccountSettings (what does the account allow?)',
    ])
  })

  it('trouble says what the matter is', async () => {
    const before = last()
    story.cloud.alarms.loseNotification('LambdaErrorAlarm')
    story.cloud.alarms.setAlarmState('LambdaErrorAlarm', 'ALARM', 'by hand')
    await story.forward(1)
    expect(texts(since(before))).toContain(
      'alarm: LambdaErrorAlarm turned ALARM → nobody was told; the sweep will notice',
    )
  })
})
