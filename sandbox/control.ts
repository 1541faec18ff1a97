import { Hono } from 'hono'
import { z } from 'zod'
import { describeError } from '../common/logger.ts'
import type { Sandbox } from './sandbox.ts'
import { type World as ScenarioWorld, scenarioNamed, scenarios } from './scenarios.ts'
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
export function createControl(sandbox: Sandbox, slack: Hono): Hono {
  const app = new Hono()
  const world: ScenarioWorld = {
    cloud: sandbox.cloud,
    clock: sandbox.clock,
    forward: sandbox.forward,
    slack: { setDown: sandbox.setSlackDown },
  }
  let playing: string | undefined
  app.get('/_sandbox/state', async (context) => context.json(await stateOf(sandbox)))
  app.get('/_sandbox/scenarios', (context) => context.json(scenarios.map(({ name, says }) => ({ name, says }))))
  app.post('/_sandbox/scenarios/:name', async (context) => {
    const name = context.req.param('name')
    const scenario = scenarioNamed(name)
    if (!scenario) {
      const known = scenarios.map((each) => each.name).join(', ')
      return context.json({ ok: false, error: `There is no scenario ${name}. There are: ${known}.` }, 404)
    }
    if (playing) return context.json({ ok: false, error: `${playing} is still being played.` }, 409)
    playing = name
    try {
      await scenario.run(world)
      return context.json({ ok: true, name, says: scenario.says, now: sandbox.clock.now().toISOString() })
    } finally {
      playing = undefined
    }
  })
  app.post('/_sandbox/clock', async (context) => {
    const change = ClockChange.parse(await context.req.json())
    if ('speed' in change) sandbox.clock.setSpeed(change.speed)
    else await sandbox.forward(change.forward_s)
    return context.json({ ok: true, now: sandbox.clock.now().toISOString(), speed: sandbox.clock.speed() })
  })
  app.post('/_sandbox/slack/down', async (context) => {
    const { down } = SlackChange.parse(await context.req.json())
    sandbox.setSlackDown(down)
    return context.json({ ok: true, down })
  })
  app.get('/', (context) => context.json(welcome))
  app.route('/', slack)
  app.notFound((context) =>
    context.json({ ok: false, error: `There is nothing at ${context.req.path}. GET / names what there is.` }, 404),
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

const welcome = {
  what: 'The sandbox of crypto-watch: a stand-in Slack, a simulated cloud, the real bot between them.',
  try: [
    'GET /_sandbox/scenarios',
    'POST /_sandbox/scenarios/bad-deploy',
    'GET /_sandbox/state',
    'POST /_sandbox/slack/click {"user", "channel", "ts", "button": "Roll back"}',
    'GET /_sandbox/slack/view?user=aiko',
    'POST /_sandbox/slack/submit {"user"}',
    'POST /_sandbox/slack/close {"user"}',
    'POST /_sandbox/slack/down {"down": true}',
    'POST /_sandbox/clock {"forward_s": 300}',
  ],
}
