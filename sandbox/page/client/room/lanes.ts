/** A label on the time axis, in pixels. */
export interface Placed<T> {
  mark: T
  x: number
  /** 0 is the lowest lane. */
  lane: number
  /** On which side of its line the text stands. */
  anchor: 'start' | 'end'
}

const gap = 6

/** Puts labels into lanes so that none covers another, nor a line that rises to a higher lane. `marks` come by x. */
export function inLanes<T>(marks: readonly { mark: T; x: number; width: number }[], right: number): Placed<T>[] {
  const taken: { from: number; to: number; lane: number }[] = []
  const lines: { x: number; lane: number }[] = []
  return marks.map(({ mark, x, width }) => {
    const anchor = x + width + gap > right ? ('end' as const) : ('start' as const)
    const [from, to] = anchor === 'start' ? [x, x + width + gap] : [x - width - gap, x]
    let lane = 0
    const isTaken = () =>
      taken.some((other) => other.lane === lane && other.from < to && from < other.to) ||
      // Its own line must not cut through a text below it, nor its text through a line that goes higher.
      taken.some((other) => other.lane < lane && other.from < x && x < other.to && other.from !== x) ||
      lines.some((line) => line.lane > lane && from < line.x && line.x < to && line.x !== x)
    while (isTaken() && lane < 12) lane += 1
    taken.push({ from, to, lane })
    lines.push({ x, lane })
    return { mark, x, lane, anchor }
  })
}
