import { afterAll, beforeAll, expect, it } from 'vitest'
import { names } from '../../common/names.ts'
import { createPolicyGuard } from '../support/policy-guard.ts'
import { bulletins, pressEnd, silences } from '../support/silences.ts'
import { alertsChannel, type Story, startStory } from '../support/story.ts'
import { synthesised } from '../support/synthesised.ts'

// Stories are played while the simulated cloud refuses whatever the roles of the templates do not allow. So a right
// that is missing breaks a story here and not a rollback at night, and a right that nobody uses is found.

const { bot, functions, beforeTraffic } = names('prod')
let guards: ReturnType<typeof createPolicyGuard>[] = []
const running: Story[] = []

async function start(from?: Date): Promise<Story> {
  const made = await synthesised()
  const story = await startStory({
    ...(from && { start: from }),
    environments: async (lambda, env) => ({ env: { ...env, AWS_ACCESS_KEY_ID: bot[lambda] } }),
  })
  running.push(story)
  const guard = createPolicyGuard({
    made,
    stage: 'prod',
    groupOf: (id) => story.cloud.deployments.find(id).group,
    isFree: (caller) => caller === 'sandbox',
  })
  guards.push(guard)
  story.cloud.guard(guard.guard)
  return story
}

beforeAll(async () => {
  guards = []
  await rollBack(await start())
  await lookAround(await start())
  await holdBack(await start())
  await stopDeployment(await start())
  await askForPrices(await start())
  await changeSetting(await start())
  await replaceLeakedKey(await start())
  await raiseConcurrency(await start())
  await writeMail(await start())
  await tellWeek(await start(new Date('2026-11-22T23:58:00.000Z')))
}, 240_000)
afterAll(async () => {
  for (const story of running) await story.stop()
})

/** Rings, is acknowledged, rolled back, proven and resolved. */
async function rollBack(story: Story): Promise<void> {
  await story.play('bad-deploy')
  // The evidence is read anew while the alarm rings, and has the message drawn again.
  await story.forward(1)
  await story.press('aiko', 'api', 'Acknowledge')
  await story.press('aiko', 'api', 'Roll back')
  // The worker waits and tries again.
  story.cloud.faults.add({ match: ({ operation }) => operation === 'UpdateAlias', kind: 'throttle', times: 2 })
  await story.submit('aiko')
  await story.forward(10)
  expect((await story.state()).incidents[0]).toMatchObject({ status: 'resolved', rollback: { status: 'helped' } })
}

/** The office opens, and the week is told. */
async function tellWeek(story: Story): Promise<void> {
  await story.forward(3)
  expect(JSON.stringify(story.rootMessages())).toContain('The week in incidents')
}

/** What is open is listed, on the Home tab and by a command. */
async function lookAround(story: Story): Promise<void> {
  story.cloud.alarms.setAlarmState('ApiLatencyP95Alarm', 'ALARM', 'by hand')
  await story.quiet()
  const command = { user: 'aiko', channel: alertsChannel, command: '/incident', text: '' }
  expect(await story.http('/slack/command', command)).toMatchObject({ ok: true })
  const opened = JSON.stringify(await story.http('/slack/home', { user: 'aiko' }))
  expect(opened).toContain('Open its message')
  expect(opened).not.toContain('could not be read')
}

/** An alarm rings during planned work, and is told at the end, which comes early. */
async function holdBack(story: Story): Promise<void> {
  await silences(story, 'U0AIKO00001')
  story.cloud.alarms.setAlarmState('ApiLatencyP95Alarm', 'ALARM', 'by hand')
  await story.quiet()
  await pressEnd(story, 'U0AIKO00001')
  await story.forward(1)
  expect(bulletins(story).map(([title]) => title)).toEqual([
    '🔔 Alarms of the price API are announced again',
    '🔔 Alarms of the price API are announced again',
  ])
}

/** A canary is under way when somebody rolls back: it is stopped first. */
async function stopDeployment(story: Story): Promise<void> {
  const { cloud } = story
  const version = cloud.functions.publish(functions.api, { description: '0123abc by Ren Ito: Slow start' })
  const { id } = cloud.deployments.create({ group: cloud.names.deploymentGroups.api, targetVersion: version })
  await story.forward(2)
  // Slack asks the sender to wait.
  story.slack.faults.add({ method: 'chat.postMessage', kind: 'rate-limited', retryAfterSeconds: 20, times: 1 })
  cloud.alarms.setAlarmState('ApiLatencyP95Alarm', 'ALARM', 'by hand')
  await story.quiet()
  await story.press('aiko', 'api', 'Acknowledge')
  await story.press('aiko', 'api', 'Roll back')
  await story.submit('aiko')
  await story.forward(2)
  expect(cloud.deployments.find(id).status).toBe('Stopped')
}

/** The updater is in trouble: the evidence reads how old prices are. */
async function askForPrices(story: Story): Promise<void> {
  story.cloud.alarms.setAlarmState('PricesStaleAlarm', 'ALARM', 'by hand')
  await story.quiet()
  const read = async () => (await story.incident('updater')).evidence?.prices?.map(({ currency }) => currency) ?? []
  // On a busy machine a reading may take longer than it may, and the next minute reads again.
  for (let minute = 0; minute < 3 && (await read()).length === 0; minute += 1) await story.forward(1)
  expect(await read()).toContain('jpy')
}

/** A remedy is applied, although the table is slow at first, and undone. */
async function changeSetting(story: Story): Promise<void> {
  story.cloud.alarms.setAlarmState('ExternalApiErrorAlarm', 'ALARM', 'by hand')
  await story.quiet()
  await story.press('aiko', 'updater', 'Update every 10 min')
  const { prices } = story.cloud.names.tables
  story.cloud.faults.add({
    match: ({ operation, input }) => operation === 'UpdateItem' && input.TableName === prices,
    kind: 'throttle',
    times: 2,
  })
  await story.submit('aiko')
  expect((await story.incident('updater')).remedies).toMatchObject([{ status: 'applied' }])
  await story.press('aiko', 'updater', 'Undo: update every 10 min')
  await story.submit('aiko')
  expect((await story.incident('updater')).remedies).toMatchObject([{ status: 'undone' }])
}

/** Management is asked by mail, which names the person who asked, although SNS is slow at first. */
async function writeMail(story: Story): Promise<void> {
  story.cloud.alarms.setAlarmState('ApiLatencyP95Alarm', 'ALARM', 'by hand')
  await story.quiet()
  await story.press('aiko', 'api', 'Escalate')
  await story.submit('aiko', { reason: 'It grows' })
  await story.press('aiko', 'api', 'Escalate')
  const { faults } = story.cloud
  faults.add({ match: ({ service }) => service === 'sns', kind: 'throttle', times: 6 })
  // The pointer to the page is lost on its way to the sender; whoever saves the incident a minute later hands it over.
  const toSender = `/${names('prod').queues.sender}`
  faults.add({
    match: ({ operation, input }) => operation === 'SendMessage' && String(input.QueueUrl).endsWith(toSender),
    kind: 'error',
    times: 2,
  })
  await story.submit('aiko', { reason: 'It grows on' })
  expect(story.cloud.mailbox.list().map(({ body }) => body)).toEqual([expect.stringContaining('Aiko Tanaka')])
}

/** A leaked key is disabled and proven, replaced by one that is shown; then both are taken back. */
async function replaceLeakedKey(story: Story): Promise<void> {
  await story.play('key-leaked')
  const command = { user: 'aiko', channel: alertsChannel, command: '/incident', text: 'key' }
  expect(await story.http('/slack/command', command)).toMatchObject({ ok: true })
  await story.submit('aiko', { 'What did you see?': 'Their key is in a public repository.' })
  await story.submit('aiko', { 'Key to disable': 'portfolio-widget' })
  await story.forward(1)
  await story.press('aiko', 'api-keys', 'Issue a new API key (portfolio-widget)')
  await story.submit('aiko')
  await story.forward(1)
  const issued = (await story.incident('api-keys')).remedies?.find(({ name }) => name === 'new-key')?.made?.name
  await story.press('aiko', 'api-keys', `Show the new key (${issued})`)
  expect((await story.incident('api-keys')).remedies).toMatchObject([
    { name: 'disable-key', status: 'proven' },
    { name: 'new-key', status: 'proven', shown: { by: 'U0AIKO00001' } },
  ])
  await story.press('aiko', 'api-keys', 'Undo: issue a new API key (portfolio-widget)')
  await story.submit('aiko')
  await story.press('aiko', 'api-keys', 'Undo: disable the API key (portfolio-widget)')
  await story.submit('aiko')
  const { remedies = [] } = await story.incident('api-keys')
  expect(remedies.map(({ name, status }) => [name, status]).toSorted()).toEqual([
    ['disable-key', 'undone'],
    ['new-key', 'undone'],
  ])
  // What was done is written up, with the names of who did it.
  await story.press('aiko', 'api-keys', 'Resolve')
  await story.press('aiko', 'api-keys', 'Postmortem')
  expect((await story.thread('api-keys')).join()).toContain('Aiko Tanaka')
}

/** Calls are refused for lack of room: more is reserved, and given back. */
async function raiseConcurrency(story: Story): Promise<void> {
  await story.play('concurrency')
  await story.press('aiko', 'api', 'Raise the concurrency')
  await story.submit('aiko')
  await story.forward(1)
  expect(story.cloud.functions.reservedConcurrency(functions.api)).toBe(8)
  await story.press('aiko', 'api', 'Undo: raise the concurrency')
  await story.submit('aiko')
  expect(story.cloud.functions.reservedConcurrency(functions.api)).toBe(4)
}

it('no story asks for more than its roles allow', () => {
  expect(guards.flatMap(({ refused }) => refused())).toEqual([])
})

/** What Lambda itself does by a role: logs, traces, messages of its queue, calls that failed for good. */
const byAws = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  // SNS asks for the key of the topic on behalf of whoever publishes.
  'kms:Decrypt',
  'kms:GenerateDataKey',
]
const leftByAws = [functions.updater, bot.sweep]

it.each([...Object.values(bot), functions.api, functions.updater])('%s uses every right that it has', (name) => {
  const used = new Set(guards.flatMap((guard) => guard.used(name)))
  const others = [...byAws, ...(leftByAws.includes(name) ? ['sqs:SendMessage'] : [])]
  const unused = (guards[0]?.granted(name) ?? []).filter((action) => !used.has(action) && !others.includes(action))
  expect(unused).toEqual([])
})

it('the hook has no right but to read a deployment, to try a version, and to answer', () => {
  const allowed = guards[0]?.granted(beforeTraffic).filter((action) => !byAws.includes(action))
  expect(allowed).toEqual([
    'codedeploy:GetDeployment',
    'codedeploy:PutLifecycleEventHookExecutionStatus',
    'lambda:InvokeFunction',
    'sqs:SendMessage',
  ])
})
