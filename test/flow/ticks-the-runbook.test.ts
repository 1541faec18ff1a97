import { afterEach, expect, it } from 'vitest'
import { type Pressed, type Story, startStory } from '../support/story.ts'

let story: Story
afterEach(() => story.stop())

const aiko = 'U0AIKO00001'
const eve = 'U0EVE000001'
/** Presses a button in the modal that a person has open; of several that read the same, the first. */
const pressInModal = async (user: string, step: string) => {
  const answer = await story.http<Pressed>('/slack/click', {
    user,
    view: true,
    block_id: blockOf(user, step),
    action_id: `incident.step.${step}`,
  })
  await story.quiet()
  return answer
}
const blockOf = (user: string, step: string): string => {
  const blocks = (story.slack.view(user) as { blocks: { block_id: string; accessory?: { action_id: string } }[] })
    .blocks
  const found = blocks.find(({ accessory }) => accessory?.action_id === `incident.step.${step}`)
  if (!found) throw new Error(`The modal of ${user} has no step ${step}`)
  return found.block_id
}

it('a step is ticked by whoever did it: in the modal, in the message, in the thread and in the timeline', async () => {
  story = await startStory()
  await story.play('bad-deploy')
  await story.press('aiko', 'api', 'Runbook')
  expect(await pressInModal(aiko, 'LambdaErrorAlarm/first/0')).toMatchObject({ ok: true })
  expect(story.view(aiko)).toContain(`✓ <@${aiko}>,`)
  expect(await story.rootText('api')).toContain('*Runbook:* 1 step done.')
  expect((await story.thread('api')).join('\n')).toContain(`✓ <@${aiko}> did this of the runbook:`)

  // Anybody may, also who may press nothing else, and the next reader sees what is done.
  await story.press('eve', 'api', 'Runbook')
  expect(story.view(eve)).toContain(`✓ <@${aiko}>,`)
  await pressInModal(eve, 'LambdaErrorAlarm/first/1')
  expect(await story.rootText('api')).toContain('*Runbook:* 2 steps done.')
  await pressInModal(eve, 'LambdaErrorAlarm/first/0')
  expect(await story.rootText('api')).toContain('*Runbook:* 1 step done.')

  const { steps, timeline } = await story.incident('api')
  expect(steps).toMatchObject([{ step: 'LambdaErrorAlarm/first/1', by: eve }])
  expect(
    timeline.filter(({ what }) => what.startsWith('step')).map(({ what, by, about }) => [what, by, about]),
  ).toEqual([
    ['step-done', aiko, 'LambdaErrorAlarm/first/0'],
    ['step-done', eve, 'LambdaErrorAlarm/first/1'],
    ['step-undone', eve, 'LambdaErrorAlarm/first/0'],
  ])
})

it('customers are counted by a press, and the third takes it to the developers', async () => {
  story = await startStory()
  story.cloud.alarms.setAlarmState('ApiGateway5xxAlarm', 'ALARM', 'by hand')
  await story.quiet()
  await story.press('aiko', 'api', 'Acknowledge')
  for (const times of ['once', '2 times', '3 times']) {
    await story.press('aiko', 'api', 'Customer report +1')
    expect(await story.rootText('api')).toContain(`*Told by customers:* ${times}, last`)
  }
  const { escalation } = await story.incident('api')
  expect(escalation).toMatchObject({ level: 2, why: 'customers-complain' })
  expect((await story.thread('api')).join('\n')).toContain('Escalated to the developers: 3 customers have told of it.')
})
