import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetUsagePlansCommand,
  UpdateApiKeyCommand,
} from '@aws-sdk/client-api-gateway'
import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPolicyGuard, type Templates } from '../support/policy-guard.ts'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

// The rights of the control planes are checked against a role of this test's own, because the guard has to know what IAM
// calls them before a template can ask for them.

const caller = 'keeper'
const role = (allowed: Record<string, string[]>): Templates => ({
  resources: (_, type) =>
    type === 'AWS::IAM::Role'
      ? [
          {
            id: 'KeeperRole',
            type,
            properties: {
              Policies: [
                {
                  PolicyDocument: {
                    Statement: Object.entries(allowed).map(([Action, Resource]) => ({ Action, Resource })),
                  },
                },
              ],
            },
          },
        ]
      : [
          {
            id: 'Keeper',
            type: 'AWS::Lambda::Function',
            properties: { FunctionName: caller, Role: 'arn:aws:iam::123456789012:role/KeeperRole' },
          },
        ],
})

let test: TestCloud
let gateway: APIGatewayClient
let lambda: LambdaClient
beforeEach(async () => {
  test = await testCloud()
  const settings = { ...client(test.cloud), credentials: { accessKeyId: caller, secretAccessKey: caller } }
  gateway = new APIGatewayClient(settings)
  lambda = new LambdaClient(settings)
})
afterEach(async () => {
  gateway.destroy()
  lambda.destroy()
  await test.cloud.close()
})

function allow(allowed: Record<string, string[]>) {
  const { guard, refused } = createPolicyGuard({
    made: role(allowed),
    stage: 'prod',
    groupOf: () => '',
    isFree: (name) => name !== caller,
  })
  test.cloud.guard(guard)
  return refused
}

const apikeys = 'arn:aws:apigateway:ap-northeast-1::/apikeys'
const plans = 'arn:aws:apigateway:ap-northeast-1::/usageplans'
const api = 'crypto-watch-api-function'
const apiKey = 'key0000004'
const toKey = new CreateUsagePlanKeyCommand({ usagePlanId: 'plan02', keyId: apiKey, keyType: 'API_KEY' })

describe('the rights of keys', () => {
  it('are the verbs of requests, on keys and plans', async () => {
    const refused = allow({
      'apigateway:GET': [apikeys, `${apikeys}/*`, plans],
      'apigateway:POST': [apikeys, `${plans}/*/keys`],
      'apigateway:PATCH': [`${apikeys}/*`],
      'apigateway:DELETE': [`${apikeys}/*`],
    })
    await gateway.send(new GetApiKeysCommand({}))
    await gateway.send(new GetApiKeyCommand({ apiKey }))
    await gateway.send(new UpdateApiKeyCommand({ apiKey, patchOperations: [] }))
    const { id } = await gateway.send(new CreateApiKeyCommand({ name: 'new' }))
    await gateway.send(new GetUsagePlansCommand({}))
    await gateway.send(new CreateUsagePlanKeyCommand({ usagePlanId: 'plan02', keyId: id, keyType: 'API_KEY' }))
    await gateway.send(new DeleteApiKeyCommand({ apiKey: id }))
    expect(refused()).toEqual([])
  })

  it('on one key are not those on another, nor on the list, nor on plans', async () => {
    const refused = allow({ 'apigateway:GET': [`${apikeys}/${apiKey}`], 'apigateway:POST': [apikeys] })
    await gateway.send(new GetApiKeyCommand({ apiKey }))
    const denied = [
      gateway.send(new GetApiKeyCommand({ apiKey: 'key0000001' })),
      gateway.send(new GetApiKeysCommand({})),
      gateway.send(new UpdateApiKeyCommand({ apiKey, patchOperations: [] })),
      gateway.send(new DeleteApiKeyCommand({ apiKey })),
      gateway.send(new GetUsagePlansCommand({})),
      gateway.send(toKey),
    ]
    const outcomes = await Promise.allSettled(denied)
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ reason: { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } } })
    expect([...refused()].sort()).toEqual([
      `keeper may not apigateway:DELETE on ${apikeys}/${apiKey}`,
      `keeper may not apigateway:GET on ${apikeys}`,
      `keeper may not apigateway:GET on ${apikeys}/key0000001`,
      `keeper may not apigateway:GET on ${plans}`,
      `keeper may not apigateway:PATCH on ${apikeys}/${apiKey}`,
      `keeper may not apigateway:POST on ${plans}/plan02/keys`,
    ])
  })
})

it('the rights of concurrency are on a function, and those of the account on everything', async () => {
  const whole = `arn:aws:lambda:ap-northeast-1:123456789012:function:${api}`
  const refused = allow({
    'lambda:GetFunctionConcurrency': [whole],
    'lambda:PutFunctionConcurrency': [whole],
    'lambda:GetAccountSettings': ['*'],
  })
  await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: api }))
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: api, ReservedConcurrentExecutions: 50 }))
  await lambda.send(new GetAccountSettingsCommand({}))
  expect(refused()).toEqual([])
  const other = lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: 'crypto-watch-price-update-function' }))
  await expect(other).rejects.toMatchObject({ name: 'AccessDeniedException' })
})
