import type { Env } from '../common/env.ts'
import type { World } from '../common/world.ts'
import {
  changeParts,
  clickParts,
  createBase,
  deploymentListParts,
  evidenceLimits,
  functionParts,
  groupParts,
  healthParts,
  historyParts,
  logParts,
  mailParts,
  messageParts,
  nameParts,
  personParts,
  priceParts,
  remedyParts,
  remedyReaderParts,
  seriesParts,
  slackParts,
  watchParts,
} from './deps.ts'
import { createAlarmsDoor } from './in/alarms.ts'
import { createSlackDoor } from './in/slack.ts'
import { createSweep } from './in/sweep.ts'
import { createEvidence } from './out/evidence.ts'
import { createMailer } from './out/mailer.ts'
import { createRemedy } from './out/remedy.ts'
import { createSender } from './out/sender.ts'
import { createWorker } from './out/worker.ts'

// The eight Lambdas of the bot, each built once from its environment: three doors in, five performers out. Each is an
// export of its own and takes no more parts than it uses, so that its bundle carries nothing of the others.

export const alarms = (env: Env, world: World) => createAlarmsDoor(createBase(env, world))

export function slack(env: Env, world: World) {
  const base = createBase(env, world)
  const talk = slackParts(base)
  return createSlackDoor({ ...base, ...talk, ...clickParts(base, talk), ...historyParts(base) })
}

export function sweep(env: Env, world: World) {
  const base = createBase(env, world)
  return createSweep({ ...base, ...watchParts(base), ...historyParts(base) })
}

export function sender(env: Env, world: World) {
  const base = createBase(env, world)
  const talk = slackParts(base)
  const parts = {
    ...talk,
    ...messageParts(base, talk),
    ...personParts(base, talk),
    ...groupParts(base, talk),
    ...nameParts(base),
    ...deploymentListParts(base),
  }
  return createSender({ ...base, ...parts, queueUrl: base.settings.queues.sender })
}

export function evidence(env: Env, world: World) {
  const base = createBase(env, world)
  const talk = slackParts(base)
  const parts = {
    ...talk,
    ...personParts(base, talk),
    ...evidenceLimits(base),
    ...functionParts(base),
    ...seriesParts(base),
    ...priceParts(base),
    ...logParts(base),
    ...healthParts(base),
    ...changeParts(base),
    ...remedyReaderParts(base),
  }
  return createEvidence({ ...base, ...parts, queueUrl: base.settings.queues.evidence })
}

export function worker(env: Env, world: World) {
  const base = createBase(env, world)
  return createWorker({ ...base, ...functionParts(base), ...changeParts(base), queueUrl: base.settings.queues.worker })
}

export function remedy(env: Env, world: World) {
  const base = createBase(env, world)
  const talk = slackParts(base)
  const parts = { ...talk, ...personParts(base, talk), ...logParts(base), ...remedyParts(base), ...changeParts(base) }
  return createRemedy({ ...base, ...parts, queueUrl: base.settings.queues.remedy })
}

export function mailer(env: Env, world: World) {
  const base = createBase(env, world)
  return createMailer({ ...base, ...mailParts(base), queueUrl: base.settings.queues.mailer })
}
