import { expect, it } from 'vitest'
import type { Checkpoint } from '../support/checkpoint.ts'
import { type Cut, createCuttingProxies, cutsOf } from '../support/cutting-proxy.ts'
import { settingsBy } from '../support/remedies.ts'
import { type Story, startStory } from '../support/story.ts'

async function until(story: Story, isSo: () => Promise<boolean>): Promise<void> {
  for (let minute = 0; minute < 25; minute += 1) {
    if (await isSo()) return
    await story.forward(1)
  }
  throw new Error(`The story got stuck: ${JSON.stringify(await story.state())}`)
}

/** The source says 429, and the modal of the remedy is filled. */
async function modalFilled(): Promise<Checkpoint> {
  const story = await startStory()
  try {
    await story.play('upstream-429')
    await story.press('aiko', 'updater', 'Update every 10 min')
    expect(story.view('U0AIKO00001')).toContain('every 5 min → every 10 min')
    return await story.checkpoint()
  } finally {
    await story.stop()
  }
}

/** Confirmed, while the remedy Lambda dies at the cut; what is true in the end. */
async function play(
  from: Checkpoint,
  cut?: Cut,
  meanwhile?: (settings: ReturnType<typeof settingsBy>) => Promise<void>,
) {
  const proxies = createCuttingProxies(cut)
  const story = await startStory({
    from,
    // Only the remedy Lambda goes through the proxy, so only its calls are counted and cut.
    environments: async (lambda, env) => (lambda === 'remedy' ? proxies.environments(lambda, env) : { env }),
  })
  const settings = settingsBy(story)
  try {
    await story.http('/slack/submit', { user: 'aiko' })
    await story.cloud.queues.settle()
    await meanwhile?.(settings)
    await story.quiet()
    await until(story, async () => {
      const { remedies, pending } = await story.incident('updater')
      return remedies?.[0]?.status !== 'asked' && !pending.some(({ effect }) => effect.kind === 'reply')
    })
    proxies.spare()
    const { timeline, remedies } = await story.incident('updater')
    const replies = await story.thread('updater')
    return {
      calls: proxies.calls(),
      truth: {
        status: remedies?.map(({ name, status, why }) => [name, status, why]),
        setting: (await settings.read()).updateEveryMinutes,
        timeline: timeline
          .filter(({ what }) => what.startsWith('remedy'))
          .map(({ what, times }) => `${what} × ${times}`),
        told: replies.filter((text) => text.includes('Changed. How often prices are fetched')).length,
        deadLetters: (await story.state()).queues.deadLetters,
      },
    }
  } finally {
    settings.close()
    await story.stop()
    proxies.close()
  }
}

const from = await modalFilled()
const unharmed = await play(from)

it('nobody is killed: read, write, report', () => {
  expect(unharmed.truth).toEqual({
    status: [['update-less-often', 'applied', undefined]],
    setting: 10,
    timeline: ['remedy-asked × 1', 'remedy-applied × 1'],
    told: 1,
    deadLetters: 0,
  })
  expect(unharmed.calls.map(({ name }) => name)).toContain('remedy: DynamoDB_20120810.UpdateItem')
})

it.each(cutsOf(unharmed.calls))('killed $when call $at, $call: applied once, and told truly', async ({ at, when }) => {
  expect((await play(from, { at, when })).truth).toEqual(unharmed.truth)
})

it('killed after its write, and a person changes it back before it comes again: it is not written again', async () => {
  const at = unharmed.calls.findIndex(({ name }) => name.endsWith('.UpdateItem')) + 1
  const { truth } = await play(from, { at, when: 'after' }, (settings) => settings.set('updateEveryMinutes', 5))
  expect(truth).toMatchObject({
    status: [['update-less-often', 'failed', 'changed-meanwhile']],
    setting: 5,
    told: 0,
  })
})
