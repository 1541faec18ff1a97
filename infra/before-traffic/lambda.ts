import { processEnv } from '../../common/env.ts'
import { systemWorld } from '../../common/world.ts'
import { createBeforeTraffic } from './handler.ts'

export const handler = createBeforeTraffic(processEnv(), systemWorld('before-traffic', processEnv()))
