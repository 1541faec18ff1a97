import { AwsError } from '../aws-error.ts'

/** A parsed metric-math expression. */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'reference'; id: string }
  | { kind: 'negative'; of: Expression }
  | { kind: 'binary'; operator: Operator; left: Expression; right: Expression }
  | { kind: 'call'; name: 'IF' | 'FILL' | 'SUM'; of: Expression[] }
  | { kind: 'list'; of: Expression[] }

export type Operator = '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '==' | '!='

/** Weakest first: a comparison joins sums, a sum joins products. */
const levels: readonly (readonly Operator[])[] = [
  ['<', '<=', '>', '>=', '==', '!='],
  ['+', '-'],
  ['*', '/'],
]

const tokenPattern = /\s*(\d+(?:\.\d+)?|[A-Za-z][A-Za-z0-9_]*|<=|>=|==|!=|[-+*/<>()[\],])/y

function tokens(text: string): string[] {
  const found: string[] = []
  const trimmed = text.trimEnd()
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < trimmed.length) {
    const at = tokenPattern.lastIndex
    const token = tokenPattern.exec(trimmed)?.[1]
    if (token === undefined) throw unsupported(text, trimmed.slice(at))
    found.push(token)
  }
  return found
}

const unsupported = (text: string, near: string) =>
  new AwsError('ValidationError', `The expression "${text}" is not supported here, near "${near.trim()}".`)

/** Reads the part of metric math that the service's alarms use: arithmetic, comparisons, IF, FILL and SUM. */
export function parseExpression(text: string): Expression {
  const rest = tokens(text)
  const take = (): string => rest.shift() ?? ''
  const expect = (token: string): void => {
    const got = take()
    if (got !== token) throw unsupported(text, got)
  }

  function list(end: string): Expression[] {
    const of = [level(0)]
    while (rest[0] === ',') {
      take()
      of.push(level(0))
    }
    expect(end)
    return of
  }

  function primary(): Expression {
    const token = take()
    if (token === '-') return { kind: 'negative', of: primary() }
    if (token === '(') {
      const inner = level(0)
      expect(')')
      return inner
    }
    if (token === '[') return { kind: 'list', of: list(']') }
    if (/^\d/.test(token)) return { kind: 'number', value: Number(token) }
    if (rest[0] === '(') {
      take()
      if (token !== 'IF' && token !== 'FILL' && token !== 'SUM') throw unsupported(text, token)
      return { kind: 'call', name: token, of: list(')') }
    }
    if (/^[a-z]/.test(token)) return { kind: 'reference', id: token }
    throw unsupported(text, token)
  }

  function level(depth: number): Expression {
    const operators = levels[depth]
    if (operators === undefined) return primary()
    let left = level(depth + 1)
    for (;;) {
      const operator = operators.find((each) => each === rest[0])
      if (operator === undefined) return left
      take()
      left = { kind: 'binary', operator, left, right: level(depth + 1) }
    }
  }

  const whole = level(0)
  if (rest.length > 0) throw unsupported(text, rest.join(' '))
  return whole
}
