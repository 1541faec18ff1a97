import { expect, it } from 'vitest'
import { createCuttingProxies, type Cut } from '../support/cutting-proxy.ts'
import { alertsChannel, api, devChannel, startStory, type Story } from '../support/story.ts'

/** The recorded story: alarm, message, Roll back, confirm, moved, proven, resolved. A person presses again when Slack shows a warning. */
async function tell(cut?: Cut) {
  let slack = ''
  let cloud = ''
  const proxies = createCuttingProxies({ slack: () => slack, cloud: () => cloud }, cut)
  const story = await startStory({
    environments: (lambda, env) => {
      slack ||= (env.SLACK_API_URL ?? '').replace(/\/api\/$/, '')
      cloud ||= env.AWS_ENDPOINT_URL ?? ''
      return proxies.environments(lambda, env)
    },
  })
  try {
    await story.play('bad-deploy')
    await untilTrue(story, async () => (await story.state()).incidents[0]?.slack.ts)
    await untilTrue(story, async () => {
      if ((await story.state()).incidents[0]?.rollback.status !== 'none') return true
      const pressed = await story.press('aiko', 'api', 'Roll back')
      if (!pressed.ok) return false
      await story.quiet()
      const submitted = await story.submit('aiko')
      return submitted.ok === true
    })
    await untilTrue(story, async () => {
      await story.forward(1)
      return (await story.state()).incidents[0]?.status === 'resolved' && (await story.incident('api')).pending.length === 0
    })
    await story.forward(3)
    return { calls: proxies.calls, ...(await outcome(story)) }
  } finally {
    await story.stop()
    proxies.close()
  }
}

async function untilTrue(story: Story, check: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; attempt < 15; attempt += 1) {
    if (await check()) return
    await story.forward(1)
  }
  const incident = await story.incident('api')
  throw new Error(`The story got stuck: ${incident.status}, ${JSON.stringify(incident.pending)}`)
}

async function outcome(story: Story) {
  const incident = await story.incident('api')
  const moves = story.cloud.calls.list().filter(({ operation }) => operation === 'UpdateAlias')
  return {
    roots: story.rootMessages().length,
    pages: story.slack.workspace.messages(devChannel).length,
    replies: (await story.thread('api')).map((text) => text.slice(0, 200)),
    twice: doubles(story.slack.workspace.messages(alertsChannel).map(({ metadata }) => JSON.stringify(metadata))),
    alias: story.cloud.functions.alias(api),
    moved: new Set(moves.map(({ input }) => JSON.stringify(input))).size,
    status: incident.status,
    rollback: incident.rollback,
    asked: incident.timeline.filter(({ what }) => what === 'rollback-asked').reduce((sum, { times }) => sum + times, 0),
    pending: incident.pending.length,
    dead: (await story.state()).queues.deadLetters,
  }
}

const doubles = (texts: string[]): string[] => texts.filter((text, index) => texts.indexOf(text) !== index)

const recorded = await tell()
const cuts: Cut[] = recorded.calls.flatMap((_call, index) => [
  { at: index + 1, when: 'before' as const },
  { at: index + 1, when: 'after' as const },
])

it('the story goes well when nobody is killed', () => {
  expect(recorded).toMatchObject({ roots: 1, status: 'resolved', rollback: { status: 'helped' }, asked: 1, pending: 0, twice: [] })
  expect(cuts.length).toBeGreaterThan(60)
})

it.each(cuts)('killed $when outside call $at: one message, one rollback, a true record', async (cut) => {
  const told = await tell(cut)
  expect(told).toMatchObject({
    roots: 1,
    twice: [],
    status: 'resolved',
    rollback: { status: 'helped', from: recorded.rollback?.from, to: recorded.rollback?.to },
    alias: { version: recorded.alias.version, weights: {} },
    asked: 1,
    moved: 1,
    pending: 0,
    dead: 0,
  })
})
