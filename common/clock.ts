/**
 * Domain time: when alarms rang, when an escalation is due, how old a price is.
 * The sandbox runs it fast or lets it jump.
 */
export interface Clock {
  now(): Date
}

/**
 * Protocol time: signatures, rate limits, leases, visibility timeouts. Always the time on the wall,
 * because the other side of the wire uses its own watch too.
 */
export interface Wall {
  now(): Date
  /**
   * Resolves after `ms` milliseconds. Used for waits shorter than two seconds; longer ones leave the process. Only the
   * updater waits longer, when a price source names the time and its budget allows it: nobody waits for it. So does the
   * release command, which runs on a developer's machine.
   */
  pause(ms: number): Promise<void>
}

export const systemClock: Clock = { now: () => new Date() }

export const systemWall: Wall = {
  now: () => new Date(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}
