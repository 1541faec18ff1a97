/** What AWS answered when it did not do what was asked. */
export type AwsFailure =
  /** Final: it will say the same again. `code` is the exception's name. */
  | { is: 'refused'; code: string; message: string }
  /** Throttled, unreachable or broken: worth another try. */
  | { is: 'unavailable'; message: string }

const passing =
  /Throttl|ThroughputExceeded|RequestLimitExceeded|TooManyRequests|ServiceException|ServiceUnavailable|InternalServer|InternalFailure|Timeout/

/** Sorts anything an SDK client throws; a bug of our own is thrown on. */
export function awsFailure(error: unknown): AwsFailure {
  if (!(error instanceof Error)) throw error
  const status = '$metadata' in error ? statusOf(error.$metadata) : undefined
  const isAnswer = status !== undefined && '$fault' in error
  if (error.name === 'TypeError' || error.name === 'ZodError') throw error
  if (isAnswer && status < 500 && status !== 429 && !passing.test(error.name)) {
    return { is: 'refused', code: error.name, message: error.message }
  }
  return { is: 'unavailable', message: `${error.name}: ${error.message}` }
}

const statusOf = (metadata: unknown): number | undefined =>
  typeof metadata === 'object' &&
  metadata !== null &&
  'httpStatusCode' in metadata &&
  typeof metadata.httpStatusCode === 'number'
    ? metadata.httpStatusCode
    : undefined

/** Runs one call; a failure of AWS becomes a value. */
export async function asking<T>(call: Promise<T>): Promise<{ is: 'ok'; value: T } | AwsFailure> {
  try {
    return { is: 'ok', value: await call }
  } catch (error) {
    return awsFailure(error)
  }
}
