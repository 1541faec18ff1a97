import { AwsError } from '../aws-error.ts'

/** Whether a line is taken. */
export type Pattern = (message: string) => boolean

const term = /([?-]?)(?:"((?:[^"\\]|\\.)*)"|([A-Za-z0-9_]+))/y

/** A term is found as a whole word; CloudWatch looks at capitals too. */
function finds(text: string): Pattern {
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const word = new RegExp(`(?<![A-Za-z0-9_])${literal}(?![A-Za-z0-9_])`)
  return (message) => word.test(message)
}

/**
 * Filter patterns for lines of text: every term must be there, or with `?` before each of them any one. The patterns
 * for fields of JSON and for columns are refused, as nobody here uses them.
 */
export function readPattern(pattern = ''): Pattern {
  const any: Pattern[] = []
  const all: Pattern[] = []
  let at = 0
  while (at < pattern.length) {
    if (pattern[at] === ' ') {
      at += 1
      continue
    }
    term.lastIndex = at
    const found = term.exec(pattern)
    if (found === null || found[1] === '-')
      throw new AwsError('InvalidParameterException', `The simulated cloud cannot take the pattern ${pattern}`)
    const takes = finds(found[2]?.replace(/\\(.)/g, '$1') ?? found[3] ?? '')
    if (found[1] === '?') any.push(takes)
    else all.push(takes)
    at = term.lastIndex
  }
  // CloudWatch takes such a mix and ignores what is optional, which is never what was meant.
  if (any.length > 0 && all.length > 0)
    throw new AwsError('InvalidParameterException', 'Terms with and without ? cannot be mixed here.')
  return (message) => (any.length > 0 ? any.some((takes) => takes(message)) : all.every((takes) => takes(message)))
}
