import { calm } from './calm.ts'
import { busyPerMinute, untilRings } from './story.ts'
import type { Scenario } from './world.ts'

export const slow: Scenario = {
  name: 'slow',
  says: 'The API answers, but takes almost three seconds for it.',
  async run(world) {
    await calm(world)
    const { functions, names } = world.cloud
    functions.setBehaviour(names.functions.api, 'every', { extraLatencyMs: 2_700 })
    await untilRings(world, 'ApiLatencyP95Alarm')
  },
}

export const concurrency: Scenario = {
  name: 'concurrency',
  says: 'The API has reserved room for four calls at once. With much traffic and slow answers that is too little, and Lambda throttles the rest.',
  async run(world) {
    await calm(world)
    const { functions, traffic, names } = world.cloud
    traffic.setRequestsPerMinute(300)
    functions.setBehaviour(names.functions.api, 'every', { extraLatencyMs: 900 })
    functions.setReservedConcurrency(names.functions.api, 4)
    await untilRings(world, 'LambdaThrottleAlarm')
  },
}

export const slackDown: Scenario = {
  name: 'slack-down',
  says: 'The API fails while Slack cannot be reached.',
  async run(world) {
    await calm(world)
    const { functions, traffic, names } = world.cloud
    world.slack.setDown(true)
    traffic.setRequestsPerMinute(busyPerMinute)
    functions.setBehaviour(names.functions.api, 'every', { errorRate: 0.08 })
    await untilRings(world, 'LambdaErrorAlarm')
  },
}
