import { Duration, aws_iam as iam, aws_sqs as sqs } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { type QueueName, queueSettings } from '../../common/queue-settings.ts'
import type { StageContext } from '../stage-context.ts'
import { watchHealth } from './health-alarm.ts'

/** A queue of the bot with its dead letters, both watched by mail: what waits too long, and what nobody could handle. */
export class WatchedQueue extends Construct {
  readonly queue: sqs.Queue

  constructor(scope: Construct, id: string, { names, arns }: StageContext, role: QueueName) {
    super(scope, id)
    const { visibilitySeconds, maxReceiveCount } = queueSettings[role]
    const name = names.queues[role]
    const shared = {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      ...(name.endsWith('.fifo') && { fifo: true }),
    }
    const deadLetters = new sqs.Queue(this, 'DeadLetters', { ...shared, queueName: names.deadLetters[role] })
    this.queue = new sqs.Queue(this, 'Queue', {
      ...shared,
      queueName: name,
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount },
    })

    const sqsMetric = (metric: string, queue: string) => ({
      namespace: 'AWS/SQS',
      name: metric,
      dimensions: { QueueName: queue },
    })
    watchHealth(
      this,
      'DeadLettersAlarm',
      {
        name: `${names.deadLetters[role]}-filled`,
        says: `A message that ${names.bot[role]} could not handle waits in ${names.deadLetters[role]}. The log of ${names.bot[role]} says why; docs/deploy.md says how to send it again.`,
        metric: sqsMetric('ApproximateNumberOfMessagesVisible', names.deadLetters[role]),
        statistic: 'Maximum',
        comparison: 'GreaterThanOrEqualToThreshold',
        threshold: 1,
        periodMinutes: 1,
        treatMissing: 'notBreaching',
      },
      arns.healthTopic,
    )
    watchHealth(
      this,
      'OldestMessageAlarm',
      {
        name: `${name}-waits`,
        says: `A message has waited in ${name} for more than 5 min, so the bot is late. The log of ${names.bot[role]} says why.`,
        metric: sqsMetric('ApproximateAgeOfOldestMessage', name),
        statistic: 'Maximum',
        comparison: 'GreaterThanThreshold',
        threshold: 300,
        periodMinutes: 1,
        treatMissing: 'notBreaching',
      },
      arns.healthTopic,
    )
  }
}

/** Lets a service of AWS send to a queue, on behalf of one source only. */
export function admit(queue: sqs.Queue, service: string, source: string): void {
  queue.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(service)],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': source } },
    }),
  )
}
