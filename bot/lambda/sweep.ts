import { processEnv } from '../../common/env.ts'
import { systemWorld } from '../../common/world.ts'
import { sweep } from '../handlers.ts'

export const handler = sweep(processEnv(), systemWorld('sweep', processEnv()))
