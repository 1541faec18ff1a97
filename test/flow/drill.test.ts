import { afterEach, expect, it } from 'vitest'
import { readTables } from '../support/checkpoint.ts'
import { alertsChannel, devChannel, incidentsChannel, type Pressed, type Story, startStory } from '../support/story.ts'
import { whispers } from '../support/trouble.ts'

let story: Story
afterEach(() => story.stop())

const [aiko, dan, eve] = ['U0AIKO00001', 'U0DAN000001', 'U0EVE000001']
const types = async (user: string, text: string) => {
  const answered = await story.http<Pressed>('/slack/command', {
    user,
    channel: alertsChannel,
    command: '/incident',
    text,
  })
  expect(answered.ok).toBe(true)
  await story.quiet()
}
const told = (user: string) => whispers(story, user).at(-1) ?? ''
const opensHome = async (user: string) => JSON.stringify(await story.http('/slack/home', { user }))
const pressesAtHome = async (user: string, button: string) => {
  await opensHome(user)
  expect(await story.http<Pressed>('/slack/click', { user, view: 'home', button })).toMatchObject({ ok: true })
  await story.quiet()
}
/** The fallback texts of everything that stands in a channel, threads included. */
const textsIn = (channel: string) => story.slack.workspace.messages(channel).map(({ text }) => text ?? '')

it('a drill asks on-call, goes up only by hand, sends no mail, and ends by itself', async () => {
  story = await startStory()
  await types(aiko, 'drill')
  expect(told(aiko)).toMatch(/The drill has begun: `drill-20261123T0300/)
  expect(await story.incident('drill')).toMatchObject({ status: 'open', severity: 'High' })
  const root = await story.rootText('drill')
  expect(root).toContain('DRILL · ')
  expect(root).toContain('Rehearsal of an incident, nothing is broken')
  expect(root).toContain('*This is a drill.*')
  expect(root).toContain('please acknowledge')
  expect(root).toContain('*Next:* No escalation by itself: this is a drill.')

  await types(aiko, 'drill')
  expect(told(aiko)).toContain('A drill is on already.')

  await story.press('aiko', 'drill', 'Acknowledge')
  expect((await story.incident('drill')).owner?.user).toBe(aiko)
  for (const level of [2, 3]) {
    await story.press('aiko', 'drill', 'Escalate')
    await story.submit('aiko', { 'Why now': 'We practise it.' })
    expect((await story.incident('drill')).escalation.level).toBe(level)
  }
  expect(textsIn(devChannel).at(-1)).toMatch(/^DRILL · /)
  expect(textsIn(incidentsChannel).length).toBeGreaterThan(0)
  const everything = [alertsChannel, devChannel, incidentsChannel].flatMap(textsIn)
  expect(everything.filter((text) => !text.startsWith('DRILL · '))).toEqual([])
  expect(story.cloud.mailbox.list()).toEqual([])

  await story.forward(31)
  expect(await story.incident('drill')).toMatchObject({ status: 'resolved' })
  expect(await story.incident('drill')).not.toHaveProperty('evidence')
  expect(await story.incident('drill')).not.toHaveProperty('evidenceIsLate')
  expect((await story.incident('drill')).resolved).not.toHaveProperty('by')
  expect(await story.rootText('drill')).toContain('Ended by itself: a drill lasts 30 min at most.')
  const { cloud } = story
  const table = cloud.names.tables.incidents
  const items = (await readTables(cloud.endpoint, [table]))[table] ?? []
  const history = items.filter((item) => item.pk?.S?.startsWith('HISTORY#'))
  expect(JSON.stringify(history)).toContain('"drill":{"BOOL":true}')
  expect(cloud.mailbox.list()).toEqual([])

  // The next one is a new one.
  const first = (await story.incident('drill')).id
  await types(aiko, 'drill')
  expect((await story.incident('drill')).id).not.toBe(first)
}, 240_000)

it('nothing real is changed and no customer is told, whatever a drill is asked', async () => {
  story = await startStory()
  await types(dan, 'drill')
  const { id } = await story.incident('drill')
  const pressed = {
    type: 'block_actions',
    user: { id: dan },
    team: { id: 'T0SANDBOX01' },
    trigger_id: '1.1.1',
    channel: { id: alertsChannel },
    actions: [{ type: 'button', action_id: 'incident.manager.approve', value: JSON.stringify({ i: id }) }],
  }
  await story.signed('/slack/events', pressed)
  await story.quiet()
  expect((await story.incident('drill')).remedies).toBeUndefined()
  expect(await story.rootText('drill')).not.toContain('Roll back')
  const status = await fetch(`${story.addresses.prices}/status`)
  expect(JSON.stringify(await status.json())).not.toContain('drill')
}, 120_000)

it('whoever has no part in it may not start one, from the Home tab as little as by typing', async () => {
  story = await startStory()
  await types(eve, 'drill')
  expect(told(eve)).toContain('Nothing was done: only')
  await pressesAtHome('eve', 'Start a drill')
  expect(story.view(eve)).toContain('Nothing was done: only')
  await expect(story.incident('drill')).rejects.toThrow()
}, 120_000)

it('from the Home tab it begins at one press, and a window says where', async () => {
  story = await startStory()
  await pressesAtHome('aiko', 'Start a drill')
  const { id, reports } = await story.incident('drill')
  expect(reports).toMatchObject([{ kind: 'drill', by: aiko }])
  expect(story.view(aiko)).toContain(`The drill has begun: \`${id}\` in <#${alertsChannel}>.`)
  expect(await story.rootText('drill')).toContain('*This is a drill.*')
  // The Home tab lists it as what it is.
  expect(await opensHome('aiko')).toContain('*DRILL · Rehearsal of an incident, nothing is broken*')
}, 120_000)
