import { afterEach, describe, expect, it } from 'vitest'
import type { Evidence } from '../../bot/incident/evidence.ts'
import type { Environments } from '../../sandbox/bot-runtime.ts'
import type { Call } from '../../sandbox/cloud/faults.ts'
import { type Story, startStory } from '../support/story.ts'
import { couldNotRead, outcomes, ring, saidTwice } from '../support/trouble.ts'

let story: Story
afterEach(async () => {
  expect(saidTwice(story)).toEqual([])
  await story.stop()
})

type Match = (call: Call) => boolean
const asks =
  (service: Call['service'], operation: string, about = ''): Match =>
  (call) =>
    call.service === service && call.operation === operation && JSON.stringify(call.input).includes(about)
const halfAnHour: Match = ({ service, input }) =>
  service === 'cloudwatch' && Number(input.EndTime) - Number(input.StartTime) >= 1_800
const numbersNow: Match = (call) =>
  call.service === 'cloudwatch' && call.operation === 'GetMetricData' && !halfAnHour(call)

type Part = 'function' | 'metrics' | 'chart' | 'prices' | 'errors' | 'requests'

/** Each part as the message calls it; the last three are read for what changed. */
const called = {
  function: 'versions and deployments',
  metrics: 'current numbers',
  chart: 'the last half hour',
  prices: 'age of the prices',
  errors: 'errors in the logs',
  requests: 'access log',
  'api-deployments': 'deployments of the API',
  settings: 'settings as they stand',
  changes: 'what the bot has changed',
}
type Named = keyof typeof called

const updater = 'crypto-watch-price-update'
/** Every read of the evidence performer for an alarm of the updater, and the parts of the evidence that go with it. */
const sources: [source: string, parts: Named[], match: Match][] = [
  ['Lambda: alias', ['function'], asks('lambda', 'GetAlias')],
  ['Lambda: versions', ['function'], asks('lambda', 'ListVersionsByFunction', updater)],
  ['Lambda: versions of the API', ['api-deployments'], asks('lambda', 'ListVersionsByFunction', 'crypto-watch-api')],
  ['CodeDeploy: list', ['function'], asks('codedeploy', 'ListDeployments', updater)],
  ['CodeDeploy: list of the API', ['api-deployments'], asks('codedeploy', 'ListDeployments', '"crypto-watch-api"')],
  ['CodeDeploy: details', ['api-deployments', 'function'], asks('codedeploy', 'BatchGetDeployments')],
  ['DynamoDB: the mark of a function', ['function'], asks('dynamodb', 'GetItem', 'FUNCTION#')],
  ['DynamoDB: prices', ['prices'], asks('dynamodb', 'GetItem', 'SNAPSHOT')],
  ['DynamoDB: settings', ['settings'], asks('dynamodb', 'GetItem', 'SETTINGS')],
  ['DynamoDB: the change log', ['changes'], asks('dynamodb', 'BatchGetItem', 'CHANGES#')],
  ['CloudWatch: numbers', ['metrics'], numbersNow],
  ['CloudWatch: half an hour', ['chart'], halfAnHour],
  ['Logs: errors', ['errors'], asks('logs', 'FilterLogEvents', '/aws/lambda/')],
  ['Logs: requests', ['requests'], asks('logs', 'FilterLogEvents', '/aws/apigateway/')],
]

/** Which parts are there. */
const partsOf = ({ functions, readings, series, prices, errors, requests }: Evidence): Part[] => [
  ...(functions.updater ? (['function'] as const) : []),
  ...(readings.length > 0 ? (['metrics'] as const) : []),
  ...(series ? (['chart'] as const) : []),
  ...(prices ? (['prices'] as const) : []),
  ...(errors ? (['errors'] as const) : []),
  ...(requests ? (['requests'] as const) : []),
]
const all: Part[] = ['function', 'metrics', 'chart', 'prices', 'errors', 'requests']
const alarm = 'ExternalApiErrorAlarm'
const performed = () =>
  story.log.lines
    .filter(({ message }) => message === 'performed')
    .map(({ details }) => (details as { effect: string }).effect)

/** What one part may take then is what it may take on AWS. */
const asOnAws = { env: { CALL_LIMIT_MS: '2500' } }

it('where every source answers, every part is there', async () => {
  story = await startStory(asOnAws)
  await ring(story, alarm)
  const { evidence } = await story.incident('updater')
  expect(evidence && partsOf(evidence)).toEqual(all)
  expect(await story.rootText('updater')).not.toContain('Could not be read')
})

describe.each([
  ['refuse', 'AccessDeniedException: User is not authorized'],
  ['hang', 'no answer within 1.5 s)'],
] as const)('a source ends in "%s"', (kind, because) => {
  it.each(sources)('%s: the message stands without %s, and says so', async (_, parts, match) => {
    story = await startStory(asOnAws)
    story.cloud.faults.add({ match, kind })
    await ring(story, alarm)
    const { evidence } = await story.incident('updater')
    expect(evidence && partsOf(evidence)).toEqual(all.filter((each) => !parts.includes(each)))
    expect(evidence?.missing.map((each) => each.part).toSorted()).toEqual(parts)
    const root = await story.rootText('updater')
    for (const part of parts) expect(root).toMatch(couldNotRead(called[part], because))
    expect(outcomes(story, 'chat.postMessage')).toEqual(['ok'])
    // Nobody waits for what hangs: the message is up before the evidence has come to its end, and is edited then.
    if (kind === 'hang') expect(performed().slice(0, 3)).toEqual(['show', 'read-evidence', 'show'])
  })
})

it('where all of them hang, the message is up before, and the evidence still comes to its end', async () => {
  story = await startStory(asOnAws)
  story.cloud.faults.add({ match: (call) => sources.some(([, , match]) => match(call)), kind: 'hang' })
  await ring(story, alarm)
  expect(performed()).toEqual(['show', 'read-evidence', 'show'])
  const root = await story.rootText('updater')
  for (const [, parts] of sources)
    for (const part of parts) expect(root).toMatch(couldNotRead(called[part], 'no answer within 1.5 s)'))
  expect(root).toContain('*First steps*')
})

it('a rollback modal that nothing can fill says so, when its readings have had their time', async () => {
  story = await startStory(asOnAws)
  await story.play('bad-deploy')
  story.cloud.faults.add({ match: asks('lambda', 'ListVersionsByFunction'), kind: 'hang' })
  await story.press('aiko', 'api', 'Roll back')
  expect(story.view('U0AIKO00001')).toContain('could not be read, so a rollback would be blind')
})

it('whoever reads the evidence fails for minutes: the message says how old it is, and then no longer', async () => {
  const environments: Environments = async (lambda, env) => ({ env: { ...env, AWS_ACCESS_KEY_ID: lambda } })
  story = await startStory({ environments })
  await story.play('bad-deploy')
  expect(await story.rootText('api')).toMatch(/Read <!date[^>]+>, and again every minute while it lasts\./)
  const { readAt = '' } = (await story.incident('api')).evidence ?? {}
  const heal = story.cloud.faults.add({
    match: ({ service, caller }) => service === 'dynamodb' && caller === 'evidence',
    kind: 'error',
  })
  await story.forward(4)
  expect(await story.rootText('api')).not.toContain('*Old:*')
  await story.forward(2)
  expect(await story.rootText('api')).toContain(`*Old:* what is shown was read <!date^${Date.parse(readAt) / 1_000}^`)
  heal()
  await story.forward(5)
  expect(await story.rootText('api')).toMatch(/Read <!date[^>]+>, and again every minute while it lasts\./)
})
