import { type Clock, systemClock, systemWall, type Wall } from './clock.ts'
import { createLog, type Log } from './logger.ts'
import { createMeter, type Meter } from './meter.ts'

/** Time, log and meter: what a sandbox or a test hands in, and a Lambda takes from the system. */
export interface World {
  clock: Clock
  wall: Wall
  log: Log
  meter: Meter
}

export const systemWorld = (service: string): World => ({
  clock: systemClock,
  wall: systemWall,
  log: createLog(service),
  meter: createMeter(),
})
