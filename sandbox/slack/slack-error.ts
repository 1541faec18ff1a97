import type { z } from 'zod'

/** An answer `{ ok: false, error }`, with the sentences Slack puts into `response_metadata.messages`. */
export class SlackError extends Error {
  override name = 'SlackError'
  readonly code: string
  readonly messages: readonly string[]

  constructor(code: string, messages: readonly string[] = []) {
    super(messages.length > 0 ? `${code}: ${messages.join(' · ')}` : code)
    this.code = code
    this.messages = messages
  }
}

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  )

/** Tells problems found by zod as Slack tells them: a sentence and a JSON pointer. */
export function slackMessages(issues: readonly z.core.$ZodIssue[], input: unknown, pointer: string): string[] {
  return issues.flatMap((issue) => {
    const at = (path: readonly PropertyKey[]) => `[json-pointer:${[pointer, ...path.map(String)].join('/')}]`
    const value = valueAt(input, issue.path)
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => `[ERROR] unsupported field: ${key} ${at([...issue.path, key])}`)
      case 'invalid_union':
      case 'invalid_value':
      case 'invalid_type': {
        if (value === undefined) {
          return [`[ERROR] missing required field: ${String(issue.path.at(-1))} ${at(issue.path.slice(0, -1))}`]
        }
        if (issue.path.at(-1) === 'type') return [`[ERROR] unsupported type: ${String(value)} ${at(issue.path)}`]
        return [`[ERROR] ${issue.message} ${at(issue.path)}`]
      }
      default:
        return [`[ERROR] ${issue.message} ${at(issue.path)}`]
    }
  })
}
