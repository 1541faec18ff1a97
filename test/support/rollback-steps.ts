import { rarelyAskedCoin } from '../../sandbox/cloud/traffic.ts'
import { forwardUntil, releaseWell } from '../../sandbox/scenarios/story.ts'
import type { Checkpoint } from './checkpoint.ts'
import { type Cut, createCuttingProxies } from './cutting-proxy.ts'
import { alertsChannel, api, devChannel, type Story, startStory } from './story.ts'

/**
 * The recorded rollback story in steps. Each step goes on until it has come true, as people and AWS do:
 * a person presses again when Slack shows a warning, time passes, queues deliver again.
 */
export const steps = {
  'the alarm rings and the message appears': (story: Story) =>
    untilTrue(story, async () => (await story.state()).incidents[0]?.slack.ts),
  'the on-call engineer presses Roll back and the modal fills': (story: Story) =>
    untilTrue(story, async () => {
      if (story.view('U0AIKO00001').includes('v42 → v41')) return true
      await story.press('aiko', 'api', 'Roll back')
      return false
    }),
  'the engineer confirms, the alias moves and the proof is found': (story: Story) =>
    untilTrue(story, async () => {
      const { status, rollback } = await story.incident('api')
      if (!rollback) await story.submit('aiko')
      return status === 'recovering' && rollback?.status === 'helped'
    }),
  'the incident resolves': (story: Story) =>
    untilTrue(story, async () => {
      const { status, pending, archived } = await story.incident('api')
      return status === 'resolved' && pending.length === 0 && archived
    }),
} as const

export type StepName = keyof typeof steps
const stepNames = Object.keys(steps) as StepName[]

async function untilTrue(story: Story, check: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; attempt < 25; attempt += 1) {
    if (await check()) return
    await story.forward(1)
  }
  throw new Error(`The story got stuck: ${JSON.stringify(await story.state())}`)
}

/** A deployment that has turned bad, one minute before its alarm. */
async function badDeployment(): Promise<Checkpoint> {
  const story = await startStory()
  const { cloud, clock, slack } = story
  cloud.traffic.setRequestsPerMinute(30)
  const world = { cloud, clock, slack, forward: story.sandboxForward }
  await releaseWell(world, 'api', { author: 'Ren Ito', subject: 'Round changes', code: 'rounds-changes' })
  cloud.upstream.withholdChange([rarelyAskedCoin])
  // The first minute of failures; the alarm wants two.
  await forwardUntil({ ...world, forward: () => story.forward(1) }, 'the version fails', () => hasFailed(story), 10)
  const checkpoint = await story.checkpoint()
  await story.stop()
  return checkpoint
}

const hasFailed = ({ cloud }: Story): boolean => cloud.gateway.accessLog.list().some(({ status }) => status === 502)

/** The story without any accident, kept where `step` begins. */
export async function checkpointBefore(step: StepName): Promise<Checkpoint> {
  const from = await badDeployment()
  const story = await startStory({ from })
  try {
    for (const name of stepNames.slice(0, stepNames.indexOf(step))) await steps[name](story)
    return await story.checkpoint()
  } finally {
    await story.stop()
  }
}

/**
 * Plays one step, in which the cut falls, until nothing is left to do. What is then true must not
 * differ from what is true when nobody was killed: the rest of the story cannot tell them apart.
 */
export async function playStep(from: Checkpoint, step: StepName, cut?: Cut) {
  const proxies = createCuttingProxies(cut)
  const story = await startStory({ from, environments: proxies.environments })
  try {
    await steps[step](story)
    proxies.spare()
    await untilTrue(story, async () => (await story.incident('api')).pending.length === 0)
    return { calls: proxies.calls(), truth: await truthOf(story) }
  } finally {
    await story.stop()
    proxies.close()
  }
}

/** Times, measured numbers and the order of what happens at once differ between two tellings; nothing else may. */
const timeless = (text: string): string => text.replace(/[\d.]+/g, '#').slice(0, 50)

async function truthOf(story: Story) {
  const { timeline, rollback, status, owner, escalation } = await story.incident('api')
  const marks = story.slack.workspace.messages(alertsChannel).map(({ metadata }) => JSON.stringify(metadata))
  const { version, weights } = story.cloud.functions.alias(api)
  return {
    status,
    owner: owner?.user,
    level: escalation.level,
    rollback: rollback && { status: rollback.status, from: rollback.from, to: rollback.to, by: rollback.by },
    // A message that waits behind a dead Lambda for two minutes looks like an outage of Slack, and is told as one.
    timeline: timeline.map(({ what, times }) => `${what} × ${times}`).sort(),
    alias: { version, weights },
    rootMessages: story.rootMessages().length,
    thread: story.slack.workspace
      .messages(alertsChannel)
      .flatMap(({ thread_ts, ts, text }) => (thread_ts && thread_ts !== ts ? timeless(text) : []))
      .sort(),
    messagesTwice: marks.filter((mark, index) => marks.indexOf(mark) !== index),
    pages: story.slack.workspace.messages(devChannel).length,
    deadLetters: (await story.state()).queues.deadLetters,
  }
}

export type Truth = Awaited<ReturnType<typeof truthOf>>
