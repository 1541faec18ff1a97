import { tablesOf } from '../cloud/http/table-metrics.ts'
import { calm } from './calm.ts'
import { untilRings } from './story.ts'
import type { Scenario } from './world.ts'

export const upstreamDown: Scenario = {
  name: 'upstream-down',
  says: 'Both price sources answer 503 to everything, and prices grow old.',
  async run(world) {
    await calm(world)
    world.cloud.upstream.setMode('503')
    world.cloud.secondUpstream.setMode('503')
    await untilRings(world, 'ExternalApiErrorAlarm')
  },
}

export const upstream429: Scenario = {
  name: 'upstream-429',
  says: 'The first price source says that we ask too often; the second answers, so prices stay fresh.',
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
    // The functions have been at work for a while, so they remember what they read last.
    await world.forward(60)
    const { faults, names } = world.cloud
    faults.add({
      match: (call) => call.service === 'dynamodb' && tablesOf(call).includes(names.tables.prices),
      kind: 'throttle',
    })
    await untilRings(world, 'DynamoDBThrottleAlarm')
  },
}
