/** A refusal as AWS words it. The HTTP edge turns it into the wire form of the protocol in use. */
export class AwsError extends Error {
  override name = 'AwsError'
  /** The exception's name, as the SDK's class is called. */
  readonly code: string
  readonly status: number
  /** Further fields of the error's body, such as `Reason` of a Lambda throttle. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, status = 400, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.details = details
  }
}
