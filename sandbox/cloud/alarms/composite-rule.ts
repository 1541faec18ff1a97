import { AwsError } from '../aws-error.ts'
import type { StateValue } from './metric-alarm.ts'

const tokenPattern =
  /\s*(\(|\)|AND\b|OR\b|NOT\b|TRUE\b|FALSE\b|(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"[^"]+"|[^\s()"]+)\s*\))/y
const testPattern = /^(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*"?([^"]+?)"?\s*\)$/

function tokens(rule: string): string[] {
  const found: string[] = []
  const trimmed = rule.trimEnd()
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < trimmed.length) {
    const token = tokenPattern.exec(trimmed)?.[1]
    if (token === undefined) throw new AwsError('ValidationError', `The alarm rule "${rule}" cannot be read.`)
    found.push(token)
  }
  return found
}

/** Whether the rule holds, and which alarms it names. AND binds closer than OR; unknown alarms are refused. */
export function ruleHolds(rule: string, stateOf: (name: string) => StateValue): { holds: boolean; names: string[] } {
  const rest = tokens(rule)
  const names: string[] = []
  const wrong = () => new AwsError('ValidationError', `The alarm rule "${rule}" cannot be read.`)

  function term(): boolean {
    const token = rest.shift()
    if (token === undefined) throw wrong()
    if (token === 'NOT') return !term()
    if (token === 'TRUE' || token === 'FALSE') return token === 'TRUE'
    if (token === '(') {
      const inner = either()
      if (rest.shift() !== ')') throw wrong()
      return inner
    }
    const [, value, name] = testPattern.exec(token) ?? []
    if (value === undefined || name === undefined) throw wrong()
    names.push(name)
    return stateOf(name) === value
  }

  function both(): boolean {
    let result = term()
    while (rest[0] === 'AND') {
      rest.shift()
      const right = term()
      result = result && right
    }
    return result
  }

  function either(): boolean {
    let result = both()
    while (rest[0] === 'OR') {
      rest.shift()
      const right = both()
      result = result || right
    }
    return result
  }

  const holds = either()
  if (rest.length > 0) throw wrong()
  return { holds, names }
}
