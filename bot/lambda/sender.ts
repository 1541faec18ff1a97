import { processEnv } from '../../common/env.ts'
import { systemWorld } from '../../common/world.ts'
import { sender } from '../handlers.ts'

export const handler = sender(processEnv(), systemWorld('sender', processEnv()))
