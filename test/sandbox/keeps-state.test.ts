import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fixtureText } from '../support/fixture.ts'
import { alertsChannel, api, type Story, startStory } from '../support/story.ts'

let dataFolder: string
let story: Story
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'crypto-watch-'))
})
afterEach(async () => {
  await story.stop()
  await rm(dataFolder, { recursive: true })
})

/** Stops and starts again from the same folder, an hour later on the wall. */
async function restart(): Promise<void> {
  await story.stop()
  story = await startStory({ dataFolder })
  story.wall.jump(3_600_000)
}
const seen = async () => ({
  state: await story.state(),
  incident: await story.incident('api'),
  messages: story.slack.workspace.messages(alertsChannel),
  versions: story.cloud.functions.alias(api),
})

it('an incident outlives a restart, and is rolled back after it', async () => {
  story = await startStory({ dataFolder })
  await story.play('bad-deploy')
  await story.press('aiko', 'api', 'Acknowledge')
  const before = await seen()
  await restart()
  expect(await seen()).toEqual(before)

  await story.press('aiko', 'api', 'Roll back')
  const [from, to] = [before.versions.version, String(Number(before.versions.version) - 1)]
  expect(story.view('U0AIKO00001')).toContain(`v${from} → v${to}`)
  expect(await story.submit('aiko')).toMatchObject({ ok: true })
  expect(story.cloud.functions.alias(api)).toMatchObject({ version: to, weights: {} })
  await story.forward(4)
  expect(story.cloud.alarms.state('LambdaErrorAlarm').value).toBe('OK')
  expect(await story.rootText('api')).toMatch(new RegExp(`Rolled back v${from} → v${to} by <@U0AIKO00001>`))
  expect(story.rootMessages()).toHaveLength(1)
})

it('the control room goes on with what it had drawn and told', async () => {
  story = await startStory({ dataFolder })
  await story.play('bad-deploy')
  const [chart, told] = [(await story.room.current()).chart, story.journal.list()]
  expect(chart.marks.map(({ kind }) => kind)).toEqual(['deployment', 'alarm'])
  await restart()
  expect((await story.room.current()).chart).toEqual(chart)
  expect(story.journal.list()).toEqual(told)

  await story.press('aiko', 'api', 'Acknowledge')
  expect(story.journal.list().map(({ n }) => n)).toEqual(story.journal.list().map((_, index) => index + 1))
})

it('a rollback that is under way goes on after a restart', async () => {
  story = await startStory({ dataFolder })
  await story.play('bad-deploy')
  await story.press('aiko', 'api', 'Roll back')
  await story.submit('aiko')
  await restart()
  await story.forward(10)
  expect((await story.state()).incidents).toMatchObject([{ status: 'resolved', rollback: { status: 'helped' } }])
  expect((await story.state()).queues).toEqual({
    alarms: 0,
    sender: 0,
    worker: 0,
    evidence: 0,
    remedy: 0,
    mailer: 0,
    deadLetters: 0,
  })
  expect(story.rootMessages()).toHaveLength(1)
})

it('an open modal can be submitted after a restart', async () => {
  story = await startStory({ dataFolder })
  await story.play('bad-deploy')
  await story.press('aiko', 'api', 'Roll back')
  await restart()
  expect(await story.submit('aiko')).toMatchObject({ ok: true })
  expect((await story.incident('api')).rollback?.by).toBe('U0AIKO00001')
})

it('what still waited in a queue is done after a restart, once', async () => {
  story = await startStory({ dataFolder })
  story.setSlackDown(true)
  story.cloud.topic.publish(fixtureText('composite-alarm'))
  await story.cloud.queues.settle()
  expect((await story.state()).queues.sender).toBe(1)
  await restart()
  expect((await story.state()).queues.sender).toBe(1)
  await story.quiet()
  await story.forward(2)
  expect(story.rootMessages()).toHaveLength(1)
  expect((await story.incident('checkout-degraded')).message).toBeDefined()
})

it('the speed of the clock is kept too', async () => {
  story = await startStory({ dataFolder })
  await story.http('/clock', { forward_s: 90 })
  await story.http('/clock', { speed: 30 })
  const { now } = (await story.state()).clock
  await story.stop()
  story = await startStory({ dataFolder })
  expect((await story.state()).clock).toEqual({ now, speed: 30 })
})

it('a save beside a running story leaves whole files, and half a file says what to do', async () => {
  story = await startStory({ dataFolder })
  await Promise.all([story.save(), story.save(), story.forward(1), story.save()])
  expect((await readdir(dataFolder)).sort()).toEqual(['dynamodb', 'sandbox.json'])
  await restart()
  await story.stop()
  await writeFile(join(dataFolder, 'sandbox.json'), '{"now":"2026-')
  await expect(startStory({ dataFolder })).rejects.toThrow(/sandbox\.json cannot be read.*Remove the folder/)
  await rm(join(dataFolder, 'sandbox.json'))
  story = await startStory({ dataFolder: join(dataFolder, 'new') })
})
