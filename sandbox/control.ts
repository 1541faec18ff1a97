import { Hono } from 'hono'
import { z } from 'zod'
import { describeError } from '../common/logger.ts'
import { createFunctionControl } from './function-control.ts'
import { onlyFromHere } from './only-from-here.ts'
import type { Sandbox } from './sandbox.ts'
import { scenarioNamed, scenarios } from './scenarios.ts'
import { stateOf } from './state-view.ts'

const ClockChange = z.union(
  [
    z.strictObject({ speed: z.number().min(0).max(600) }),
    z.strictObject({
      forward_s: z
        .number()
        .positive()
        .max(7 * 24 * 3600),
    }),
  ],
  'send {"speed": 0 to 600} or {"forward_s": seconds, a week at most}',
)
const SlackChange = z.strictObject({ down: z.boolean() })

/** The control room's endpoints, on the same port as the workspace. */
export function createControl(sandbox: Sandbox, slack: Hono, page: Hono): Hono {
  const app = new Hono()
  app.use('/_sandbox/*', onlyFromHere(sandbox))
  app.get('/_sandbox/state', async (context) => context.json(await stateOf(sandbox)))
  app.get('/_sandbox/mail', (context) => context.json({ mails: sandbox.cloud.mailbox.list() }))
  app.get('/_sandbox/scenarios', (context) => context.json(scenarios.map(({ name, says }) => ({ name, says }))))
  app.post('/_sandbox/scenarios/:name', async (context) => {
    const name = context.req.param('name')
    const scenario = scenarioNamed(name)
    if (!scenario) {
      const known = scenarios.map((each) => each.name).join(', ')
      return context.json({ ok: false, error: `There is no scenario ${name}. There are: ${known}.` }, 404)
    }
    const playing = sandbox.scenarios.playing()
    if (playing !== null) return context.json({ ok: false, error: `${playing} is still being played.` }, 409)
    await sandbox.scenarios.play(scenario)
    return context.json({ ok: true, name, says: scenario.says, now: sandbox.clock.now().toISOString() })
  })
  app.post('/_sandbox/clock', async (context) => {
    const change = ClockChange.parse(await context.req.json())
    if ('speed' in change) {
      sandbox.clock.setSpeed(change.speed)
      sandbox.journal.add({ kind: 'world', text: `The clock ${speedWords(change.speed)}` })
    } else {
      sandbox.journal.add({ kind: 'world', text: `The clock jumps ${duration(change.forward_s)} ahead` })
      await sandbox.forward(change.forward_s)
    }
    return context.json({ ok: true, now: sandbox.clock.now().toISOString(), speed: sandbox.clock.speed() })
  })
  app.post('/_sandbox/slack/down', async (context) => {
    const { down } = SlackChange.parse(await context.req.json())
    sandbox.setSlackDown(down)
    return context.json({ ok: true, down })
  })
  app.route('/_sandbox/functions', createFunctionControl(sandbox.cloud))
  app.get('/_sandbox', (context) => context.json(welcome))
  app.route('/', page)
  app.route('/', slack)
  app.notFound((context) =>
    context.json(
      { ok: false, error: `There is nothing at ${context.req.path}. GET /_sandbox names what there is.` },
      404,
    ),
  )
  app.onError((error, context) => {
    if (error instanceof SyntaxError) {
      return context.json({ ok: false, error: 'The body is not JSON. Send a JSON object.' }, 400)
    }
    if (!(error instanceof z.ZodError)) return context.json({ ok: false, error: describeError(error) }, 500)
    const wrong = error.issues.map(({ path, message }) => [path.join('.'), message].filter((part) => part).join(': '))
    return context.json({ ok: false, error: `The request was not understood: ${wrong.join(' · ')}.` }, 400)
  })
  return app
}

const speedWords = (speed: number) => (speed === 0 ? 'stands still' : `runs at ${speed}×`)

const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`

function duration(seconds: number): string {
  if (seconds < 60 || seconds % 60 !== 0) return plural(seconds, 'second')
  const minutes = seconds / 60
  return minutes % 60 === 0 ? plural(minutes / 60, 'hour') : plural(minutes, 'minute')
}

const welcome = {
  what: 'The sandbox of crypto-watch: a stand-in Slack, a simulated cloud, the real bot between them.',
  try: [
    'GET /_sandbox/scenarios',
    'POST /_sandbox/scenarios/bad-deploy',
    'GET /_sandbox/state',
    'GET /_sandbox/mail',
    'POST /_sandbox/slack/click {"user", "channel", "ts", "button": "Roll back"}',
    'GET /_sandbox/slack/view?user=aiko',
    'POST /_sandbox/slack/submit {"user"}',
    'POST /_sandbox/slack/close {"user"}',
    'POST /_sandbox/slack/down {"down": true}',
    'POST /_sandbox/clock {"forward_s": 300}',
    'POST /_sandbox/functions/api/live {"version": "41"}',
    'DELETE /_sandbox/functions/api/versions/40',
  ],
}
