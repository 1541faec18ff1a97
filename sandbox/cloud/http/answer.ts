import type { ServerResponse } from 'node:http'
import type { AwsError } from '../aws-error.ts'
import type { Call } from '../faults.ts'
import { snsError } from './sns.ts'

/** What goes back over the wire. */
export interface Answer {
  status: number
  /** Sent as JSON; absent for an answer without a body. */
  body?: unknown
  /** A body that is text already. */
  text?: string
  headers?: Readonly<Record<string, string>>
}

/** SQS's older names of its errors, which its clients look at first. */
const queryCodes: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
}

const shapes: Readonly<Record<Call['service'], string>> = {
  sqs: 'com.amazonaws.sqs',
  sns: 'com.amazonaws.sns',
  cloudwatch: 'com.amazonaws.cloudwatch',
  logs: 'com.amazonaws.cloudwatchlogs',
  codedeploy: 'com.amazonaws.codedeploy',
  secretsmanager: 'com.amazonaws.secretsmanager',
  dynamodb: 'com.amazonaws.dynamodb.v20120810',
  lambda: 'com.amazonaws.lambda',
  apigateway: 'com.amazonaws.apigateway',
}

/** Writes an error in the form of the service's protocol, so that the SDK raises the right class. */
export function errorAnswer(service: Call['service'], error: AwsError): Answer {
  const { code, message, status, details } = error
  switch (service) {
    case 'lambda':
      return { status, headers: { 'x-amzn-errortype': code }, body: { ...details, Message: message, message } }
    case 'apigateway': {
      const { retryAfterSeconds } = details
      return {
        status,
        headers: {
          'x-amzn-errortype': code,
          ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
        },
        body: { message },
      }
    }
    case 'sns':
      return { status, text: snsError(error) }
    case 'sqs':
    case 'cloudwatch': {
      const fault = status >= 500 ? 'Receiver' : 'Sender'
      return {
        status,
        headers: { 'x-amzn-query-error': `${queryCodes[code] ?? code};${fault}` },
        body: { ...details, __type: `${shapes[service]}#${code}`, message },
      }
    }
    case 'codedeploy':
    case 'logs':
    case 'secretsmanager':
    case 'dynamodb':
      return { status, body: { ...details, __type: `${shapes[service]}#${code}`, message } }
    default:
      return service satisfies never
  }
}

/** Sends an answer with a request id, as every AWS answer has one. */
export function send(response: ServerResponse, answer: Answer, contentType: string, requestId: string): void {
  const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body))
  response.writeHead(answer.status, {
    'x-amzn-requestid': requestId,
    ...(text !== '' && { 'content-type': contentType }),
    'content-length': Buffer.byteLength(text),
    ...answer.headers,
  })
  response.end(text)
}
