import { beforeAll, describe, expect, it } from 'vitest'
import { stageNames } from '../../infra/stages.ts'
import { type Synthesised, synthesised } from '../support/synthesised.ts'

let made: Synthesised
beforeAll(async () => {
  made = await synthesised()
}, 60_000)

type Stage = (typeof stageNames)[number]

const queues = (stage: Stage) =>
  made.resources(stage, 'AWS::SQS::Queue').map(({ properties }) => ({
    name: properties.QueueName as string,
    arn: `arn:aws:sqs:ap-northeast-1:123456789012:${properties.QueueName}`,
    deadLetters: properties.RedrivePolicy?.deadLetterTargetArn as string | undefined,
    properties,
  }))

/** Queues whose first message rings by mail. */
const watched = (stage: Stage) =>
  made
    .resources(stage, 'AWS::CloudWatch::Alarm')
    .filter(
      ({ properties }) =>
        properties.MetricName === 'ApproximateNumberOfMessagesVisible' &&
        properties.Threshold === 1 &&
        properties.ComparisonOperator === 'GreaterThanOrEqualToThreshold' &&
        properties.AlarmActions.every((action: string) => action.includes('crypto-watch-bot-health')),
    )
    .map(({ properties }) => `arn:aws:sqs:ap-northeast-1:123456789012:${properties.Dimensions[0].Value}`)

describe.each(stageNames)('on %s nothing is lost in silence', (stage) => {
  it('every queue has dead letters that ring by mail, or is such a queue itself', () => {
    const ringing = watched(stage)
    for (const { arn, deadLetters } of queues(stage)) expect(ringing).toContain(deadLetters ?? arn)
  })

  it('every function that AWS calls without waiting leaves failed calls where they ring', () => {
    const suffix = stage === 'prod' ? '' : `-${stage}`
    const leavesAt = new Map(
      made
        .resources(stage, 'AWS::Lambda::EventInvokeConfig')
        .map(({ properties }) => [properties.FunctionName, properties.DestinationConfig.OnFailure.Destination]),
    )
    // The scheduler calls the first two, CodeDeploy the third.
    const calledWithoutWaiting = ['price-update-function', 'bot-sweep', 'before-traffic'].map(
      (name) => `crypto-watch-${name}${suffix}`,
    )
    expect([...leavesAt.keys()].toSorted()).toEqual(calledWithoutWaiting.toSorted())
    const ringing = watched(stage)
    for (const queue of leavesAt.values()) expect(ringing).toContain(queue)
  })

  it('what cannot be delivered at all rings too: to the queue of alarms, by a schedule, by a rule', () => {
    const ringing = watched(stage)
    const toQueue = made
      .resources(stage, 'AWS::SNS::Subscription')
      .filter(({ properties }) => properties.Protocol === 'sqs')
    expect(toQueue).toHaveLength(1)
    for (const { properties } of toQueue) expect(ringing).toContain(properties.RedrivePolicy.deadLetterTargetArn)
    const schedules = made.resources(stage, 'AWS::Scheduler::Schedule')
    expect(schedules).toHaveLength(2)
    for (const { properties } of schedules) expect(ringing).toContain(properties.Target.DeadLetterConfig.Arn)
    const rules = made.resources(stage, 'AWS::Events::Rule')
    expect(rules).toHaveLength(1)
    for (const { properties } of rules)
      for (const target of properties.Targets) expect(ringing).toContain(target.DeadLetterConfig.Arn)
  })

  it('a sweep is never late: no retries, and no call older than its minute', () => {
    const suffix = stage === 'prod' ? '' : `-${stage}`
    const sweep = `crypto-watch-bot-sweep${suffix}`
    const [schedule] = made
      .resources(stage, 'AWS::Scheduler::Schedule')
      .filter(({ properties }) => properties.Name === sweep)
    expect(schedule?.properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      Target: { RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 } },
    })
    const [async] = made
      .resources(stage, 'AWS::Lambda::EventInvokeConfig')
      .filter(({ properties }) => properties.FunctionName === sweep)
    expect(async?.properties).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 })
  })

  it('a message stays hidden longer than its Lambda may take, or two would work at it', () => {
    const timeouts = new Map(
      made
        .resources(stage, 'AWS::Lambda::Function')
        .map(({ properties }) => [properties.FunctionName, properties.Timeout as number]),
    )
    const mappings = made.resources(stage, 'AWS::Lambda::EventSourceMapping')
    expect(mappings).toHaveLength(6)
    for (const { properties } of mappings) {
      const queue = queues(stage).find(({ arn }) => arn === properties.EventSourceArn)
      expect(queue?.properties.VisibilityTimeout).toBeGreaterThanOrEqual(
        2 * (timeouts.get(properties.FunctionName) ?? 1e9),
      )
      expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures'])
    }
  })

  it('what one Lambda holds back is by the queue: no more than so many at once, and one by one where order counts', () => {
    const seen = made.resources(stage, 'AWS::Lambda::EventSourceMapping').map(({ properties }) => [
      properties.EventSourceArn.split(':')
        .at(-1)
        .replace(/-staging/, ''),
      properties.BatchSize,
      properties.ScalingConfig.MaximumConcurrency,
    ])
    expect(seen.toSorted()).toEqual([
      ['crypto-watch-alarms', 10, 5],
      ['crypto-watch-evidence.fifo', 1, 5],
      ['crypto-watch-mailer.fifo', 1, 2],
      ['crypto-watch-remedy.fifo', 1, 2],
      ['crypto-watch-sender.fifo', 1, 5],
      ['crypto-watch-worker.fifo', 1, 2],
    ])
  })

  it('messages are encrypted, kept for two weeks, and come by TLS only', () => {
    const denied = made
      .resources(stage, 'AWS::SQS::QueuePolicy')
      .filter(({ properties }) => JSON.stringify(properties).includes('"aws:SecureTransport":"false"'))
    expect(denied).toHaveLength(queues(stage).length)
    for (const { properties } of queues(stage))
      expect(properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 3600 })
  })
})
