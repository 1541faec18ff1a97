import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../common/clock.ts'
import { AwsError } from './aws-error.ts'
import { arnOf } from './place.ts'

const KeptMail = z.object({
  id: z.string(),
  /** Domain time. */
  at: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  body: z.string(),
})
/** A mail as it lies in the mailboxes of those it went to. */
export type KeptMail = z.output<typeof KeptMail>
export const MailboxSnapshot = z.array(KeptMail)

export interface Publication {
  topicArn: string
  subject: string
  message: string
  /** Message attributes by name. */
  attributes: Readonly<Record<string, string>>
}

/** Who has subscribed, and which mails the filter of the subscription lets through. */
const subscribers = [
  { address: 'on-call@crypto-watch.example', audience: ['oncall'] },
  { address: 'management@crypto-watch.example', audience: ['managers'] },
]
const mostKept = 200
const longestMessage = 256 * 1024

/** An SNS topic whose subscribers are addresses of mail, and the mailboxes behind them. */
export function createMailbox({ name, clock }: { name: string; clock: Clock }) {
  const topicArn = arnOf.topic(name)
  let mails: KeptMail[] = []
  return {
    topicArn,
    /** Delivers to the addresses whose filter fits; answers the id of the message. */
    publish({ topicArn: to, subject, message, attributes }: Publication): string {
      if (to !== topicArn) throw new AwsError('NotFound', 'Topic does not exist', 404)
      if (message === '') throw new AwsError('InvalidParameter', 'Invalid parameter: Empty message')
      if (Buffer.byteLength(message) > longestMessage)
        throw new AwsError('InvalidParameter', 'Invalid parameter: Message too long')
      if (subject.length === 0 || subject.length >= 100 || /\p{Cc}/u.test(subject))
        throw new AwsError('InvalidParameter', 'Invalid parameter: Subject')
      const addresses = subscribers
        .filter(({ audience }) => audience.includes(attributes.audience ?? ''))
        .map(({ address }) => address)
      const id = randomUUID()
      if (addresses.length > 0) {
        const mail = { id, at: clock.now().toISOString(), to: addresses, subject, body: message }
        mails = [...mails, mail].slice(-mostKept)
      }
      return id
    },
    /** Every mail, oldest first. */
    list: (): readonly KeptMail[] => mails,
    snapshot: (): KeptMail[] => [...mails],
    restore(saved: readonly KeptMail[]): void {
      mails = [...saved]
    },
  }
}

export type Mailbox = ReturnType<typeof createMailbox>
