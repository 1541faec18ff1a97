import { afterEach, expect, it } from 'vitest'
import { systemWall } from '../../common/clock.ts'
import { runAudit } from '../support/audit-process.ts'
import { alertsChannel, type Story, startStory } from '../support/story.ts'

let story: Story
afterEach(() => story.stop())

const [aiko, ben, chie] = ['U0AIKO00001', 'U0BEN000001', 'U0CHIE00001']

it('what people press from the alarm to the last action item comes out by name, with before and after, and is in the thread', async () => {
  // The command asks the clock of the machine for the last 30 days.
  story = await startStory({ start: systemWall.now() })
  await story.play('bad-deploy')
  await story.press('aiko', 'api', 'Acknowledge')
  await story.press('ben', 'api', 'Customer report +1')
  await story.press('ben', 'api', 'Take over')
  await story.press('ben', 'api', 'Roll back')
  await story.submit('ben')
  await story.forward(10)
  await story.press('chie', 'api', 'Postmortem')
  const { id, message } = await story.incident('api')
  const { ts } = story.slack.workspace
    .replies(alertsChannel, message?.ts ?? '')
    .filter((reply) => JSON.stringify(reply).includes('*Action items*'))[0] ?? { ts: '' }
  await story.http('/slack/click', { user: 'aiko', channel: alertsChannel, ts, button: 'Add action item' })
  await story.submit('aiko', { what: 'Test every price with two digits' })
  await story.http('/slack/click', { user: 'ben', channel: alertsChannel, ts, button: 'Done' })
  await story.forward(2)
  expect(await story.incident('api')).toMatchObject({ archived: true, pending: [] })

  const { code, lines, notes } = await runAudit(story.cloud.endpoint, '--stage', 'prod')
  expect([code, notes]).toEqual([0, []])
  expect(new Set(lines.map(({ incident }) => incident))).toEqual(new Set([id]))
  expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted())
  const byPeople = lines.filter(({ who }) => who !== 'bot' && who !== 'aws')
  expect(byPeople.map(({ who, name, action, before, after }) => [who, name, action, before, after])).toEqual([
    [aiko, 'Aiko Tanaka', 'acknowledged', { status: 'open' }, { status: 'acknowledged', owner: aiko }],
    [ben, 'Ben Ortiz', 'customer-reported', {}, { complaints: 1 }],
    [ben, 'Ben Ortiz', 'taken-over', { owner: aiko }, { owner: ben }],
    [ben, 'Ben Ortiz', 'rollback-asked', {}, { rollback: 'requested v42 → v41' }],
    [chie, 'Chie Mori', 'postmortem-asked', {}, { postmortemAskedAt: expect.any(String) }],
    [aiko, 'Aiko Tanaka', 'action-item-added', {}, { actionItems: '0 of 1 done' }],
    [ben, 'Ben Ortiz', 'action-item-ticked', { actionItems: '0 of 1 done' }, { actionItems: '1 of 1 done' }],
  ])
  // What the bot and AWS did about it stands between, up to the end.
  expect(lines.map(({ who, action, after }) => [who, action, after])).toContainEqual([
    'bot',
    'minute-passed',
    { status: 'resolved' },
  ])

  const thread = await story.thread('api')
  const told = [
    `<@${aiko}> acknowledged`,
    `<@${ben}> counted one more report from a customer: 0 → 1.`,
    `<@${ben}> took it over from <@${aiko}>`,
    `<@${ben}> asked to roll back`,
    `asked for by <@${chie}>`,
    `<@${aiko}> added an action item: Test every price with two digits`,
    `✓ <@${ben}> marked this action item as done: Test every price with two digits`,
  ]
  expect(told.filter((text) => thread.filter((reply) => reply.includes(text)).length !== 1)).toEqual([])
}, 120_000)
