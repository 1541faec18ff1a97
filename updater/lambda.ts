import { processEnv } from '../common/env.ts'
import { systemWorld } from '../common/world.ts'
import { createUpdater } from './handler.ts'

export const handler = createUpdater(processEnv(), systemWorld('updater', processEnv()))
