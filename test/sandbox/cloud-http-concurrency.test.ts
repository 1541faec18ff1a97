import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  InvalidParameterValueException,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scenarioNamed } from '../../sandbox/scenarios.ts'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

let test: TestCloud
let lambda: LambdaClient
const api = 'crypto-watch-api-function'
const updater = 'crypto-watch-price-update-function'

beforeEach(async () => {
  test = await testCloud()
  lambda = new LambdaClient(client(test.cloud))
})
afterEach(async () => {
  lambda.destroy()
  await test.cloud.close()
})

const reserved = async (FunctionName = api) =>
  (await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions
const reserve = (ReservedConcurrentExecutions: number, FunctionName = api) =>
  lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }))
const account = async () => (await lambda.send(new GetAccountSettingsCommand({}))).AccountLimit

describe('reserved concurrency', () => {
  it('is nothing until it is put, and nothing again when it is taken away', async () => {
    expect(await reserved()).toBeUndefined()
    expect((await reserve(50)).ReservedConcurrentExecutions).toBe(50)
    expect(await reserved()).toBe(50)
    await reserve(0)
    expect(await reserved()).toBe(0)
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: api }))
    expect(await reserved()).toBeUndefined()
  })

  it('leaves a hundred of the account to functions that reserve nothing', async () => {
    await reserve(300, updater)
    const tooMuch = reserve(601)
    await expect(tooMuch).rejects.toBeInstanceOf(InvalidParameterValueException)
    await expect(tooMuch).rejects.toMatchObject({
      message:
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
      $metadata: { httpStatusCode: 400 },
    })
    expect(await reserved()).toBeUndefined()
    await reserve(600)
    // What the function itself had does not count against it.
    await reserve(599)
    expect(await reserved()).toBe(599)
  })

  it('is of functions that are there', async () => {
    await expect(reserve(5, 'nobody')).rejects.toBeInstanceOf(ResourceNotFoundException)
    await expect(reserved('nobody')).rejects.toBeInstanceOf(ResourceNotFoundException)
  })

  it('is kept over a restart', async () => {
    await reserve(50)
    const second = await testCloud({ saved: test.cloud.snapshot() })
    expect(second.cloud.functions.reservedConcurrency(api)).toBe(50)
    await second.cloud.close()
  })
})

describe('the account', () => {
  it('tells its limit and what of it nobody has reserved', async () => {
    expect(await account()).toMatchObject({ ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: 1_000 })
    await reserve(50)
    await reserve(20, updater)
    expect(await account()).toMatchObject({ ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: 930 })
    const { AccountUsage } = await lambda.send(new GetAccountSettingsCommand({}))
    expect(AccountUsage).toEqual({ FunctionCount: 3, TotalCodeSize: expect.any(Number) })
  })

  it('is no function, for whoever guards the calls', async () => {
    const asked: object[] = []
    test.cloud.guard(({ operation, function: about }) => {
      asked.push({ operation, about })
      return undefined
    })
    await account()
    await reserved()
    expect(asked).toEqual([
      { operation: 'GetAccountSettings', about: undefined },
      { operation: 'GetFunctionConcurrency', about: { name: api, qualifier: undefined } },
    ])
  })
})

it('the scenario concurrency ends when enough is reserved, and only then', async () => {
  await scenarioNamed('concurrency')?.run(test.world)
  const ringing = () => test.cloud.alarms.state('LambdaThrottleAlarm').value
  expect([ringing(), await reserved()]).toEqual(['ALARM', 4])
  await test.minutes(2)
  expect(ringing()).toBe('ALARM')
  await reserve(50)
  await test.minutes(2)
  expect(ringing()).toBe('OK')
})
