import type { AccessLogEntry } from '../cloud/gateway/access-log.ts'
import type { Customer } from '../cloud/gateway/api-keys.ts'
import { calm } from './calm.ts'
import { forwardUntil } from './story.ts'
import type { Scenario } from './world.ts'

const customer: Customer = 'portfolio-widget'
const minutesOfMisuse = 3

export const keyLeaked: Scenario = {
  name: 'key-leaked',
  says: `The key of ${customer} leaks: strangers at many addresses ask with it until it is told to wait. No alarm knows of it, so a person types /incident key.`,
  async run(world) {
    await calm(world)
    const { gateway, traffic } = world.cloud
    const since = world.clock.now().toISOString()
    const isWaiting = ({ at, key, status }: AccessLogEntry) => at >= since && key?.name === customer && status === 429
    traffic.setLeaked(customer)
    await world.forward(minutesOfMisuse * 60)
    await forwardUntil(world, `${customer} is told to wait`, () => gateway.accessLog.list().some(isWaiting), 5)
  },
}
