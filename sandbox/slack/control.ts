import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { InteractionError } from './interaction.ts'
import type { Interactions } from './interactions.ts'

const typed = z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()])).optional()
const onMessage = { user: z.string(), channel: z.string(), ts: z.string() }
const inView = { user: z.string(), view: z.union([z.literal(true), z.literal('home')]), values: typed }
const exact = {
  block_id: z.string(),
  action_id: z.string(),
  value: z.union([z.string(), z.array(z.string()), z.null()]).optional(),
}

const click = z.union(
  [
    z.strictObject({ ...onMessage, button: z.string() }),
    z.strictObject({ ...onMessage, ...exact }),
    z.strictObject({ ...inView, button: z.string() }),
    z.strictObject({ ...inView, ...exact }),
  ],
  'send {user, channel, ts, button}, or {user, view: true, button} for a button inside the open modal; instead of button, {block_id, action_id, value} names one element exactly',
)

const submit = z.strictObject({ user: z.string(), values: typed })

const command = z.strictObject({
  user: z.string(),
  channel: z.string(),
  command: z.string(),
  text: z.string().optional(),
})

const close = z.strictObject({ user: z.string(), all: z.boolean().optional() })
const home = z.strictObject({ user: z.string() })
const say = z.strictObject({
  user: z.string(),
  channel: z.string(),
  text: z.string().trim().min(1),
  thread_ts: z.string().optional(),
})
const dismiss = z.strictObject(onMessage)

const sentence = (error: z.ZodError) =>
  error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message)).join(' · ')

async function read<S extends z.ZodType>(schema: S, context: Context): Promise<z.output<S>> {
  let input: unknown
  try {
    input = await context.req.json()
  } catch {
    throw new InteractionError('The body is not JSON. Send a JSON object with content-type application/json.')
  }
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new InteractionError(`The request was not understood: ${sentence(parsed.error)}.`)
}

/** HTTP endpoints to do what people do, for scripts and for the page. Mounted under `/_sandbox/slack`. */
export function createControl(people: Interactions) {
  const app = new Hono()
  app.post('/click', async (context) => context.json(await people.click(await read(click, context))))
  app.post('/submit', async (context) => context.json(await people.submit(await read(submit, context))))
  app.post('/command', async (context) => context.json(await people.command(await read(command, context))))
  app.post('/close', async (context) => context.json(await people.close(await read(close, context))))
  app.post('/home', async (context) => context.json(await people.openHome(await read(home, context))))
  app.post('/say', async (context) => {
    const { channel, ts } = people.say(await read(say, context))
    return context.json({ ok: true, channel, ts })
  })
  app.post('/dismiss', async (context) => {
    people.dismiss(await read(dismiss, context))
    return context.json({ ok: true })
  })
  app.get('/view', (context) => {
    const user = context.req.query('user')
    if (!user) throw new InteractionError('Say whose modal: /_sandbox/slack/view?user=<id or name>.')
    return context.json({ view: people.view(user) ?? null })
  })
  app.onError((error, context) => {
    if (error instanceof InteractionError) return context.json({ ok: false, error: error.message }, error.status)
    throw error
  })
  return app
}
