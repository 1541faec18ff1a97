import type { Names } from '../common/names.ts'
import type { QueueName } from '../common/queue-settings.ts'
import type { Arns } from './arns.ts'
import type { Right } from './rights.ts'

const everything = ['*']

/** Rights that several Lambdas have, each told once. */
export function sharedRights(names: Names, arns: Arns, slackSecretArn: string) {
  const { queues } = names
  const own = (name: string): Right[] => [
    { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on: [arns.logStreams(name)], why: 'its own log' },
    { actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], on: everything, why: 'its traces' },
  ]
  const reads = (queue: QueueName): Right => ({
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    on: [arns.queue(queues[queue])],
    why: 'its own queue, read by Lambda for it',
  })
  const putsOff = (queue: QueueName): Right => ({
    actions: ['sqs:ChangeMessageVisibility'],
    on: [arns.queue(queues[queue])],
    why: 'an effect that has to wait, put off in its queue',
  })
  const lost: Right = {
    actions: ['sqs:SendMessage'],
    on: [arns.queue(names.undelivered)],
    why: 'where Lambda leaves a call that failed for good',
  }
  const record: Right = {
    actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
    on: [arns.incidentsTable],
    why: 'incidents and bulletins, read and saved',
  }
  const marks: Right = {
    actions: ['dynamodb:UpdateItem'],
    on: [arns.incidentsTable],
    why: 'leases, the pace of messages, who is changing a function, what was changed, and incidents that are over',
  }
  const handOver: Right = {
    actions: ['sqs:SendMessage'],
    on: [queues.sender, queues.evidence, queues.worker, queues.remedy, queues.mailer].map(arns.queue),
    why: 'effects, handed to those who perform them',
  }
  const slackSecret: Right = {
    actions: ['secretsmanager:GetSecretValue'],
    on: [slackSecretArn],
    why: "Slack's token and signing secret",
  }
  return { own, reads, putsOff, lost, record, marks, handOver, slackSecret }
}
