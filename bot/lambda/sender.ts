import { processEnv } from '../../common/env.ts'
import { systemWorld } from '../../common/world.ts'
import { handlers } from '../handlers.ts'

export const handler = handlers.sender(processEnv(), systemWorld('sender'))
