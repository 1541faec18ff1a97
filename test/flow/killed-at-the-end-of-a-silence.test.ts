import { expect, it } from 'vitest'
import type { Checkpoint } from '../support/checkpoint.ts'
import { type Cut, createCuttingProxies, cutsOf } from '../support/cutting-proxy.ts'
import { bulletins, silences } from '../support/silences.ts'
import { startStory } from '../support/story.ts'
import { ring, saidTwice } from '../support/trouble.ts'

/** A minute before the end: one alarm is over, another rings. */
async function aMinuteBeforeTheEnd(): Promise<Checkpoint> {
  const story = await startStory()
  try {
    await silences(story, 'U0AIKO00001')
    await story.forward(2)
    await ring(story, 'LambdaErrorAlarm')
    await ring(story, 'LambdaThrottleAlarm')
    await story.forward(1)
    await ring(story, 'LambdaThrottleAlarm', 'OK')
    await story.forward(11)
    return await story.checkpoint()
  } finally {
    await story.stop()
  }
}

/** The end comes, and the sweep dies at the cut; what is true some minutes later. */
async function end(from: Checkpoint, cut?: Cut) {
  const proxies = createCuttingProxies(cut)
  const story = await startStory({
    from,
    environments: async (lambda, env) => (lambda === 'sweep' ? proxies.environments(lambda, env) : { env }),
  })
  try {
    await story.forward(1)
    proxies.spare()
    await story.forward(4)
    const { alarms, timeline, escalation } = await story.incident('api')
    return {
      calls: proxies.calls(),
      truth: {
        incidents: (await story.state()).incidents.length,
        alarms: Object.values(alarms).map(({ name, firedAt, fired }) => [name, firedAt, fired]),
        fired: timeline.filter(({ what }) => what === 'alarm-fired').map(({ times }) => times),
        level: escalation.level,
        bulletins: bulletins(story).map((lines) => lines.map((line) => line.replace(/ · incident .*/, ' · incident'))),
        twice: saidTwice(story),
        deadLetters: (await story.state()).queues.deadLetters,
      },
    }
  } finally {
    await story.stop()
    proxies.close()
  }
}

const from = await aMinuteBeforeTheEnd()
const unharmed = await end(from)

it('nobody is killed', () => {
  expect(unharmed.truth).toMatchObject({
    incidents: 1,
    alarms: [['LambdaErrorAlarm', '2026-11-23T03:02:00.000Z', 1]],
    fired: [1],
    level: 1,
    twice: [],
    deadLetters: 0,
  })
  expect(unharmed.truth.bulletins.map((lines) => lines.filter((line) => line.startsWith('🔴')))).toEqual([
    ['🔴 API errors · first 03:02 · rang once · rang on at the end · incident'],
    ['🔴 API errors · first 03:02 · rang once · rang on at the end · incident'],
  ])
  expect(unharmed.calls.length).toBeGreaterThan(10)
})

it.each(cutsOf(unharmed.calls))('the sweep is killed $when call $at, $call', async ({ at, when }) => {
  expect((await end(from, { at, when })).truth).toEqual(unharmed.truth)
})
