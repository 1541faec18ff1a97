import type { z } from 'zod'
import { AwsError } from '../aws-error.ts'

/** One operation of a JSON service: takes the parsed body, gives the body of the answer. */
export type Operation = (input: unknown) => unknown
export type Operations = Readonly<Record<string, Operation>>

/** An operation whose input must fit the schema. A parameter that the schema does not know is refused, never ignored. */
export const operation =
  <S extends z.ZodType>(
    schema: S,
    run: (input: z.output<S>) => unknown,
    /** The exception's name, where the service has another one for it. */
    refusal = 'ValidationException',
  ): Operation =>
  (input) => {
    const parsed = schema.safeParse(input)
    if (parsed.success) return run(parsed.data)
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`)
    throw new AwsError(refusal, `The simulated cloud cannot take this request. ${problems.join(' · ')}`)
  }

/** Time as the JSON protocols write it: seconds since 1970. */
export const epochSeconds = (time: Date | string): number => new Date(time).getTime() / 1000

/** One page of a list, with the token of the next one. The token is where the next page begins. */
export function page<T>(all: readonly T[], size: number, token: string | undefined): { items: T[]; next?: string } {
  const start = token === undefined ? 0 : Number(token)
  if (!Number.isInteger(start) || start < 0) throw new AwsError('InvalidNextToken', 'The next token is not valid.')
  const end = start + size
  return { items: all.slice(start, end), ...(end < all.length && { next: String(end) }) }
}
