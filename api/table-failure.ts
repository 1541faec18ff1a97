import * as z from 'zod'
import { TableBusyError } from './prices-table.ts'

/** What the SDK says of an error. `$fault` is whose fault it is, `$retryable` that another try may help. */
const Marks = z.object({
  name: z.string(),
  $fault: z.string().optional(),
  $retryable: z.unknown().optional(),
  code: z.string().optional(),
})

const passing = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TimeoutError',
  'AbortError',
])

/** True when the table is throttled, slow or away: expected now and then, and over by itself. The rest is a surprise. */
export function isPassing(error: unknown): boolean {
  if (error instanceof TableBusyError) return true
  const marks = Marks.safeParse(error)
  if (!marks.success) return false
  const { name, $fault, $retryable, code } = marks.data
  return passing.has(name) || $fault === 'server' || $retryable !== undefined || /^E[A-Z]+$/.test(code ?? '')
}
