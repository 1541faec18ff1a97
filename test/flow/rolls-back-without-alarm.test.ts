import { afterEach, expect, it } from 'vitest'
import { alertsChannel, api, type Pressed, type Story, startStory } from '../support/story.ts'

let story: Story
afterEach(() => story.stop())

const aiko = 'U0AIKO00001'
const type = (user: string, text: string) =>
  story.http<Pressed>('/slack/command', { user, channel: alertsChannel, command: '/incident', text })
const report = (values: Record<string, string>) =>
  story.submit('aiko', { 'What did you see?': 'Bitcoin is ten times too dear since the last deployment.', ...values })

/** A version that answers wrongly, without a single error, and no alarm. */
async function deployQuietly() {
  const { cloud } = story
  const version = cloud.functions.publish(api, { description: '0badc0d by Ren Ito: Round prices' })
  cloud.deployments.create({ group: cloud.names.deploymentGroups.api, targetVersion: version })
  await story.forward(8)
  expect((await story.state()).incidents).toEqual([])
  return version
}

it('wrong data and no alarm: recorded, rolled back with its proof, and open until a person says that it is cured', async () => {
  story = await startStory()
  const bad = await deployQuietly()
  expect(await type('aiko', 'rollback')).toMatchObject({ ok: true })
  expect(story.view(aiko)).toContain('For what no alarm sees.')

  await report({ 'What is wrong': 'Wrong data or behaviour', 'Which function': 'Price API' })
  const modal = story.view(aiko)
  expect(modal).toContain(`*Change:* v${bad} → v${Number(bad) - 1}`)
  expect(modal).toContain('Ren Ito')
  // No number of the runbook is met, and that is what a person is told before pressing.
  expect(modal).toContain('criteria')
  expect(modal).not.toContain('before the alarm')
  expect(await story.rootText('api')).toContain('The service answers wrongly')
  expect(await story.rootText('api')).toContain('Bitcoin is ten times too dear since the last deployment.')
  expect(await story.rootText('api')).not.toContain('before the alarm')

  await story.submit('aiko')
  await story.forward(6)
  const incident = await story.incident('api')
  expect(incident.rollback).toMatchObject({ status: 'helped', from: bad })
  expect((await story.state()).aliases[api]).toMatchObject({ version: String(Number(bad) - 1) })
  expect(incident.status).toBe('acknowledged')
  expect(await story.rootText('api')).toContain('Whether this cures what was reported, a person has to check.')

  await story.forward(20)
  expect((await story.incident('api')).status).toBe('acknowledged')
  await story.press('aiko', 'api', 'Resolve')
  expect(await story.incident('api')).toMatchObject({ status: 'resolved', resolved: { by: aiko } })
})

it.each([
  ['4 % of the calls fail', { errorRate: 0.04 }, /✓ met: errors [34](\.\d)? % of [\d,]+ calls/],
  ['p95 is twice what it was', { extraLatencyMs: 150 }, /✓ met: p95 0\.2\d* s, it was 0\.077 s/],
] as const)('%s, which is under every limit: the modal says that the runbook advises it', async (_, trouble, told) => {
  story = await startStory()
  const { traffic, functions } = story.cloud
  traffic.setRequestsPerMinute(300)
  await deployQuietly()
  functions.setBehaviour(api, 'every', trouble)
  await story.forward(4)
  expect((await story.state()).incidents).toEqual([])
  await type('aiko', 'rollback')
  await report({ 'What is wrong': 'Wrong data or behaviour', 'Which function': 'Price API' })
  expect(story.view(aiko)).toMatch(told)
})

it('while an alarm has an incident open, what is reported joins it and its thread', async () => {
  story = await startStory()
  await story.play('bad-deploy')
  await type('ben', 'rollback')
  expect(story.view('U0BEN000001')).toContain('of this service is open; what you write joins it.')
  await story.submit('ben', {
    'What did you see?': 'A customer shows us prices of yesterday.',
    'What is wrong': 'A security problem',
    'Which function': 'Price API',
  })
  const incident = await story.incident('api')
  expect(incident.reports).toMatchObject([{ kind: 'security', by: 'U0BEN000001' }])
  expect(Object.keys(incident.alarms)).toContain('LambdaErrorAlarm')
  expect((await story.thread('api')).join('\n')).toContain('A customer shows us prices of yesterday.')
  expect(story.view('U0BEN000001')).toContain('v42 → v41')
  expect((await story.state()).incidents).toHaveLength(1)
})

it('the help lists what there is, and what is not is told with it', async () => {
  story = await startStory()
  expect((await type('aiko', 'help')).ephemeral?.join()).toContain('*/incident rollback*')
  expect((await type('aiko', 'restart <!channel>')).ephemeral?.join()).toContain(
    'There is no “restart &lt;!channel&gt;”.',
  )
  // Japanese for whoever reads it.
  expect((await type('yui', 'help')).ephemeral?.join()).toContain('この一覧')
})
