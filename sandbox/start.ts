import { processEnv } from '../common/env.ts'
import { describeError, type Log } from '../common/logger.ts'
import { sampleKey } from './cloud/gateway/api-keys.ts'
import { startSandbox } from './sandbox.ts'

const env = processEnv()
const portBase = Number(env.SANDBOX_PORT_BASE ?? 3000)
const say = (text: string) => process.stdout.write(`${text}\n`)

const line = (level: string) => (message: string, details?: object) =>
  process.stderr.write(`${level} ${message}${details ? ` ${JSON.stringify(details)}` : ''}\n`)
const quiet = () => undefined
const isVerbose = env.SANDBOX_LOG === 'all'
const log: Log = {
  debug: quiet,
  info: isVerbose ? line('info ') : quiet,
  warn: isVerbose ? line('warn ') : quiet,
  error: line('error'),
}

if (!Number.isInteger(portBase) || portBase < 0 || portBase > 65_533) {
  say(
    'SANDBOX_PORT_BASE has to be a number from 0 to 65533: it and the next two ports are used, or any free ones for 0.',
  )
  process.exit(1)
}
try {
  const sandbox = await startSandbox({ log, portBase, env, dataFolder: env.SANDBOX_DATA })
  const { workspace, prices, bot, cloud } = sandbox.addresses
  const at = (path: string) => `${workspace}/_sandbox${path}`
  say(`
crypto-watch is running on this machine. No account is needed; nothing leaves it unless you bring settings along.

  the workspace           ${workspace}
  price API               ${prices}/v1/prices · described at ${prices}/docs
                          x-api-key: ${sampleKey}
  the bot                 ${bot}/slack/events · ${bot}/sns
  the simulated AWS       ${cloud}

Open the workspace and follow the three steps at its top: break a deployment, roll it back, see the proof.
Or the same by HTTP:

  curl -H 'x-api-key: ${sampleKey}' '${prices}/v1/prices?ids=bitcoin,ethereum&currency=usd,jpy'
  curl -X POST ${at('/scenarios/bad-deploy')}
  curl ${at('/state')}
  curl -X POST ${at('/slack/click')} -H 'content-type: application/json' \\
       -d '{"user": "aiko", "channel": "crypto-watch-alerts", "ts": "<slack.ts from state>", "button": "Roll back"}'
  curl -X POST ${at('/slack/submit')} -H 'content-type: application/json' -d '{"user": "aiko"}'
  curl -X POST ${at('/clock')} -H 'content-type: application/json' -d '{"forward_s": 300}'

All scenarios: ${at('/scenarios')}   Stop: Ctrl-C
`)
  // The page is made now, so that whoever opens it need not wait.
  sandbox.bundle().catch((error: unknown) => log.error('the page could not be made', { error: describeError(error) }))
  const saving = setInterval(() => {
    sandbox.save().catch((error: unknown) => log.error('the state was not saved', { error: describeError(error) }))
  }, 2_000)
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    clearInterval(saving)
    await sandbox.stop()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
} catch (error) {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    say(
      `A port from ${portBase} to ${portBase + 2} is taken. Set SANDBOX_PORT_BASE to another number, or stop what uses it.`,
    )
  } else {
    say(`The sandbox could not start. ${describeError(error)}`)
  }
  process.exit(1)
}
