import { processEnv } from '../../common/env.ts'
import { systemWorld } from '../../common/world.ts'
import { mailer } from '../handlers.ts'

export const handler = mailer(processEnv(), systemWorld('mailer', processEnv()))
