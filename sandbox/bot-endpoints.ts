import { Hono } from 'hono'
import { z } from 'zod'
import { describeError } from '../common/logger.ts'
import type { BotRuntime } from './bot-runtime.ts'
import { AwsError } from './cloud/aws-error.ts'
import type { Cloud } from './cloud/cloud.ts'

const Envelope = z.union([
  z.object({ Type: z.literal('Notification'), Message: z.string() }),
  z.object({ Type: z.enum(['SubscriptionConfirmation', 'UnsubscribeConfirmation']) }),
])

/** Where the outside reaches the bot: Slack's requests, and notifications of the topic. */
export function createBotEndpoints(cloud: Cloud, bot: BotRuntime): Hono {
  const app = new Hono()
  app.post('/slack/events', async (context) => {
    const { statusCode, headers, body } = await bot.slack({
      headers: context.req.header(),
      body: await context.req.text(),
      path: '/slack/events',
    })
    return new Response(body, { status: statusCode, ...(headers && { headers }) })
  })
  app.post('/sns', async (context) => {
    const body = await context.req.text()
    const envelope = Envelope.safeParse(readJson(body))
    if (!envelope.success) {
      return context.json({ error: 'Send an SNS notification: JSON with "Type": "Notification" and "Message".' }, 400)
    }
    if (envelope.data.Type !== 'Notification') {
      return context.json({ ignored: `${envelope.data.Type} needs no answer here.` })
    }
    try {
      cloud.topic.deliver(body)
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      return context.json({ error: `The queue behind the topic refused it: ${error.message}` }, 413)
    }
    return context.json({ accepted: true }, 202)
  })
  // A function that dies is a bad gateway to whoever called its URL; the runtime has logged why.
  app.onError((error, context) => context.json({ error: describeError(error) }, 502))
  app.notFound((context) => context.json({ error: 'The bot answers POST /slack/events and POST /sns.' }, 404))
  return app
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
