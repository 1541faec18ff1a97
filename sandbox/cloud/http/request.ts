import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { AwsError } from '../aws-error.ts'
import type { Call } from '../faults.ts'
import { isApiGatewayPath, readApiGatewayRequest } from './api-gateway-request.ts'
import type { Headers } from './dynamodb.ts'
import { isLambdaPath, type LambdaRequest, readLambdaRequest } from './lambda.ts'
import { readSnsForm } from './sns.ts'

/** A request to one of the services, read and parsed. */
export interface AwsRequest {
  call: Call
  contentType: string
  headers: Headers
  text: string
  body: unknown
  lambda?: LambdaRequest
  /** The status of an answer that is well, if it is not 200. */
  success?: number
}

const services: Readonly<Record<string, Exclude<Call['service'], 'lambda' | 'apigateway' | 'sns'>>> = {
  AmazonSQS: 'sqs',
  GraniteServiceVersion20100801: 'cloudwatch',
  Logs_20140328: 'logs',
  CodeDeploy_20141006: 'codedeploy',
  secretsmanager: 'secretsmanager',
  DynamoDB_20120810: 'dynamodb',
}

const Fields = z.record(z.string(), z.unknown())

export async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString('utf8')
}

function parseJson(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AwsError('SerializationException', error instanceof Error ? error.message : String(error))
  }
}

const first = (headers: IncomingMessage['headers']): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]))

/** Who signed the request, by the access key id in its Authorization header. */
function callerOf({ authorization = '' }: Headers): { caller?: string } {
  const caller = /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\//.exec(authorization)?.[1]
  return caller === undefined ? {} : { caller }
}

/** Finds out which service and operation a request is for, or answers undefined when it is for none. */
export function readAwsRequest(request: IncomingMessage, url: URL, text: string): AwsRequest | undefined {
  const headers = first(request.headers)
  const target = headers['x-amz-target']
  if (target !== undefined) {
    const [prefix = '', operation = ''] = target.split('.')
    const service = services[prefix]
    if (service === undefined) return undefined
    const body = parseJson(text)
    const input = Fields.safeParse(body)
    return {
      call: { service, operation, ...callerOf(headers), input: input.success ? input.data : {} },
      contentType: headers['content-type'] ?? 'application/x-amz-json-1.0',
      headers,
      text,
      body,
    }
  }
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? readSnsForm(text) : undefined
  if (form) {
    const { operation, input } = form
    const call: Call = { service: 'sns', operation, ...callerOf(headers), input }
    return { call, contentType: 'text/xml', headers, text, body: input }
  }
  if (isApiGatewayPath(url.pathname)) {
    const { operation, input, success } = readApiGatewayRequest(request.method ?? 'GET', url, parseJson(text))
    // A key that is brought along is a secret, which no log of calls may hold.
    const { value: _secret, ...told } = input
    const call: Call = { service: 'apigateway', operation, ...callerOf(headers), input: told }
    return { call, contentType: 'application/json', headers, text, body: input, success }
  }
  if (!isLambdaPath(url.pathname)) return undefined
  const body = parseJson(text)
  const lambda = readLambdaRequest(request.method ?? 'GET', url, headers, body)
  const { name: FunctionName, qualifier: Qualifier } = lambda
  const fields = Fields.safeParse(lambda.operation === 'Invoke' ? { Payload: body } : body)
  return {
    call: {
      service: 'lambda',
      operation: lambda.operation,
      ...callerOf(headers),
      input: { FunctionName, Qualifier, ...fields.data },
    },
    contentType: 'application/json',
    headers,
    text,
    body,
    lambda,
  }
}
