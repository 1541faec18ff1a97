import { processEnv } from '../../common/env.ts'
import { systemWorld } from '../../common/world.ts'
import { worker } from '../handlers.ts'

export const handler = worker(processEnv(), systemWorld('worker', processEnv()))
