import { processEnv } from '../../common/env.ts'
import { systemWorld } from '../../common/world.ts'
import { slack } from '../handlers.ts'

export const handler = slack(processEnv(), systemWorld('slack', processEnv()))
