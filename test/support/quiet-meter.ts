import type { Meter } from '../../common/meter.ts'

const nothing = () => undefined
export const quietMeter: Meter = { count: nothing, milliseconds: nothing, seconds: nothing }
