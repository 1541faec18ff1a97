import { processEnv } from '../../common/env.ts'
import { systemWorld } from '../../common/world.ts'
import { evidence } from '../handlers.ts'

export const handler = evidence(processEnv(), systemWorld('evidence', processEnv()))
