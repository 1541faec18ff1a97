import { processEnv } from '../../common/env.ts'
import { systemWorld } from '../../common/world.ts'
import { remedy } from '../handlers.ts'

export const handler = remedy(processEnv(), systemWorld('remedy', processEnv()))
