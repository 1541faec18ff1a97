import { calm } from './calm.ts'
import type { Scenario, World } from './world.ts'

const services = `accounts address-book audit-log backups basket billing cache-warmer catalogue chat checkout contracts
  coupons delivery documents email-sender exports feature-flags forms fraud-check gift-cards image-resizer imports
  inventory invoices jobs loyalty maps media notifications orders partners payments pdf-maker profiles ratings refunds
  reports returns search shipping`.split(/\s+/)

const alarmOf = (service: string): string => `${service}-errors`
const errorsOf = (service: string) => ({
  namespace: 'AWS/Lambda',
  name: 'Errors',
  dimensions: { FunctionName: `${service}-function` },
})

const inStorm = ({ cloud }: World): string[] => {
  const known = new Set(cloud.alarms.describe().map(({ alarm }) => alarm.name))
  return services.filter((service) => known.has(alarmOf(service)))
}

/** Lets the services of a storm recover; those whose alarm is OK again are taken away. */
export function endStorm(world: World): void {
  const { alarms, metrics } = world.cloud
  for (const service of inStorm(world)) {
    if (alarms.state(alarmOf(service)).value === 'OK') alarms.deleteAlarm(alarmOf(service))
    else metrics.put({ ...errorsOf(service), value: 0, at: world.clock.now() })
  }
}

export const storm: Scenario = {
  name: 'storm',
  says: 'Something shared breaks, and the alarms of forty unrelated services ring within the same minute.',
  async run(world) {
    await calm(world)
    const { alarms, metrics } = world.cloud
    services.forEach((service, index) => {
      alarms.putAlarm({
        name: alarmOf(service),
        description: `${service}: more than 5 errors in a minute`,
        queries: [{ kind: 'statistic', id: 'm1', metric: errorsOf(service), statistic: 'Sum', returnData: true }],
        comparison: 'GreaterThanThreshold',
        threshold: 5,
        periodSeconds: 60,
        evaluationPeriods: 1,
        treatMissing: 'ignore',
      })
      metrics.put({ ...errorsOf(service), value: 6 + (index % 30), at: world.clock.now() })
    })
    await world.forward(60)
  },
}
