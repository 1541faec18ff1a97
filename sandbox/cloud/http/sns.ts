import { z } from 'zod'
import { AwsError } from '../aws-error.ts'
import type { Mailbox } from '../mailbox.ts'
import { type Operations, operation } from './operation.ts'

/** SNS speaks AWS's query protocol: a form goes in, XML comes out. */
const version = '2010-03-31'
const namespace = `http://sns.amazonaws.com/doc/${version}/`

/** The operation and the fields of a form, or undefined when it is not for SNS. */
export function readSnsForm(text: string): { operation: string; input: Record<string, string> } | undefined {
  const fields = Object.fromEntries(new URLSearchParams(text))
  const { Action, Version, ...input } = fields
  return Action !== undefined && Version === version ? { operation: Action, input } : undefined
}

const Publish = z
  .object({ TopicArn: z.string(), Message: z.string(), Subject: z.string() })
  .catchall(z.string())
  .superRefine((fields, context) => {
    for (const name of Object.keys(fields))
      if (!['TopicArn', 'Message', 'Subject'].includes(name) && !attributeField.test(name))
        context.addIssue({ code: 'custom', path: [name], message: 'the simulated topic does not know this parameter' })
  })
const attributeField = /^MessageAttributes\.entry\.(\d+)\.(Name|Value\.DataType|Value\.StringValue)$/

function attributesOf(fields: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.keys(fields).flatMap((name) => {
    const [, number, part] = attributeField.exec(name) ?? []
    if (part !== 'Name') return []
    const value = (of: string) => fields[`MessageAttributes.entry.${number}.Value.${of}`]
    if (value('DataType') !== 'String') throw new AwsError('InvalidParameter', 'Only String attributes are known here.')
    return [[fields[name] ?? '', value('StringValue') ?? '']]
  })
  return Object.fromEntries(entries)
}

/** SNS as the bot sees it. */
export const snsOperations = (mailbox: Mailbox): Operations => ({
  Publish: operation(
    Publish,
    ({ TopicArn, Message, Subject, ...rest }) => ({
      MessageId: mailbox.publish({
        topicArn: TopicArn,
        message: Message,
        subject: Subject,
        attributes: attributesOf(rest),
      }),
    }),
    'InvalidParameter',
  ),
})

const inXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The answer of an operation as XML. */
export function snsAnswer(operationName: string, result: unknown): string {
  const fields = Object.entries(z.record(z.string(), z.string()).parse(result))
  const inner = fields.map(([name, value]) => `<${name}>${inXml(value)}</${name}>`).join('')
  const whole = `${operationName}Response`
  return `<${whole} xmlns="${namespace}"><${operationName}Result>${inner}</${operationName}Result></${whole}>`
}

export const snsError = ({ code, message, status }: Pick<AwsError, 'code' | 'message' | 'status'>): string =>
  `<ErrorResponse xmlns="${namespace}"><Error><Type>${status >= 500 ? 'Receiver' : 'Sender'}</Type><Code>${code}</Code><Message>${inXml(message)}</Message></Error></ErrorResponse>`
