import type { SQSEvent, SQSRecord } from 'aws-lambda'
import { beforeEach, describe, expect, it } from 'vitest'
import { createQueues, type Queues } from '../../sandbox/cloud/queues.ts'
import { keptLog, virtualWall } from './cloud-support.ts'

let wall: ReturnType<typeof virtualWall>
let lines: string[]
let queues: Queues
let got: SQSRecord[]

beforeEach(() => {
  wall = virtualWall()
  const kept = keptLog()
  lines = kept.lines
  queues = createQueues({ wall, log: kept.log })
  queues.define({ name: 'dead', visibilitySeconds: 30, maxReceiveCount: 100 })
  queues.define({ name: 'dead.fifo', visibilitySeconds: 30, maxReceiveCount: 100 })
  queues.define({ name: 'jobs', visibilitySeconds: 30, maxReceiveCount: 3, deadLetters: 'dead' })
  queues.define({ name: 'jobs.fifo', visibilitySeconds: 30, maxReceiveCount: 3, deadLetters: 'dead.fifo' })
  got = []
})

const bodies = () => got.map((record) => record.body)

/** Consumes a queue; messages whose body the test names fail. */
function consume(
  name: string,
  fails: (record: SQSRecord) => boolean = () => false,
  batchSize = 10,
  maximumConcurrency = 2,
) {
  queues.consume(
    name,
    async (event) => {
      got.push(...event.Records)
      const failed = event.Records.filter(fails)
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
    },
    { batchSize, maximumConcurrency },
  )
}

const fifo = (body: string, groupId: string, deduplicationId = body) =>
  queues.send('jobs.fifo', { body, groupId, deduplicationId })

describe('a queue', () => {
  it('delivers a record as Lambda gets it from SQS', async () => {
    consume('jobs')
    queues.send('jobs', { body: 'hello', attributes: { kind: { DataType: 'String', StringValue: 'greeting' } } })
    await queues.settle()
    expect(got).toEqual([
      {
        messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        receiptHandle: expect.any(String),
        body: 'hello',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: '1795402800000',
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: '1795402800000',
        },
        messageAttributes: {
          kind: { stringValue: 'greeting', dataType: 'String', stringListValues: [], binaryListValues: [] },
        },
        md5OfBody: '5d41402abc4b2a76b9719d911017c592',
        md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:ap-northeast-1:123456789012:jobs',
        awsRegion: 'ap-northeast-1',
      },
    ])
    expect(queues.counts('jobs')).toEqual({ visible: 0, inFlight: 0, delayed: 0 })
  })

  it('holds a delayed message back until the wall says so, whatever the real time', async () => {
    consume('jobs')
    queues.send('jobs', { body: 'later', delaySeconds: 900 })
    await queues.settle()
    expect(bodies()).toEqual([])
    expect(queues.counts('jobs')).toEqual({ visible: 0, inFlight: 0, delayed: 1 })
    expect(queues.nextVisibleAt()).toEqual(new Date('2026-11-23T03:15:00.000Z'))
    wall.forward(900)
    expect(queues.idle()).toBe(false)
    await queues.settle()
    expect(bodies()).toEqual(['later'])
    expect(queues.nextVisibleAt()).toBeUndefined()
  })

  it('delivers only the failed messages of a batch again, after their visibility timeout', async () => {
    consume('jobs', ({ body, attributes }) => body === 'bad' && attributes.ApproximateReceiveCount === '1')
    for (const body of ['good', 'bad']) queues.send('jobs', { body })
    await queues.settle()
    expect(queues.counts('jobs')).toEqual({ visible: 0, inFlight: 1, delayed: 0 })
    wall.forward(29)
    await queues.settle()
    expect(bodies()).toEqual(['good', 'bad'])
    wall.forward(1)
    await queues.settle()
    expect(got.map(({ body, attributes }) => [body, attributes.ApproximateReceiveCount])).toEqual([
      ['good', '1'],
      ['bad', '1'],
      ['bad', '2'],
    ])
  })

  it('lets a function choose when a failed message comes back', async () => {
    consume('jobs', (record) => {
      if (record.attributes.ApproximateReceiveCount !== '1') return false
      queues.changeVisibility('jobs', record.receiptHandle, 7)
      return true
    })
    queues.send('jobs', { body: 'slow down' })
    await queues.settle()
    expect(queues.nextVisibleAt()).toEqual(new Date('2026-11-23T03:00:07.000Z'))
    wall.forward(7)
    await queues.settle()
    expect(got).toHaveLength(2)
  })

  it('takes a thrown error, and an answer about unknown messages, as the failure of the whole batch', async () => {
    let answer = () => Promise.resolve({ batchItemFailures: [{ itemIdentifier: 'unknown' }] })
    queues.consume('jobs', () => answer(), { batchSize: 10, maximumConcurrency: 1 })
    for (const body of ['one', 'two']) queues.send('jobs', { body })
    await queues.settle()
    expect(queues.counts('jobs').inFlight).toBe(2)
    answer = () => Promise.reject(new Error('no'))
    wall.forward(30)
    await queues.settle()
    expect(queues.counts('jobs').inFlight).toBe(2)
    expect(lines).toEqual([
      'error a consumer reported messages that were not in its batch',
      'error a consumer failed, its batch will be delivered again',
    ])
  })

  it('moves a message to the dead letters, body kept, when it was received as often as allowed', async () => {
    consume('jobs', () => true)
    queues.send('jobs', { body: 'poison' })
    for (let round = 0; round < 4; round++) {
      await queues.settle()
      wall.forward(30)
    }
    await queues.settle()
    expect(got.map(({ attributes }) => attributes.ApproximateReceiveCount)).toEqual(['1', '2', '3'])
    expect(queues.peek('jobs')).toEqual([])
    expect(queues.peek('dead')).toEqual(['poison'])
  })

  it('runs no more functions at once than allowed, and fills batches from what waits', async () => {
    const events: SQSEvent[] = []
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    queues.consume(
      'jobs',
      async (event) => {
        events.push(event)
        await gate
      },
      { batchSize: 2, maximumConcurrency: 2 },
    )
    for (const body of ['1', '2', '3', '4', '5']) queues.send('jobs', { body })
    queues.pump()
    expect(events.map(({ Records }) => Records.map(({ body }) => body))).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
    release()
    await queues.settle()
    expect(events).toHaveLength(3)
  })

  it('delivers again what its function did not finish within the visibility timeout', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    let calls = 0
    queues.consume(
      'jobs',
      async () => {
        calls += 1
        if (calls === 1) await gate
      },
      { batchSize: 1, maximumConcurrency: 2 },
    )
    queues.send('jobs', { body: 'long' })
    queues.pump()
    wall.forward(31)
    queues.pump()
    expect(calls).toBe(2)
    release()
    await queues.settle()
    expect(lines).toContain('warn a message was handled after its visibility had ended, so it may be handled twice')
  })

  it('keeps its messages over a snapshot', async () => {
    queues.send('jobs', { body: 'kept', delaySeconds: 10 })
    fifo('first', 'a')
    const saved = JSON.parse(JSON.stringify(queues.snapshot()))
    const later = createQueues({ wall, log: keptLog().log })
    later.define({ name: 'jobs', visibilitySeconds: 30, maxReceiveCount: 3 })
    later.define({ name: 'jobs.fifo', visibilitySeconds: 30, maxReceiveCount: 3 })
    later.restore(saved)
    expect(later.peek('jobs')).toEqual(['kept'])
    later.send('jobs.fifo', { body: 'first again', groupId: 'a', deduplicationId: 'first' })
    expect(later.peek('jobs.fifo')).toEqual(['first'])
  })

  it('is pumped by its timer while it runs', async () => {
    queues.start()
    consume('jobs')
    queues.send('jobs', { body: 'delayed', delaySeconds: 1 })
    wall.forward(1)
    await expect.poll(bodies).toEqual(['delayed'])
    await queues.close()
  })
})

describe('a FIFO queue', () => {
  it('keeps the order of a group, one message at a time, while other groups go on', async () => {
    consume('jobs.fifo', ({ body, attributes }) => body === 'a1' && attributes.ApproximateReceiveCount === '1')
    for (const body of ['a1', 'a2', 'b1', 'b2']) fifo(body, body.slice(0, 1))
    await queues.settle()
    expect(bodies()).toEqual(['a1', 'b1', 'b2'])
    wall.forward(30)
    await queues.settle()
    expect(bodies()).toEqual(['a1', 'b1', 'b2', 'a1', 'a2'])
  })

  it('tells group, deduplication id and sequence number', async () => {
    consume('jobs.fifo')
    fifo('one', 'channel', 'id-1')
    await queues.settle()
    expect(got[0]?.attributes).toMatchObject({
      MessageGroupId: 'channel',
      MessageDeduplicationId: 'id-1',
      SequenceNumber: '00000000000000000001',
    })
  })

  it('takes a repeated deduplication id for the same message for five minutes', async () => {
    consume('jobs.fifo')
    const first = fifo('one', 'a', 'same')
    await queues.settle()
    wall.forward(299)
    expect(fifo('two', 'a', 'same')).toEqual(first)
    wall.forward(1)
    fifo('three', 'a', 'same')
    await queues.settle()
    expect(bodies()).toEqual(['one', 'three'])
  })

  it('frees the group when its poison message goes to the dead letters', async () => {
    consume('jobs.fifo', ({ body }) => body === 'poison')
    fifo('poison', 'a')
    fifo('next', 'a')
    for (let round = 0; round < 4; round++) {
      await queues.settle()
      wall.forward(30)
    }
    await queues.settle()
    expect(bodies()).toEqual(['poison', 'poison', 'poison', 'next'])
    expect(queues.peek('dead.fifo')).toEqual(['poison'])
  })

  it.each([
    ['no group', { body: 'x', deduplicationId: '1' }, 'MessageGroupId'],
    ['no deduplication id', { body: 'x', groupId: 'a' }, 'MessageDeduplicationId'],
    ['a delay', { body: 'x', groupId: 'a', deduplicationId: '1', delaySeconds: 5 }, 'DelaySeconds'],
    ['an empty body', { body: '', groupId: 'a', deduplicationId: '1' }, 'MessageBody'],
  ])('refuses %s', (_, message, parameter) => {
    expect(() => queues.send('jobs.fifo', message)).toThrow(parameter)
  })
})

describe('mistakes', () => {
  it('refuses unknown queues, receipts and messages that are not in flight', async () => {
    expect(() => queues.send('nope', { body: 'x' })).toThrow('The specified queue does not exist')
    expect(() => queues.changeVisibility('jobs', 'nope', 5)).toThrow('receipt handle')
    consume('jobs', () => true)
    queues.send('jobs', { body: 'x' })
    await queues.settle()
    const receipt = got[0]?.receiptHandle ?? ''
    expect(() => queues.changeVisibility('jobs', receipt, 43_201)).toThrow('VisibilityTimeout')
    wall.forward(30)
    expect(() => queues.changeVisibility('jobs', receipt, 5)).toThrow('not in flight')
  })
})
