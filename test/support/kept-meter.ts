import type { Meter } from '../../common/meter.ts'

/** Keeps what was measured, by name, in the order of telling. */
export function keptMeter() {
  const values: Record<string, number[]> = {}
  const units: Record<string, string> = {}
  const keep = (unit: string) => (name: string, value: number) => {
    values[name] = [...(values[name] ?? []), value]
    units[name] = unit
  }
  const meter: Meter = { count: keep('count'), milliseconds: keep('ms'), seconds: keep('s') }
  return { ...meter, values, units }
}
