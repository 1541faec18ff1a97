import {
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  InvalidParameterValueException,
  InvokeCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
  PreconditionFailedException,
  PutFunctionConcurrencyCommand,
  ResourceConflictException,
  ResourceNotFoundException,
  TooManyRequestsException,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

let test: TestCloud
let lambda: LambdaClient
let FunctionName: string

beforeAll(async () => {
  test = await testCloud()
  lambda = new LambdaClient(client(test.cloud))
  FunctionName = test.cloud.names.functions.api
})
beforeEach(() => {
  test.cloud.functions.heal()
  test.cloud.functions.updateAlias(FunctionName, { version: '41', weights: {} })
})
afterAll(async () => {
  lambda.destroy()
  await test.cloud.close()
})

const priceOf = (id: string, httpMethod = 'GET') =>
  Buffer.from(JSON.stringify({ httpMethod, resource: '/v1/prices/{id}', pathParameters: { id } }))
const text = (payload: Uint8Array | undefined) => Buffer.from(payload ?? []).toString('utf8')

describe('the alias', () => {
  it('is read with its version and revision, by name or ARN', async () => {
    const alias = await lambda.send(new GetAliasCommand({ FunctionName, Name: 'live' }))
    expect(alias).toMatchObject({
      AliasArn: `arn:aws:lambda:ap-northeast-1:123456789012:function:${FunctionName}:live`,
      Name: 'live',
      FunctionVersion: '41',
      RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(alias.RoutingConfig).toBeUndefined()
    const arn = `arn:aws:lambda:ap-northeast-1:123456789012:function:${FunctionName}`
    expect(await lambda.send(new GetAliasCommand({ FunctionName: arn, Name: 'live' }))).toMatchObject({
      RevisionId: alias.RevisionId,
    })
  })

  it('moves with the right revision, and gets a new one each time', async () => {
    const { RevisionId } = await lambda.send(new GetAliasCommand({ FunctionName, Name: 'live' }))
    const weighted = await lambda.send(
      new UpdateAliasCommand({
        FunctionName,
        Name: 'live',
        RevisionId,
        RoutingConfig: { AdditionalVersionWeights: { '40': 0.1 } },
      }),
    )
    expect(weighted).toMatchObject({
      FunctionVersion: '41',
      RoutingConfig: { AdditionalVersionWeights: { '40': 0.1 } },
    })
    expect(weighted.RevisionId).not.toBe(RevisionId)
    const moved = await lambda.send(
      new UpdateAliasCommand({
        FunctionName,
        Name: 'live',
        FunctionVersion: '40',
        RevisionId: weighted.RevisionId,
        RoutingConfig: { AdditionalVersionWeights: {} },
      }),
    )
    expect(moved.FunctionVersion).toBe('40')
    expect(moved.RoutingConfig).toBeUndefined()
  })

  it('keeps its weights when none are sent', async () => {
    test.cloud.functions.updateAlias(FunctionName, { weights: { '39': 0.2 } })
    const kept = await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', Description: 'hello' }))
    expect(kept).toMatchObject({ Description: 'hello', RoutingConfig: { AdditionalVersionWeights: { '39': 0.2 } } })
  })

  it.each([
    ['an old revision', { RevisionId: 'old', FunctionVersion: '40' }, PreconditionFailedException, 412],
    ['a version that does not exist', { FunctionVersion: '999' }, ResourceNotFoundException, 404],
    [
      'the same version twice',
      { RoutingConfig: { AdditionalVersionWeights: { '41': 0.5 } } },
      InvalidParameterValueException,
      400,
    ],
    [
      'a weight above one',
      { RoutingConfig: { AdditionalVersionWeights: { '40': 1.5 } } },
      InvalidParameterValueException,
      400,
    ],
  ])('is refused %s', async (_, change, kind, status) => {
    const failed = lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', ...change }))
    await expect(failed).rejects.toBeInstanceOf(kind)
    await expect(failed).rejects.toMatchObject({ $metadata: { httpStatusCode: status } })
    expect(test.cloud.functions.alias(FunctionName).version).toBe('41')
  })

  it('is not found under another name, nor for another function', async () => {
    const other = lambda.send(new GetAliasCommand({ FunctionName, Name: 'other' }))
    await expect(other).rejects.toBeInstanceOf(ResourceNotFoundException)
    const nobody = lambda.send(new GetAliasCommand({ FunctionName: 'nobody', Name: 'live' }))
    await expect(nobody).rejects.toBeInstanceOf(ResourceNotFoundException)
  })
})

describe('versions', () => {
  it('are listed by pages, $LATEST first', async () => {
    const first = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName, MaxItems: 3 }))
    expect(first.Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '38', '39'])
    const rest = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName, Marker: first.NextMarker }))
    expect(rest.Versions?.map(({ Version }) => Version)).toEqual(['40', '41'])
    expect(rest.NextMarker).toBeUndefined()
    expect(rest.Versions?.[1]).toMatchObject({
      Description: expect.stringMatching(/^[0-9a-f]{7} by Mika Sato: Problem details for every error$/),
      LastModified: '2026-11-20T22:00:00.000+0000',
      CodeSha256: expect.any(String),
      State: 'Active',
    })
  })

  it('tell their configuration, directly or through the alias', async () => {
    const version = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: '40' }))
    expect(version).toMatchObject({ FunctionName, Version: '40', Timeout: 25, MemorySize: 512 })
    const live = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: 'live' }))
    expect(live.Version).toBe('41')
    const gone = lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: '7' }))
    await expect(gone).rejects.toBeInstanceOf(ResourceNotFoundException)
  })

  it('are deleted unless the alias names them', async () => {
    await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '38' }))
    const gone = lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: '38' }))
    await expect(gone).rejects.toBeInstanceOf(ResourceNotFoundException)
    const live = lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '41' }))
    await expect(live).rejects.toBeInstanceOf(ResourceConflictException)
    const whole = lambda.send(new DeleteFunctionCommand({ FunctionName }))
    await expect(whole).rejects.toBeInstanceOf(InvalidParameterValueException)
  })
})

describe('a call', () => {
  it('runs the real handler of the version behind the alias', async () => {
    const called = await lambda.send(
      new InvokeCommand({ FunctionName, Qualifier: 'live', Payload: priceOf('bitcoin') }),
    )
    expect(called).toMatchObject({ StatusCode: 200, ExecutedVersion: '41' })
    expect(called.FunctionError).toBeUndefined()
    const answer = JSON.parse(text(called.Payload))
    expect(answer.statusCode).toBe(200)
    expect(JSON.parse(answer.body)).toMatchObject({ id: 'bitcoin', currency: 'usd', ageSeconds: 0, stale: false })
  })

  it('reports a failure as Lambda does, with status 200', async () => {
    test.cloud.functions.setBehaviour(FunctionName, '41', { errorRate: 1 })
    const failed = await lambda.send(
      new InvokeCommand({ FunctionName, Qualifier: 'live', Payload: priceOf('bitcoin') }),
    )
    expect(failed).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', ExecutedVersion: '41' })
    expect(JSON.parse(text(failed.Payload))).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.any(String),
    })
    const well = await lambda.send(new InvokeCommand({ FunctionName, Qualifier: '40', Payload: priceOf('bitcoin') }))
    expect(well.FunctionError).toBeUndefined()
  })

  it('reports a version whose code does not start, and goes on', async () => {
    const lost = test.cloud.functions.publish(FunctionName, { description: 'lost', code: 'of-another-sandbox' })
    const call = { FunctionName, Qualifier: lost, Payload: priceOf('bitcoin') }
    const failed = await lambda.send(new InvokeCommand(call))
    expect(failed).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', ExecutedVersion: lost })
    expect(JSON.parse(text(failed.Payload)).errorMessage).toBe('There is no release of code of-another-sandbox.')
    expect((await lambda.send(new InvokeCommand({ ...call, Qualifier: '40' }))).FunctionError).toBeUndefined()
    test.cloud.functions.deleteVersion(FunctionName, lost)
  })

  it('reports what the handler threw, and a timeout that nobody waited for', async () => {
    const wrong = await lambda.send(new InvokeCommand({ FunctionName, Qualifier: '40', Payload: Buffer.from('{}') }))
    expect(JSON.parse(text(wrong.Payload))).toMatchObject({ errorType: 'ZodError' })
    test.cloud.functions.setBehaviour(FunctionName, 'every', { extraLatencyMs: 30_000 })
    const late = await lambda.send(new InvokeCommand({ FunctionName, Qualifier: '40', Payload: priceOf('bitcoin') }))
    expect(JSON.parse(text(late.Payload)).errorMessage).toBe('Task timed out after 25.00 seconds')
  })

  it('is throttled past the reserved concurrency', async () => {
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }))
    const throttled = lambda.send(new InvokeCommand({ FunctionName, Qualifier: 'live', Payload: priceOf('bitcoin') }))
    await expect(throttled).rejects.toBeInstanceOf(TooManyRequestsException)
    await expect(throttled).rejects.toMatchObject({ Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' })
  })

  it('is refused what the stand-in does not know', async () => {
    const event = lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }))
    await expect(event).rejects.toBeInstanceOf(InvalidParameterValueException)
    const tail = lambda.send(new InvokeCommand({ FunctionName, LogType: 'Tail' }))
    await expect(tail).rejects.toBeInstanceOf(InvalidParameterValueException)
    const unknown = await fetch(`${test.cloud.endpoint}/2015-03-31/functions/${FunctionName}/policy`)
    expect(unknown.status).toBe(404)
    expect(unknown.headers.get('x-amzn-errortype')).toBe('UnknownOperationException')
  })
})

describe('metrics of calls', () => {
  it('are told for the function, and for alias and version', async () => {
    const { functions, metrics, names } = test.cloud
    const at = new Date('2026-11-23T05:00:10.000Z')
    functions.updateAlias(names.functions.api, { version: '41', weights: { '40': 0.1 } })
    functions.setBehaviour(names.functions.api, '40', { errorRate: 1 })
    for (let call = 0; call < 50; call++)
      await functions.invoke(names.functions.api, 'live', JSON.parse(priceOf('bitcoin').toString()), at)
    const sum = (name: string, dimensions: Record<string, string>) =>
      metrics.statistic(
        { namespace: 'AWS/Lambda', name, dimensions: { FunctionName, ...dimensions } },
        'Sum',
        new Date('2026-11-23T05:00:00.000Z'),
        new Date('2026-11-23T05:01:00.000Z'),
        60,
      )[0]?.value
    expect(sum('Invocations', {})).toBe(50)
    expect(sum('Errors', {})).toBe(5)
    const Resource = `${FunctionName}:live`
    expect(sum('Invocations', { Resource })).toBe(50)
    expect(sum('Invocations', { Resource, ExecutedVersion: '40' })).toBe(5)
    expect(sum('Errors', { Resource, ExecutedVersion: '40' })).toBe(5)
    expect(sum('Errors', { Resource, ExecutedVersion: '41' })).toBe(0)
  })
})
