/** The library's drawing area, in its own units: all of it, and where the first and the last point lie. */
const area = { from: -8, to: 528, left: 60, right: 504 }

/** Letters of East Asian scripts are about twice as wide as others. */
const widthOf = (text: string, letter: number): number =>
  [...text].reduce((sum, character) => sum + (/[\u1100-\uFFE6]/.test(character) ? 1.8 : 1) * letter, 0)

/**
 * Which labels below a chart can be read without running into each other: the library draws all of them. `letter` is
 * the width of a letter; points of a line lie on the edges, bars in the middle of their share.
 */
export function labelsThatFit(labels: readonly string[], letter: number, kind: 'points' | 'bars'): number[] {
  const { from, to, left, right } = area
  const at = (index: number): number => {
    if (kind === 'bars') return left + ((index + 0.5) / labels.length) * (right - left)
    return labels.length < 2 ? (left + right) / 2 : left + (index / (labels.length - 1)) * (right - left)
  }
  const shown: number[] = []
  let free = from
  for (const [index, label] of labels.entries()) {
    const half = widthOf(label, letter) / 2
    if (at(index) - half < free || at(index) + half > to) continue
    shown.push(index)
    free = at(index) + half + letter
  }
  return shown
}
