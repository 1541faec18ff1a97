import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns'
import type { Audience } from '../incident/mail.ts'
import type { MailText } from '../message/mail.ts'
import { type AwsFailure, asking } from './aws-failure.ts'
import { within } from './within.ts'

/** Sends mails to the people of an audience. SNS knows no deduplication for mail: sent twice, it is read twice. */
export interface Mails {
  send(audience: Audience, text: MailText): Promise<{ is: 'ok' } | AwsFailure>
}

/** `limitMs` is for a call as a whole, its repetitions included. */
export function createMails(client: SNSClient, topicArn: string, limitMs: number): Mails {
  return {
    send: async (audience, { subject, body }) => {
      const request = new PublishCommand({
        TopicArn: topicArn,
        Subject: subject,
        Message: body,
        MessageAttributes: { audience: { DataType: 'String', StringValue: audience } },
      })
      const sent = await asking(within(limitMs, (abortSignal) => client.send(request, { abortSignal })))
      return sent.is === 'ok' ? { is: 'ok' } : sent
    },
  }
}
