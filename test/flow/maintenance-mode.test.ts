import { afterEach, expect, it } from 'vitest'
import { maintenanceIn, manager } from '../support/maintenance.ts'
import { jargonIn } from '../support/plain-words.ts'
import { settingsBy } from '../support/remedies.ts'
import { devChannel, incidentsChannel, type Story, startStory } from '../support/story.ts'
import { textsIn } from '../support/trouble.ts'

let story: Story
let actors: ReturnType<typeof maintenanceIn>
let settings: ReturnType<typeof settingsBy>
afterEach(async () => {
  settings.close()
  await story.stop()
})

const begin = async (scenario: string) => {
  story = await startStory()
  settings = settingsBy(story)
  actors = maintenanceIn(story)
  await story.play(scenario)
}
const remedyOf = async (service: string) =>
  (await story.incident(service)).remedies?.find(({ name }) => name === 'maintenance-mode')
const pages = () => [...textsIn(story, devChannel), ...textsIn(story, incidentsChannel)].length
const until = async (isSo: () => Promise<boolean>, atMost: number) => {
  for (let minute = 0; minute < atMost && !(await isSo()); minute += 1) await story.forward(1)
  expect(await isSo()).toBe(true)
}
const rings = async (name: string) => (await story.state()).alarms[name] === 'ALARM'
const gateway = 'ApiGateway5xxAlarm'

it('of the price source: approved, told to everybody, nobody woken by what it causes, lifted, answered again', async () => {
  await begin('upstream-down')
  await actors.goesToManagers('updater')
  const { length: asked } = story.rootMessages()
  const paged = pages()

  await actors.pressOnPage('dan', 'Approve maintenance mode')
  const modal = story.view(manager)
  expect(modal).toContain('The price API stops answering prices.')
  expect(
    jargonIn(modal.replace(/"(action_id|block_id|callback_id|value|private_metadata)":"[^"]*"/g, ''), 'en'),
  ).toEqual([])
  expect(await story.submit('dan', { minutes: '2 hours' })).toMatchObject({ ok: true })
  const { id, owner } = await story.incident('updater')
  expect(owner?.user).not.toBe(manager)
  expect(await settings.read()).toMatchObject({ maintenance: { incident: id } })

  await story.forward(1)
  const refused = await actors.asks()
  expect(refused.status).toBe(503)
  expect(Number(refused.headers.get('retry-after'))).toBe(3600)
  expect(await refused.json()).toMatchObject({
    type: 'urn:crypto-watch:problem:maintenance',
    incident: id,
    detail: expect.stringContaining('We expect it back by 2026-11-23 05:'),
  })
  expect((await actors.asks('/health')).status).toBe(200)
  expect(await actors.status()).toMatchObject({
    status: 'disrupted',
    summary: 'No prices are served, because the service is in maintenance.',
    maintenance: { expectedUntil: expect.stringContaining('T05:') },
  })
  expect(await actors.statusPage('ja')).toContain('価格の提供を一時的に停止しています。')
  for (const language of ['en', 'ja'] as const) {
    const page = (await actors.statusPage(language)).replace(/<style>.*<\/style>/s, '').replace(/<code>.*<\/code>/g, '')
    expect(jargonIn(page, language)).toEqual([])
  }
  expect((await remedyOf('updater'))?.status).toBe('proven')
  expect(await story.rootText('updater')).toContain('the price API answers that it is in maintenance')

  // The refusals ring the alarm of the API; it has its reason.
  await until(() => rings(gateway), 6)
  await story.forward(12)
  expect((await story.state()).incidents.map(({ service }) => service)).toEqual(['updater'])
  expect(await story.rootText('updater')).toContain('maintenance mode is on, so the API answers no prices')
  expect(story.rootMessages()).toHaveLength(asked)
  expect(pages()).toBe(paged)
  expect((await story.press('aiko', 'updater', 'Lift maintenance mode')).ok).toBe(true)
  expect(story.view('U0AIKO00001')).toContain('The price API answers prices again within some seconds.')

  await story.http('/scenarios/calm', {})
  await story.submit('aiko')
  expect(await settings.read()).not.toHaveProperty('maintenance')
  await story.forward(1)
  expect((await actors.asks()).status).toBe(200)
  await until(async () => (await story.incident('updater')).status === 'resolved', 30)
  expect((await story.thread('updater')).join('\n')).toContain('The price API answers prices again')
  expect(await remedyOf('updater')).toMatchObject({ status: 'undone', answersAgain: 'proven' })
  expect(await actors.status()).not.toHaveProperty('maintenance')
  expect((await story.state()).incidents).toHaveLength(1)
  expect(pages()).toBe(paged)
}, 120_000)

it('of the API itself: no rollback and no end while it is on, nobody is paged when it is lifted', async () => {
  await begin('bad-deploy')
  await actors.goesToManagers('api')
  const paged = pages()
  await actors.approves()
  await story.forward(8)
  expect(pages()).toBe(paged)
  expect(await story.rootText('api')).not.toContain('"text":"Roll back"')
  expect(await story.rootText('api')).not.toContain('"text":"Resolve"')
  const answers = await story.signed('/slack/events', {
    type: 'block_actions',
    user: { id: 'U0AIKO00001' },
    team: { id: 'T0CRYPTOW01', domain: 'crypto-watch' },
    trigger_id: 'x',
    channel: { id: 'C0ALERTS001' },
    actions: [
      {
        type: 'button',
        action_id: 'incident.resolve',
        value: JSON.stringify({ i: (await story.incident('api')).id, s: 'acknowledged' }),
      },
    ],
  })
  await story.quiet()
  expect(answers.status).toBe(200)
  expect((await story.incident('api')).status).not.toBe('resolved')

  await story.http('/scenarios/calm', {})
  await story.forward(10)
  expect((await story.incident('api')).status).not.toBe('resolved')
  await actors.lifts('dan', 'api')
  await until(async () => (await story.incident('api')).status === 'resolved', 20)
  expect((await actors.asks()).status).toBe(200)
  expect((await story.state()).incidents).toHaveLength(1)
  expect(pages()).toBe(paged)
}, 120_000)

it('who is no manager may not, and is told who may; who works on it may lift it', async () => {
  await begin('bad-deploy')
  await actors.goesToManagers('api')
  const refused = await actors.pressOnPage('aiko', 'Approve maintenance mode')
  expect(refused.ephemeral?.join()).toContain('Nothing was done: only <!subteam^S0MANAGER01> may do this.')
  expect((await actors.pressOnPage('eve', 'Tell customers')).ephemeral?.join()).toContain('S0MANAGER01')
  expect(await settings.read()).toEqual({})
  await actors.approves()
  expect((await story.press('eve', 'api', 'Lift maintenance mode')).ephemeral?.join()).toContain(
    'Nothing was done: only',
  )
  await actors.lifts('ben', 'api')
  expect((await remedyOf('api'))?.status).toBe('undone')
})

it('confirmed twice and by two managers at once, it is turned on once', async () => {
  await begin('bad-deploy')
  await actors.goesToManagers('api')
  await actors.pressOnPage('dan', 'Approve maintenance mode')
  const twice = await Promise.all([story.submit('dan'), actors.confirmsAgain(manager)])
  await story.quiet()
  expect(twice[1]).toEqual({ status: 200, body: '' })
  const { timeline } = await story.incident('api')
  expect(timeline.filter(({ what }) => what === 'remedy-asked')).toMatchObject([{ times: 1, by: manager }])
  // The card has nothing to approve any more.
  expect(await actors.pressOnPage('dan', 'Approve maintenance mode')).toMatchObject({ ok: false })
})

it('what an operator has taken away by hand can be told so, and blocks the incident no longer', async () => {
  await begin('bad-deploy')
  await actors.goesToManagers('api')
  await actors.approves()
  await settings.remove('maintenance')
  await actors.lifts('dan', 'api')
  expect((await remedyOf('api'))?.status).toBe('overtaken')
  await story.press('aiko', 'api', 'Resolve')
  expect((await story.incident('api')).status).toBe('resolved')
})
