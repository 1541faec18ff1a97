import { type Clock, systemClock, systemWall, type Wall } from './clock.ts'
import type { Env } from './env.ts'
import { createLog, type Log } from './logger.ts'
import { createMeter, type Meter } from './meter.ts'

/** Time, log and meter: what a sandbox or a test hands in, and a Lambda takes from the system. */
export interface World {
  clock: Clock
  wall: Wall
  log: Log
  meter: Meter
}

/** `service` names the Lambda in its log; the stage that its metrics tell is a setting like any other. */
export const systemWorld = (service: string, env: Env): World => ({
  clock: systemClock,
  wall: systemWall,
  log: createLog(service),
  meter: createMeter(env.STAGE || 'prod'),
})
