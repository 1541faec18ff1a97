import { expect, it } from 'vitest'
import type { Checkpoint } from '../support/checkpoint.ts'
import { type Cut, createCuttingProxies, cutsOf } from '../support/cutting-proxy.ts'
import { maintenanceIn } from '../support/maintenance.ts'
import { settingsBy } from '../support/remedies.ts'
import { type Story, startStory } from '../support/story.ts'

const statusOf = async (story: Story) => (await story.incident('api')).remedies?.[0]?.status
const isOver = async (story: Story, status: string) =>
  (await statusOf(story)) === status &&
  !(await story.incident('api')).pending.some(({ effect }) => effect.kind === 'reply')

/** A manager has a modal open: to turn it on, or to lift what is on. */
async function opened(what: 'approve' | 'lift'): Promise<Checkpoint> {
  const story = await startStory()
  try {
    const actors = maintenanceIn(story)
    await story.play('bad-deploy')
    story.cloud.traffic.setRequestsPerMinute(0)
    await actors.goesToManagers('api')
    if (what === 'lift') await actors.approves()
    if (what === 'lift') await story.press('dan', 'api', 'Lift maintenance mode')
    else await actors.pressOnPage('dan', 'Approve maintenance mode')
    return await story.checkpoint()
  } finally {
    await story.stop()
  }
}

/** Confirmed, while the remedy Lambda dies at the cut; what is true in the end. */
async function play(from: Checkpoint, status: string, cut?: Cut) {
  const proxies = createCuttingProxies(cut)
  const story = await startStory({
    from,
    environments: async (lambda, env) => (lambda === 'remedy' ? proxies.environments(lambda, env) : { env }),
  })
  const settings = settingsBy(story)
  try {
    await story.http('/slack/submit', { user: 'dan' })
    await story.quiet()
    for (let minute = 0; minute < 25 && !(await isOver(story, status)); minute += 1) await story.forward(1)
    proxies.spare()
    const { timeline } = await story.incident('api')
    return {
      calls: proxies.calls(),
      truth: {
        status: await statusOf(story),
        isOn: (await settings.read()).maintenance !== undefined,
        timeline: timeline
          .filter(({ what }) => what.startsWith('remedy') && !what.endsWith('proven'))
          .map(({ what, times }) => `${what} × ${times}`),
        deadLetters: (await story.state()).queues.deadLetters,
      },
    }
  } finally {
    settings.close()
    await story.stop()
    proxies.close()
  }
}

const toApprove = await opened('approve')
const turnedOn = await play(toApprove, 'proven')
const toLift = await opened('lift')
const lifted = await play(toLift, 'undone')

it('nobody is killed: turned on and proven, or lifted', () => {
  expect(turnedOn.truth).toEqual({
    status: 'proven',
    isOn: true,
    timeline: ['remedy-asked × 1', 'remedy-applied × 1'],
    deadLetters: 0,
  })
  expect(lifted.truth).toMatchObject({ status: 'undone', isOn: false, deadLetters: 0 })
})

it.each(cutsOf(turnedOn.calls))(
  'turned on, killed $when call $at, $call: on once, and told truly',
  async ({ at, when }) => {
    expect((await play(toApprove, 'proven', { at, when })).truth).toEqual(turnedOn.truth)
  },
)

it.each(cutsOf(lifted.calls))(
  'lifted, killed $when call $at, $call: off once, and told truly',
  async ({ at, when }) => {
    expect((await play(toLift, 'undone', { at, when })).truth).toEqual(lifted.truth)
  },
)
