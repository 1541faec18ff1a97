import { createBeforeTraffic } from '../../../infra/before-traffic/handler.ts'
import { region } from '../place.ts'
import type { PriceServiceParts } from './options.ts'

/** The function that CodeDeploy asks before a new version gets traffic. It is called as `$LATEST` and has no versions. */
export function defineBeforeTrafficFunction({ endpoint, stage, world, names, functions }: PriceServiceParts): void {
  const env = {
    STAGE: stage,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: names.beforeTraffic,
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_ENDPOINT_URL: endpoint,
  }
  functions.define({
    name: names.beforeTraffic,
    timeoutSeconds: 60,
    memoryMb: 256,
    start: () => createBeforeTraffic(env, world),
  })
}
