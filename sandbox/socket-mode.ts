import { SocketModeReceiver } from '@slack/bolt'
import { clickParts, createBase, historyParts, slackParts } from '../bot/deps.ts'
import { createApp } from '../bot/in/slack.ts'
import { listen } from '../bot/in/slack-listeners.ts'
import { quietSlackLogger } from '../bot/out/slack.ts'
import type { Env } from '../common/env.ts'
import type { World } from '../common/world.ts'

/** The Slack door without a public address: the same listeners, over a connection that the bot opens. */
export async function listenBySocket(appToken: string, env: Env, world: World) {
  const base = createBase(env, world)
  const talk = slackParts(base)
  const deps = { ...base, ...talk, ...clickParts(base, talk), ...historyParts(base) }
  const receiver = new SocketModeReceiver({
    appToken,
    logger: quietSlackLogger(world.log),
    installerOptions: { clientOptions: { slackApiUrl: deps.settings.slackApiUrl } },
  })
  const app = createApp(deps, receiver)
  listen(app, deps)
  await app.start()
  return app
}
