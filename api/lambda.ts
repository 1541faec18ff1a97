import { processEnv } from '../common/env.ts'
import { systemWorld } from '../common/world.ts'
import { createApi } from './handler.ts'

export const handler = createApi(processEnv(), systemWorld('api', processEnv()))
