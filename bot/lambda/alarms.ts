import { processEnv } from '../../common/env.ts'
import { systemWorld } from '../../common/world.ts'
import { alarms } from '../handlers.ts'

export const handler = alarms(processEnv(), systemWorld('alarms', processEnv()))
