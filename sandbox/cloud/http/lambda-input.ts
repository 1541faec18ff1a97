import { z } from 'zod'
import { AwsError } from '../aws-error.ts'

export const invalid = (text: string) => new AwsError('InvalidParameterValueException', text, 400, { Type: 'User' })

/** The body of a request to Lambda; a field that is not known is refused. */
export function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw invalid(`The simulated Lambda cannot take this request. ${z.prettifyError(parsed.error)}`)
}
