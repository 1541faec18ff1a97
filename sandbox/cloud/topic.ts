import { randomUUID } from 'node:crypto'
import type { Wall } from '../../common/clock.ts'
import { arnOf, region } from './place.ts'

/** The SNS topic of the alarms with its one subscription, a queue. */
export function createTopic({
  name,
  wall,
  subscriber,
}: {
  name: string
  wall: Wall
  subscriber: (body: string) => void
}) {
  const arn = arnOf.topic(name)
  const service = `https://sns.${region}.amazonaws.com`
  return {
    arn,
    /** Wraps the message in SNS's envelope and hands it to the subscribed queue. */
    publish(message: string, { subject, messageId = randomUUID() }: { subject?: string; messageId?: string } = {}) {
      subscriber(
        JSON.stringify({
          Type: 'Notification',
          MessageId: messageId,
          TopicArn: arn,
          ...(subject !== undefined && { Subject: subject.slice(0, 100) }),
          Message: message,
          Timestamp: wall.now().toISOString(),
          SignatureVersion: '1',
          // Nobody but Amazon can sign; a reader that checks signatures must refuse this one.
          Signature: Buffer.from(`unsigned:${messageId}`).toString('base64'),
          SigningCertURL: `${service}/SimpleNotificationService-sandbox.pem`,
          UnsubscribeURL: `${service}/?Action=Unsubscribe&SubscriptionArn=${arn}:${messageId}`,
        }),
      )
      return messageId
    },
    /** Passes on a notification that came from outside, unchanged. */
    deliver(envelopeJson: string): void {
      subscriber(envelopeJson)
    },
  }
}

export type Topic = ReturnType<typeof createTopic>
