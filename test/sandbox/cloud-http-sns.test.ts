import { PublishCommand, type PublishCommandInput, SNSClient } from '@aws-sdk/client-sns'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

let test: TestCloud
let sns: SNSClient

beforeAll(async () => {
  test = await testCloud()
  sns = new SNSClient(client(test.cloud))
})
afterEach(() => test.cloud.faults.clear())
afterAll(async () => {
  sns.destroy()
  await test.cloud.close()
})

const publish = (change: Partial<PublishCommandInput> = {}) =>
  sns.send(
    new PublishCommand({
      TopicArn: test.cloud.mailbox.topicArn,
      Subject: '障害 <1> & more',
      Message: 'Line one\nLine two: <tag> & "quotes"',
      MessageAttributes: { audience: { DataType: 'String', StringValue: 'managers' } },
      ...change,
    }),
  )

it('a mail goes to those whose filter lets it through, word for word', async () => {
  const { MessageId } = await publish()
  expect(test.cloud.mailbox.list().at(-1)).toMatchObject({
    id: MessageId,
    to: ['management@crypto-watch.example'],
    subject: '障害 <1> & more',
    body: 'Line one\nLine two: <tag> & "quotes"',
  })
  const before = test.cloud.mailbox.list().length
  await publish({ MessageAttributes: { audience: { DataType: 'String', StringValue: 'nobody' } } })
  await publish({ MessageAttributes: undefined })
  expect(test.cloud.mailbox.list()).toHaveLength(before)
})

it.each([
  ['a subject of 100 characters', { Subject: 'x'.repeat(100) }, 'InvalidParameterException'],
  ['a subject of two lines', { Subject: 'a\nb' }, 'InvalidParameterException'],
  ['an empty message', { Message: '' }, 'InvalidParameterException'],
  ['another topic', { TopicArn: 'arn:aws:sns:ap-northeast-1:123456789012:other' }, 'NotFoundException'],
  ['a parameter it does not know', { MessageStructure: 'json' }, 'InvalidParameterException'],
])('%s is refused as SNS does', async (_what, change, name) => {
  await expect(publish(change)).rejects.toMatchObject({ name })
})

it('faults are what the client knows: denied, and broken', async () => {
  test.cloud.faults.add({ match: ({ service }) => service === 'sns', kind: 'refuse', times: 1 })
  await expect(publish()).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } })
  test.cloud.faults.add({ match: ({ service }) => service === 'sns', kind: 'error', times: 10 })
  await expect(publish()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } })
})

it('mails are kept with the rest of the cloud', async () => {
  await publish({ Subject: 'Kept' })
  const saved = JSON.parse(JSON.stringify(test.cloud.snapshot()))
  test.cloud.restore({ ...saved, mails: [] })
  expect(test.cloud.mailbox.list()).toEqual([])
  test.cloud.restore(saved)
  expect(test.cloud.mailbox.list().at(-1)?.subject).toBe('Kept')
})
