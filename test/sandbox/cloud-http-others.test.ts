import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import { CodeDeployClient, ListDeploymentsCommand } from '@aws-sdk/client-codedeploy'
import {
  DynamoDBClient,
  GetItemCommand,
  InternalServerError,
  ProvisionedThroughputExceededException,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import { GetFunctionConcurrencyCommand, LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda'
import { GetSecretValueCommand, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

let test: TestCloud
let sqs: SQSClient
let secrets: SecretsManagerClient
let dynamodb: DynamoDBClient

beforeAll(async () => {
  test = await testCloud()
  sqs = new SQSClient(client(test.cloud))
  secrets = new SecretsManagerClient(client(test.cloud))
  dynamodb = new DynamoDBClient(client(test.cloud))
})
afterEach(() => test.cloud.faults.clear())
afterAll(async () => {
  for (const each of [sqs, secrets, dynamodb]) each.destroy()
  await test.cloud.close()
})

describe('SQS', () => {
  it('sends to a queue by its URL, FIFO or not', async () => {
    const { queues } = test.cloud.names
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queues.worker }))
    expect(QueueUrl).toBe(`${test.cloud.endpoint}/123456789012/crypto-watch-worker.fifo`)
    const message = { MessageBody: 'work', MessageGroupId: 'api', MessageDeduplicationId: 'effect-1' }
    const sent = await sqs.send(new SendMessageCommand({ QueueUrl, ...message }))
    expect(sent).toMatchObject({ MessageId: expect.any(String), SequenceNumber: expect.stringMatching(/^\d{20}$/) })
    const again = await sqs.send(new SendMessageCommand({ QueueUrl, ...message }))
    expect(again.MessageId).toBe(sent.MessageId)
    expect(test.cloud.queues.peek(queues.worker)).toEqual(['work'])
  })

  it('takes a batch, in which a wrong entry fails alone', async () => {
    const QueueUrl = `${test.cloud.endpoint}/123456789012/${test.cloud.names.queues.evidence}`
    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'good', MessageBody: 'read', MessageGroupId: 'api', MessageDeduplicationId: '1' },
          { Id: 'bad', MessageBody: 'read', MessageGroupId: 'api' },
        ],
      }),
    )
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['good'])
    expect(sent.Failed).toMatchObject([{ Id: 'bad', Code: 'InvalidParameterValue', SenderFault: true }])
  })

  it('tells how many messages wait', async () => {
    const QueueUrl = `${test.cloud.endpoint}/123456789012/${test.cloud.names.deadLetters.alarms}`
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 60 }))
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesDelayed: '1',
      QueueArn: 'arn:aws:sqs:ap-northeast-1:123456789012:crypto-watch-alarms-dead-letters',
    })
  })

  it('refuses unknown queues and receipts with the classes of the SDK', async () => {
    const nowhere = sqs.send(new SendMessageCommand({ QueueUrl: `${test.cloud.endpoint}/1/no`, MessageBody: 'x' }))
    await expect(nowhere).rejects.toBeInstanceOf(QueueDoesNotExist)
    const receipt = sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: `${test.cloud.endpoint}/1/${test.cloud.names.queues.alarms}`,
        ReceiptHandle: 'nothing',
        VisibilityTimeout: 1,
      }),
    )
    await expect(receipt).rejects.toBeInstanceOf(ReceiptHandleIsInvalid)
  })
})

describe('Secrets Manager', () => {
  it('gives a secret that was set, by name or ARN, and knows no other', async () => {
    test.cloud.secrets.set('crypto-watch/slack', '{"token":"x"}')
    const found = await secrets.send(new GetSecretValueCommand({ SecretId: 'crypto-watch/slack' }))
    expect(found).toMatchObject({
      Name: 'crypto-watch/slack',
      SecretString: '{"token":"x"}',
      VersionStages: ['AWSCURRENT'],
    })
    expect(await secrets.send(new GetSecretValueCommand({ SecretId: found.ARN }))).toMatchObject({
      SecretString: '{"token":"x"}',
    })
    const unknown = secrets.send(new GetSecretValueCommand({ SecretId: 'other' }))
    await expect(unknown).rejects.toBeInstanceOf(ResourceNotFoundException)
  })
})

describe('faults at the edge', () => {
  const TableName = 'crypto-watch-data'
  const Key = { pk: { S: 'PRICES#usd' }, sk: { S: 'SNAPSHOT' } }
  const counted = (name: string, dimensions: Record<string, string>) => {
    const now = test.world.clock.now()
    const metric = { namespace: 'AWS/DynamoDB', name, dimensions }
    return test.cloud.metrics.statistic(metric, 'Sum', now, new Date(now.getTime() + 60_000), 60)[0]?.value
  }

  it('throttle each service in its own words, and count throttled reads and writes of a table', async () => {
    test.cloud.faults.add({ match: () => true, kind: 'throttle' })
    const read = dynamodb.send(new GetItemCommand({ TableName, Key }))
    await expect(read).rejects.toBeInstanceOf(ProvisionedThroughputExceededException)
    const write = dynamodb.send(new PutItemCommand({ TableName, Item: Key }))
    await expect(write).rejects.toBeInstanceOf(ProvisionedThroughputExceededException)
    expect(counted('ReadThrottleEvents', { TableName })).toBe(1)
    expect(counted('WriteThrottleEvents', { TableName })).toBe(1)

    const lambda = new LambdaClient(client(test.cloud))
    const call = lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: 'crypto-watch-api-function' }))
    await expect(call).rejects.toBeInstanceOf(TooManyRequestsException)
    const codeDeploy = new CodeDeployClient(client(test.cloud))
    await expect(codeDeploy.send(new ListDeploymentsCommand({}))).rejects.toMatchObject({ name: 'ThrottlingException' })
    const cloudWatch = new CloudWatchClient(client(test.cloud))
    await expect(cloudWatch.send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({ name: 'ThrottlingException' })
    for (const each of [lambda, codeDeploy, cloudWatch]) each.destroy()
  })

  it('refuse, fail, and hit only so many calls', async () => {
    test.cloud.faults.add({
      match: ({ service }) => service === 'secretsmanager',
      kind: 'refuse',
      times: 1,
      message: 'no',
    })
    const read = () => secrets.send(new GetSecretValueCommand({ SecretId: 'crypto-watch/slack' }))
    await expect(read()).rejects.toMatchObject({ name: 'AccessDeniedException', message: 'no' })
    expect((await read()).SecretString).toBe('{"token":"x"}')
    test.cloud.faults.add({ match: ({ operation }) => operation === 'GetItem', kind: 'error', times: 1 })
    await expect(dynamodb.send(new GetItemCommand({ TableName, Key }))).rejects.toBeInstanceOf(InternalServerError)
    expect(counted('SystemErrors', { TableName, Operation: 'GetItem' })).toBe(1)
  })

  it('lose an answer after the work was done', async () => {
    test.cloud.faults.add({ match: ({ operation }) => operation === 'PutItem', kind: 'lose-answer', times: 1 })
    const Item = { pk: { S: 'lost' }, sk: { S: 'lost' }, note: { S: 'written all the same' } }
    await expect(dynamodb.send(new PutItemCommand({ TableName, Item }))).rejects.toThrow()
    const { Item: found } = await dynamodb.send(
      new GetItemCommand({ TableName, Key: { pk: { S: 'lost' }, sk: { S: 'lost' } } }),
    )
    expect(found).toEqual(Item)
  })

  it('hang until the client gives up', async () => {
    test.cloud.faults.add({ match: ({ operation }) => operation === 'GetItem', kind: 'hang', times: 1 })
    const given = AbortSignal.timeout(50)
    await expect(dynamodb.send(new GetItemCommand({ TableName, Key }), { abortSignal: given })).rejects.toMatchObject({
      name: 'AbortError',
    })
  })

  it('leave a log of calls', async () => {
    test.cloud.calls.clear()
    await dynamodb.send(new GetItemCommand({ TableName, Key }))
    expect(test.cloud.calls.list()).toMatchObject([
      { service: 'dynamodb', operation: 'GetItem', input: { TableName }, outcome: '200' },
    ])
  })

  it('answer what the stand-in does not know with an error in the shape of AWS', async () => {
    const call = (target: string) =>
      fetch(test.cloud.endpoint, { method: 'POST', headers: { 'x-amz-target': target }, body: '{}' })
    const operation = await call('AmazonSQS.PurgeQueue')
    expect(operation.status).toBe(400)
    expect(await operation.json()).toMatchObject({ __type: 'com.amazonaws.sqs#UnknownOperationException' })
    expect((await call('Kinesis_20131202.PutRecord')).status).toBe(404)
    expect((await fetch(`${test.cloud.endpoint}/nowhere`)).status).toBe(404)
  })
})
