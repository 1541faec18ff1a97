import { afterEach, expect, it } from 'vitest'
import { alertsChannel, api, type Story, startStory } from '../support/story.ts'

let story: Story
afterEach(() => story.stop())

const beginBadDeploy = async () => {
  story = await startStory()
  await story.play('bad-deploy')
}
const liveVersion = () => story.cloud.functions.alias(api).version
const startsOf = () =>
  story.cloud.calls.of('lambda', 'UpdateAlias').filter((call) => JSON.stringify(call.input).includes('"live"')).length

it('ten confirmations of two people at once are one rollback; the others are told who and since when', async () => {
  await beginBadDeploy()
  await story.press('aiko', 'api', 'Roll back')
  await story.press('ben', 'api', 'Roll back')
  const views = ['U0AIKO00001', 'U0BEN000001'].map((user) => {
    const view = story.slack.view(user)
    if (!view) throw new Error(`${user} has no modal open`)
    return { user, view }
  })
  const confirm = ({ user, view }: (typeof views)[number], press: number) =>
    story.signed('/slack/events', {
      type: 'view_submission',
      user: { id: user },
      team: { id: 'T0CRYPTOW01', domain: 'crypto-watch' },
      api_app_id: 'A0CRYPTOW01',
      // Each press is its own: a delivery repeated by Slack would carry the same view.
      view: { ...view, id: `${view.id}-${press}` },
    })
  const answers = await Promise.all([0, 1, 2, 3, 4].flatMap((press) => views.map((view) => confirm(view, press))))
  await story.quiet()

  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
  const refused = answers.filter(({ body }) => body.includes('update'))
  expect(refused).toHaveLength(9)
  const { rollback } = await story.incident('api')
  for (const { body } of refused) {
    expect(body).toContain(`<@${rollback?.by}>`)
    expect(body).toContain(String(Math.floor(Date.parse(rollback?.askedAt ?? '') / 1000)))
  }
  expect(startsOf()).toBe(1)
  expect((await story.incident('api')).timeline.filter(({ what }) => what === 'rollback-asked')).toMatchObject([
    { times: 1 },
  ])
})

it('the same press delivered twice asks once', async () => {
  await beginBadDeploy()
  await story.press('aiko', 'api', 'Roll back')
  const view = story.slack.view('U0AIKO00001')
  const payload = {
    type: 'view_submission',
    user: { id: 'U0AIKO00001' },
    team: { id: 'T0CRYPTOW01', domain: 'crypto-watch' },
    api_app_id: 'A0CRYPTOW01',
    view,
  }
  const first = await story.signed('/slack/events', payload)
  const second = await story.signed('/slack/events', payload)
  expect([first, second]).toEqual([
    { status: 200, body: '' },
    { status: 200, body: '' },
  ])
  await story.quiet()
  expect(startsOf()).toBe(1)
})

it('an alias that somebody has moved since the modal was filled is left where it is', async () => {
  await beginBadDeploy()
  await story.press('aiko', 'api', 'Roll back')
  story.cloud.functions.updateAlias(api, { version: '40' })
  const answer = await story.submit('aiko')
  expect(answer).toMatchObject({ response_action: 'update' })
  expect(story.view('U0AIKO00001')).toContain(
    'Somebody changed where `crypto-watch-api-function` points since you looked',
  )
  expect(story.view('U0AIKO00001')).toContain('v40')
  await story.forward(1)
  expect(liveVersion()).toBe('40')
  expect((await story.incident('api')).rollback).toBeUndefined()
})

it('an alias that moves after the click is protected by its RevisionId, and the thread says so', async () => {
  await beginBadDeploy()
  await story.press('aiko', 'api', 'Roll back')
  // The worker reads the alias, then somebody else moves it before the worker does.
  story.cloud.faults.add({
    match: ({ operation }) => {
      if (operation !== 'UpdateAlias') return false
      if (liveVersion() === '42') story.cloud.functions.updateAlias(api, { version: '40' })
      return false
    },
    kind: 'error',
  })
  await story.submit('aiko')
  expect(liveVersion()).toBe('40')
  expect((await story.thread('api')).join('\n')).toContain('Somebody changed where')
  expect((await story.incident('api')).rollback).toBeUndefined()
})

it('a target that has been deleted is refused with its sentence', async () => {
  await beginBadDeploy()
  await story.press('aiko', 'api', 'Roll back')
  story.cloud.functions.deleteVersion(api, '41')
  await story.submit('aiko')
  expect(liveVersion()).toBe('42')
  expect((await story.thread('api')).join('\n')).toMatch(/v41.*(deleted|no longer|exist)/i)
})

it('a missing target is told in the modal, which then has nothing to confirm', async () => {
  await beginBadDeploy()
  for (const version of ['41', '40', '39', '38']) story.cloud.functions.deleteVersion(api, version)
  await story.press('aiko', 'api', 'Roll back')
  const view = story.view('U0AIKO00001')
  expect(view).toContain('v41')
  expect(view).toContain('"submit":null')
})

it('a target that is served already is refused', async () => {
  await beginBadDeploy()
  await story.press('aiko', 'api', 'Roll back')
  story.cloud.functions.updateAlias(api, { version: '41' })
  await story.submit('aiko')
  expect(story.view('U0AIKO00001')).toMatch(/already/i)
  expect(startsOf()).toBe(0)
})

it('a person outside the groups is told, alone, and nothing happens', async () => {
  await beginBadDeploy()
  const before = await story.incident('api')
  for (const button of ['Acknowledge', 'Roll back', 'Escalate', 'Resolve']) {
    const answer = await story.press('eve', 'api', button)
    expect(answer.ephemeral?.join(' '), button).toMatch(/<!subteam\^S0ONCALL001>/)
  }
  expect(await story.incident('api')).toEqual(before)
  expect(story.slack.view('U0EVE000001')).toBeUndefined()
})

it('a manager may take over and escalate, but not roll back', async () => {
  await beginBadDeploy()
  expect((await story.press('dan', 'api', 'Roll back')).ephemeral).toHaveLength(1)
  expect((await story.press('dan', 'api', 'Acknowledge')).ephemeral).toEqual([])
  expect((await story.incident('api')).owner?.user).toBe('U0DAN000001')
})

it('a button of an older drawing still acknowledges; Resolve under a running rollback says why not', async () => {
  await beginBadDeploy()
  const [root] = story.slack.workspace.messages(alertsChannel)
  const acknowledge = JSON.stringify(root).match(
    /"value":"(\{[^}]*\})","style":"primary","action_id":"incident.acknowledge"/,
  )
  expect(acknowledge).not.toBeNull()
  await story.press('aiko', 'api', 'Roll back')
  await story.submit('aiko')
  const stale = (id: string) => ({
    type: 'block_actions',
    user: { id: 'U0BEN000001' },
    team: { id: 'T0CRYPTOW01', domain: 'crypto-watch' },
    api_app_id: 'A0CRYPTOW01',
    channel: { id: alertsChannel, name: 'crypto-watch-alerts' },
    trigger_id: '1.1.stale',
    actions: [
      {
        type: 'button',
        action_id: id,
        block_id: 'incident.buttons',
        value: JSON.parse(`"${acknowledge?.[1]}"`),
        action_ts: '1',
      },
    ],
  })
  expect((await story.signed('/slack/events', stale('incident.resolve'))).status).toBe(200)
  expect((await story.signed('/slack/events', stale('incident.acknowledge'))).status).toBe(200)
  await story.quiet()
  const told = story.slack.workspace.ephemerals('U0BEN000001').map((message) => message.text)
  expect(told).toHaveLength(2)
  expect(told[0]).toMatch(/roll/i)
  expect(told[1]).toContain('<@U0AIKO00001>')
  expect((await story.incident('api')).status).not.toBe('resolved')
})
