import type { Env } from '../common/env.ts'
import type { World } from '../common/world.ts'
import { createDeps } from './deps.ts'
import { createAlarmsDoor } from './in/alarms.ts'
import { createSlackDoor } from './in/slack.ts'
import { createSweep } from './in/sweep.ts'
import { createEvidence } from './out/evidence.ts'
import { createSender } from './out/sender.ts'
import { createWorker } from './out/worker.ts'

/** The six Lambdas of the bot, each built once from its environment: three doors in, three performers out. */
export const handlers = {
  alarms: (env: Env, world: World) => createAlarmsDoor(createDeps(env, world)),
  slack: (env: Env, world: World) => createSlackDoor(createDeps(env, world)),
  sweep: (env: Env, world: World) => createSweep(createDeps(env, world)),
  sender: (env: Env, world: World) => {
    const deps = createDeps(env, world)
    return createSender({ ...deps, queueUrl: deps.settings.queues.sender })
  },
  evidence: (env: Env, world: World) => {
    const deps = createDeps(env, world)
    return createEvidence({ ...deps, queueUrl: deps.settings.queues.evidence })
  },
  worker: (env: Env, world: World) => {
    const deps = createDeps(env, world)
    return createWorker({ ...deps, queueUrl: deps.settings.queues.worker })
  },
}

export type LambdaName = keyof typeof handlers
