/** A label on the time axis, in pixels. */
export interface Placed<T> {
  mark: T
  x: number
  /** 0 is the lowest lane. */
  lane: number
  /** On which side of its line the text stands. */
  anchor: 'start' | 'end'
}

const gap = 8

/** Puts labels into lanes so that none covers another. From right to left: the oldest then stands highest. */
export function inLanes<T>(marks: readonly { mark: T; x: number; width: number }[], right: number): Placed<T>[] {
  const lanes: { from: number; to: number }[][] = []
  return marks.toReversed().map(({ mark, x, width }) => {
    const anchor = x + width + gap > right ? ('end' as const) : ('start' as const)
    const [from, to] = anchor === 'start' ? [x, x + width + gap] : [x - width - gap, x]
    const free = lanes.findIndex((taken) => taken.every((other) => other.to <= from || to <= other.from))
    const lane = free === -1 ? lanes.length : free
    lanes[lane] = [...(lanes[lane] ?? []), { from, to }]
    return { mark, x, lane, anchor }
  })
}
