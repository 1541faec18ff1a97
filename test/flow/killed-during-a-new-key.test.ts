import { expect, it } from 'vitest'
import type { Checkpoint } from '../support/checkpoint.ts'
import { type Cut, createCuttingProxies, cutsOf } from '../support/cutting-proxy.ts'
import { alertsChannel, type Story, startStory } from '../support/story.ts'

const widget = 'portfolio-widget'
const remedyOf = async (story: Story, name: string) =>
  (await story.incident('api-keys')).remedies?.find((each) => each.name === name)

async function until(story: Story, what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let minute = 0; minute < 25; minute += 1) {
    if (await isSo()) return
    await story.forward(1)
  }
  throw new Error(`It never ${what}: ${JSON.stringify(await story.state())}`)
}

/** The leaked key is disabled, and the modal of a new one is filled. */
async function modalFilled(): Promise<Checkpoint> {
  const story = await startStory()
  try {
    await story.play('key-leaked')
    await story.http('/slack/command', { user: 'aiko', channel: alertsChannel, command: '/incident', text: 'key' })
    await story.submit('aiko', { 'What did you see?': 'It is in a public repository.' })
    await story.submit('aiko', { 'Key to disable': widget })
    await story.forward(1)
    await story.press('aiko', 'api-keys', `Issue a new API key (${widget})`)
    expect(story.view('U0AIKO00001')).toContain('as soon as they have the new key')
    return await story.checkpoint()
  } finally {
    await story.stop()
  }
}

/** Confirmed, while the remedy Lambda dies at the cut; what is true in the end. */
async function play(from: Checkpoint, cut?: Cut) {
  const proxies = createCuttingProxies(cut)
  const story = await startStory({
    from,
    environments: async (lambda, env) => (lambda === 'remedy' ? proxies.environments(lambda, env) : { env }),
  })
  try {
    await story.http('/slack/submit', { user: 'aiko' })
    await story.cloud.queues.settle()
    await story.quiet()
    await until(story, 'is made', async () => (await remedyOf(story, 'new-key'))?.status !== 'asked')
    // Looking for its proof changes nothing, so that no death there makes a difference.
    proxies.spare()
    await until(story, 'is proven', async () => (await remedyOf(story, 'new-key'))?.status === 'proven')
    const issued = story.cloud.gateway.keys.list().filter(({ name }) => name.startsWith(`${widget}-new-`))
    const record = await remedyOf(story, 'new-key')
    const replies = await story.thread('api-keys')
    return {
      calls: proxies.calls(),
      truth: {
        keys: issued.map(({ plan, enabled }) => ({ plan, enabled })),
        isTheOneOfTheRecord: record?.made?.id === issued[0]?.id,
        status: record?.status,
        told: replies.filter((text) => text.includes('Changed. New API key')).length,
        deadLetters: (await story.state()).queues.deadLetters,
      },
    }
  } finally {
    await story.stop()
    proxies.close()
  }
}

const from = await modalFilled()
const unharmed = await play(from)

it('nobody is killed: one key, on the plan of the old one, proven and told once', () => {
  expect(unharmed.truth).toEqual({
    keys: [{ plan: 'business', enabled: true }],
    isTheOneOfTheRecord: true,
    status: 'proven',
    told: 1,
    deadLetters: 0,
  })
})

it.each(cutsOf(unharmed.calls))('killed $when call $at, $call: one key, proven and told once', async ({ at, when }) => {
  expect((await play(from, { at, when })).truth).toEqual(unharmed.truth)
})
