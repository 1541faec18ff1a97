import { afterEach, expect, it } from 'vitest'
import { alertsChannel, type Pressed, type Story, startStory } from '../support/story.ts'
import { ring, whispers } from '../support/trouble.ts'

let story: Story
afterEach(() => story.stop())

const [aiko, ben, eve] = ['U0AIKO00001', 'U0BEN000001', 'U0EVE000001']
const types = (user: string, text: string) =>
  story.http<Pressed>('/slack/command', { user, channel: alertsChannel, command: '/incident', text })
const wrong = 'Invoices <!channel> show *old* rates'
const fills = (user: string, service: string, severity?: string) =>
  story.submit(user, {
    'What is wrong': wrong,
    'What it is about': service,
    ...(severity !== undefined && { 'How grave it is': severity }),
  })

it('what no alarm saw: typed, named by what was written, owned by who wrote it, ended by a person', async () => {
  story = await startStory()
  await types('aiko', 'new')
  expect(story.view(aiko)).toContain('For what no alarm saw.')
  await fills('aiko', 'Something else')
  expect(story.view(aiko)).toContain('Recorded as `other-20261123T0300')
  expect(await story.incident('other')).toMatchObject({
    severity: 'High',
    status: 'acknowledged',
    owner: { user: aiko },
    reports: [{ kind: 'other', text: wrong, severity: 'High' }],
  })
  const root = await story.rootText('other')
  expect(root).toContain('🟠 Invoices ‹!channel› show *old* rates')
  expect(root).toContain('Invoices &lt;!channel&gt; show *old* rates')
  expect(root).not.toContain('<!channel>')
  await story.forward(8)
  expect((await story.incident('other')).status).toBe('acknowledged')
  await story.press('aiko', 'other', 'Resolve')
  expect((await story.incident('other')).status).toBe('resolved')
}, 120_000)

it('customers read the neutral sentence of the service, and never what was written', async () => {
  story = await startStory()
  await types('ben', 'new')
  await fills('ben', 'Price updater', 'Critical: customers get no prices')
  expect(await story.incident('updater')).toMatchObject({ severity: 'Critical', owner: { user: ben } })
  const told = JSON.stringify(await (await fetch(`${story.addresses.prices}/status`)).json())
  expect(told).not.toContain('Invoices')
  if (!told.includes('"unknown"')) expect(told).toContain('Prices may be older than usual.')
}, 120_000)

it('it joins the open incident of its service, and whoever has that keeps it', async () => {
  story = await startStory()
  await story.play('bad-deploy')
  await story.press('aiko', 'api', 'Acknowledge')
  const { id } = await story.incident('api')
  await types('ben', 'new')
  await fills('ben', 'Price API', 'Low: nobody needs to be woken')
  expect(story.view(ben)).toContain(`It joined \`${id}\``)
  expect(await story.incident('api')).toMatchObject({ id, severity: 'Critical', owner: { user: aiko } })
  expect((await story.thread('api')).join('\n')).toContain('reported: A problem that no alarm sees')
}, 120_000)

it('whoever has no part in it may not, and an alarm that is called like a service of ours is none of it', async () => {
  story = await startStory()
  await types('eve', 'new')
  expect(whispers(story, eve).at(-1)).toContain('Nothing was done: only')
  await ring(story, 'other')
  expect(await story.incident('alarm-other')).toMatchObject({ status: 'open' })
}, 120_000)
