import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import { CodeDeployClient, GetDeploymentCommand } from '@aws-sdk/client-codedeploy'
import { InvokeCommand, LambdaClient, ListAliasesCommand } from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AwsError } from '../../sandbox/cloud/aws-error.ts'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

let test: TestCloud
let lambda: LambdaClient
let codeDeploy: CodeDeployClient
let cloudWatch: CloudWatchClient
const FunctionName = 'crypto-watch-api-function'

beforeEach(async () => {
  test = await testCloud()
  lambda = new LambdaClient(client(test.cloud))
  codeDeploy = new CodeDeployClient(client(test.cloud))
  cloudWatch = new CloudWatchClient(client(test.cloud))
})
afterEach(async () => {
  for (const each of [lambda, codeDeploy, cloudWatch]) each.destroy()
  await test.cloud.close()
})

describe('who calls', () => {
  it('is in the log of calls by the access key, and absent when nobody signed', async () => {
    await lambda.send(new ListAliasesCommand({ FunctionName }))
    await fetch(`${test.cloud.endpoint}/2015-03-31/functions/${FunctionName}/aliases`)
    expect(test.cloud.calls.of('lambda', 'ListAliases').map(({ caller }) => caller)).toEqual(['test', undefined])
    const ofPrices = test.cloud.calls.of('dynamodb', 'BatchGetItem').map(({ caller }) => caller)
    expect([...new Set(ofPrices)]).toEqual(['crypto-watch-price-update-function'])
  })

  it('may be refused by a guard that knows the action and the resource, in the words of each service', async () => {
    const asked: object[] = []
    test.cloud.guard(({ service, operation, caller, function: about }) => {
      asked.push({ service, operation, caller, ...about })
      return operation === 'ListAliases' ? undefined : new AwsError('AccessDenied', `${caller} may not ${operation}`)
    })
    const Payload = JSON.stringify({ check: 'before-traffic' })
    await lambda.send(new ListAliasesCommand({ FunctionName }))
    await expect(lambda.send(new InvokeCommand({ FunctionName, Qualifier: '41', Payload }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'test may not Invoke',
      $metadata: { httpStatusCode: 403 },
    })
    await expect(cloudWatch.send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    })
    await expect(codeDeploy.send(new GetDeploymentCommand({ deploymentId: 'd-ANY' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    })
    expect(asked).toEqual([
      { service: 'lambda', operation: 'ListAliases', caller: 'test', name: FunctionName, qualifier: undefined },
      { service: 'lambda', operation: 'Invoke', caller: 'test', name: FunctionName, qualifier: '41' },
      { service: 'cloudwatch', operation: 'DescribeAlarms', caller: 'test' },
      { service: 'codedeploy', operation: 'GetDeployment', caller: 'test' },
    ])
    test.cloud.guard(undefined)
    await cloudWatch.send(new DescribeAlarmsCommand({}))
  })
})
