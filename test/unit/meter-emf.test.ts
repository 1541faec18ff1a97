import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { alarms } from '../../common/alarms.ts'
import { dimensionsOf } from '../../common/metric-dimensions.ts'
import { priceMetrics } from '../../common/names.ts'

/** One log line in the embedded metric format: its metrics are found in it by name. */
const Line = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
      }),
    ),
  }),
})

/** What a process prints that measures something, as a Lambda would. */
async function printed(code: string, env: Record<string, string> = {}) {
  const meter = new URL('../../common/meter.ts', import.meta.url).href
  const program = `import { createMeter } from ${JSON.stringify(meter)}\nconst meter = createMeter('prod')\n${code}`
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    // What Lambda and a careless template set must not add a dimension.
    env: { PATH: '', AWS_LAMBDA_FUNCTION_NAME: 'updater', POWERTOOLS_SERVICE_NAME: 'updater', ...env },
  })
  return stdout
    .trim()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)))
}

it('a metric has exactly the one dimension set that alarms look at', async () => {
  const lines = await printed(`
    meter.count('ExternalApiCalls', 1)
    meter.count('ExternalApiErrors', 0)
    meter.milliseconds('ExternalApiLatency', 120)
    meter.seconds('PriceAge', 3600)
  `)
  const described = (Name: string, Unit: string) => ({
    Namespace: 'Custom/CryptoWatch',
    Dimensions: [['service']],
    Metrics: [{ Name, Unit }],
  })
  expect(lines.map(({ _aws }) => _aws.CloudWatchMetrics)).toEqual([
    [described('ExternalApiCalls', 'Count')],
    [described('ExternalApiErrors', 'Count')],
    [described('ExternalApiLatency', 'Milliseconds')],
    [described('PriceAge', 'Seconds')],
  ])
  expect(lines).toMatchObject([
    { service: 'crypto-watch', ExternalApiCalls: 1 },
    { service: 'crypto-watch', ExternalApiErrors: 0 },
    { service: 'crypto-watch', ExternalApiLatency: 120 },
    { service: 'crypto-watch', PriceAge: 3600 },
  ])
})

it('every custom metric of an alarm is one that is measured, with the same dimensions', () => {
  const watched = alarms.flatMap(({ condition }) => {
    switch (condition.kind) {
      case 'percentage':
        return [condition.part, condition.whole]
      case 'sum':
        return [...condition.metrics]
      case 'statistic':
        return [condition.metric]
      default:
        return condition satisfies never
    }
  })
  const custom = watched.filter(({ of }) => of === 'custom')
  const measured: string[] = Object.values(priceMetrics)
  expect(custom.map(({ name }) => name).sort()).toEqual(['ExternalApiCalls', 'ExternalApiErrors', 'PriceAge'])
  expect(custom.filter(({ name }) => !measured.includes(name))).toEqual([])
  expect(dimensionsOf('custom', 'prod')).toEqual({ service: 'crypto-watch' })
  // Two stages in one account must not see each other's prices.
  expect(dimensionsOf('custom', 'staging')).toEqual({ service: 'crypto-watch-staging' })
})
