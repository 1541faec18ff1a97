/** A small generator whose whole state is one number, so that a run repeats and survives a restart. */
export interface SeededRandom {
  /** A number from 0 up to, not including, 1. */
  next(): number
  snapshot(): number
  restore(state: number): void
}

/** Mulberry32: 32 bits of state, good enough to pick versions and to let requests fail. */
export function createRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = state
      mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
    },
    snapshot: () => state,
    restore(saved) {
      state = saved >>> 0
    },
  }
}
