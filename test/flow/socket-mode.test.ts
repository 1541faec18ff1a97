import { afterEach, expect, it } from 'vitest'
import { alertsChannel, api, type Story, startStory } from '../support/story.ts'

let story: Story
let isStopped = false
afterEach(async () => {
  if (!isStopped) await story.stop()
})

/** Over a socket the bot acknowledges first and works on; this waits until Slack has seen the work. */
async function until(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) {
    await new Promise((resolve) => setImmediate(resolve))
    await story.quiet()
  }
}

it('a bad deployment is rolled back over Socket Mode, with brought tokens and the stand-in Slack', async () => {
  story = await startStory({
    env: {
      SLACK_APP_TOKEN: 'xapp-brought',
      SLACK_BOT_TOKEN: 'xoxb-brought',
      SLACK_SIGNING_SECRET: 'never used over a socket',
    },
  })
  expect(story.slack.sockets.connected()).toBe(true)
  await story.play('bad-deploy')
  const before = story.cloud.functions.alias(api)
  const to = String(Number(before.version) - 1)

  expect(await story.press('aiko', 'api', 'Acknowledge')).toMatchObject({ ok: true })
  await until(async () => (await story.incident('api')).owner !== undefined)
  await story.press('eve', 'api', 'Roll back')
  await until(async () => story.slack.workspace.ephemerals('U0EVE000001').length === 1)
  await story.press('aiko', 'api', 'Roll back')
  await until(async () => story.view('U0AIKO00001').includes(`v${before.version} → v${to}`))
  expect(await story.submit('aiko')).toMatchObject({ ok: true, response_action: 'close' })
  await until(async () => story.cloud.functions.alias(api).version === to)

  await story.forward(10)
  expect(await story.rootText('api')).toMatch(new RegExp(`Rolled back v${before.version} → v${to} by <@U0AIKO00001>`))
  expect((await story.state()).incidents).toMatchObject([{ status: 'resolved', rollback: { status: 'helped' } }])
  expect(story.slack.workspace.messages(alertsChannel).length).toBeGreaterThan(0)
  expect(story.log.lines.filter(({ level }) => level === 'error')).toEqual([])
})

it('stopping ends the socket, and nothing dials again', async () => {
  story = await startStory({ env: { SLACK_APP_TOKEN: 'xapp-brought' } })
  const dialled = () => story.slack.calls.filter(({ method }) => method === 'apps.connections.open').length
  expect(dialled()).toBe(1)
  await story.stop()
  isStopped = true
  expect(story.slack.sockets.connected()).toBe(false)
  expect(dialled()).toBe(1)
  expect(story.log.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([])
})
