import { AwsError } from '../aws-error.ts'
import type { Call, FaultKind } from '../faults.ts'

/** The error that a fault shows to the client, in the words of the service that was called. */
export function faultError(kind: Exclude<FaultKind, 'hang' | 'lose-answer'>, call: Call, message?: string): AwsError {
  const { service, operation } = call
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
      return new AwsError('ThrottlingException', message ?? 'Rate exceeded')
    case 'refuse': {
      const text =
        message ??
        `User is not authorized to perform: ${service}:${operation} because no identity-based policy allows the action`
      return new AwsError('AccessDeniedException', text, service === 'lambda' ? 403 : 400)
    }
    case 'error': {
      const text = message ?? 'We encountered an internal error. Please try again.'
      if (service === 'lambda') return new AwsError('ServiceException', text, 500, { Type: 'Service' })
      if (service === 'logs') return new AwsError('ServiceUnavailableException', text, 500)
      return new AwsError(service === 'cloudwatch' ? 'InternalServiceFault' : 'InternalServerError', text, 500)
    }
    default:
      return kind satisfies never
  }
}
