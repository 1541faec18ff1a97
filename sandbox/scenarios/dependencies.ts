import { calm } from './calm.ts'
import { untilRings } from './story.ts'
import type { Scenario } from './world.ts'

export const upstreamDown: Scenario = {
  name: 'upstream-down',
  says: 'The price source answers 503 to everything, and prices grow old.',
  async run(world) {
    await calm(world)
    world.cloud.upstream.setMode('503')
    await untilRings(world, 'ExternalApiErrorAlarm')
  },
}

export const upstream429: Scenario = {
  name: 'upstream-429',
  says: 'The price source says that we ask too often.',
  async run(world) {
    await calm(world)
    world.cloud.upstream.setMode('429')
    await untilRings(world, 'ExternalApiErrorAlarm')
  },
}

export const tableThrottled: Scenario = {
  name: 'table-throttled',
  says: 'DynamoDB throttles the prices table.',
  async run(world) {
    await calm(world)
    const { faults, names } = world.cloud
    faults.add({
      match: ({ service, input }) => service === 'dynamodb' && input.TableName === names.tables.prices,
      kind: 'throttle',
    })
    await untilRings(world, 'DynamoDBThrottleAlarm')
  },
}
