import { AwsError } from '../aws-error.ts'
import type { Call, FaultKind } from '../faults.ts'

/** What IAM answers before the service itself hears of a call. */
export function deniedError({ service, operation }: Call, message?: string): AwsError {
  const text =
    message ??
    `User is not authorized to perform: ${service}:${operation} because no identity-based policy allows the action`
  return new AwsError('AccessDeniedException', text, service === 'lambda' || service === 'apigateway' ? 403 : 400)
}

/** The error that a fault shows to the client, in the words of the service that was called. */
export function faultError(kind: Exclude<FaultKind, 'hang' | 'lose-answer'>, call: Call, message?: string): AwsError {
  const { service } = call
  switch (kind) {
    case 'throttle':
      if (service === 'dynamodb')
        return new AwsError(
          'ProvisionedThroughputExceededException',
          message ??
            'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
        )
      if (service === 'lambda')
        return new AwsError('TooManyRequestsException', message ?? 'Rate exceeded', 429, {
          Reason: 'CallerRateLimitExceeded',
          Type: 'User',
        })
      if (service === 'apigateway')
        return new AwsError('TooManyRequestsException', message ?? 'Too Many Requests', 429, { retryAfterSeconds: 1 })
      return new AwsError('ThrottlingException', message ?? 'Rate exceeded')
    case 'refuse':
      // The service has a refusal of its own besides that of IAM.
      return service === 'apigateway'
        ? new AwsError('UnauthorizedException', message ?? 'The caller has insufficient permissions.', 401)
        : deniedError(call, message)
    case 'error': {
      const text = message ?? 'We encountered an internal error. Please try again.'
      if (service === 'lambda') return new AwsError('ServiceException', text, 500, { Type: 'Service' })
      if (service === 'apigateway') return new AwsError('ServiceUnavailableException', text, 503)
      if (service === 'logs') return new AwsError('ServiceUnavailableException', text, 500)
      return new AwsError(service === 'cloudwatch' ? 'InternalServiceFault' : 'InternalServerError', text, 500)
    }
    default:
      return kind satisfies never
  }
}
