import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Clock, Wall } from '../../../common/clock.ts'
import { describeError, type Log } from '../../../common/logger.ts'
import { AwsError } from '../aws-error.ts'
import type { CallLog } from '../call-log.ts'
import type { Faults } from '../faults.ts'
import type { CloudGuard } from '../guard.ts'
import type { Metrics } from '../metrics.ts'
import { type Answer, errorAnswer, send } from './answer.ts'
import type { DynamoDb } from './dynamodb.ts'
import { deniedError, faultError } from './fault-answer.ts'
import type { LambdaRequest } from './lambda.ts'
import type { Operations } from './operation.ts'
import { type AwsRequest, readAwsRequest, readBody } from './request.ts'
import { snsAnswer } from './sns.ts'
import { recordTableFault } from './table-metrics.ts'

export interface Services {
  sqs: Operations
  sns: Operations
  cloudwatch: Operations
  logs: Operations
  codedeploy: Operations
  secretsmanager: Operations
  apigateway: Operations
  lambda: (request: LambdaRequest) => Promise<Answer>
  dynamodb: DynamoDb
}

interface Options {
  services: Services
  guard: CloudGuard
  faults: Faults
  calls: CallLog
  metrics: Metrics
  clock: Clock
  wall: Wall
  log: Log
  /** Requests that are not for AWS, such as the simulated upstream. False when it does not know the path. */
  other: (request: IncomingMessage, response: ServerResponse, url: URL) => boolean
}

/** The one HTTP endpoint of all services, with faults and the log of calls at its edge. */
export function createEndpoint({ services, guard, faults, calls, metrics, clock, wall, log, other }: Options) {
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      log.error('the simulated cloud failed', { error: describeError(error), url: request.url })
      if (!response.headersSent) send(response, { status: 500 }, 'application/json', randomUUID())
      else response.destroy()
    })
  })

  async function work({ call, body, headers, text, lambda, success = 200 }: AwsRequest): Promise<Answer> {
    const { service, operation } = call
    if (service === 'dynamodb') return services.dynamodb.request(headers, text)
    if (service === 'lambda') {
      if (lambda === undefined) throw new Error('A Lambda request was not read as one.')
      return services.lambda(lambda)
    }
    const run = services[service][operation]
    if (run === undefined)
      throw new AwsError('UnknownOperationException', `The simulated ${service} has no operation ${operation}.`)
    const result = await run(body ?? {})
    return service === 'sns'
      ? { status: success, text: snsAnswer(operation, result) }
      : { status: success, body: result }
  }

  async function answerOf(request: AwsRequest): Promise<Answer> {
    try {
      return await work(request)
    } catch (error) {
      if (error instanceof AwsError) return errorAnswer(request.call.service, error)
      throw error
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://cloud.invalid')
    if (other(request, response, url)) return
    const requestId = randomUUID()
    const text = await readBody(request)
    let aws: AwsRequest | undefined
    try {
      aws = readAwsRequest(request, url, text)
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      return send(response, errorAnswer('lambda', error), 'application/json', requestId)
    }
    if (aws === undefined) {
      const unknown = new AwsError(
        'UnknownOperationException',
        `The simulated cloud has no ${request.method} ${url.pathname}.`,
        404,
      )
      return send(response, errorAnswer('lambda', unknown), 'application/json', requestId)
    }

    const { call, lambda } = aws
    const done = (outcome: string) => calls.add({ ...call, at: wall.now(), outcome })
    const denied = guard.check({
      ...call,
      ...(lambda?.name && { function: { name: lambda.name, qualifier: lambda.qualifier } }),
    })
    if (denied !== undefined) {
      const error = deniedError(call, denied.message)
      done(error.code)
      return send(response, errorAnswer(call.service, error), aws.contentType, requestId)
    }
    const fault = faults.take(call)
    if (fault !== undefined) recordTableFault(metrics, call, fault.kind, clock.now())
    if (fault?.kind === 'hang') return done('hang')
    if (fault !== undefined && fault.kind !== 'lose-answer') {
      const error = faultError(fault.kind, call, fault.message)
      done(error.code)
      return send(response, errorAnswer(call.service, error), aws.contentType, requestId)
    }
    const answer = await answerOf(aws)
    done(fault === undefined ? String(answer.status) : 'answer lost')
    if (fault !== undefined) response.destroy()
    else send(response, answer, aws.contentType, requestId)
  }

  return {
    listen: (port: number): Promise<string> =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject)
          const address = server.address()
          if (address === null || typeof address === 'string') reject(new Error('The endpoint has no port.'))
          else resolve(`http://127.0.0.1:${address.port}`)
        })
      }),
    close: (): Promise<void> =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}
