import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { impactOf } from '../../bot/incident/impact.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import { noon } from '../support/builders.ts'
import type { Checkpoint } from '../support/checkpoint.ts'
import { alertsChannel, type Story, startStory } from '../support/story.ts'

let story: Story
/** A bad deployment was rolled back by Aiko, and it is over. */
let over: Checkpoint
afterEach(() => story.stop())

beforeAll(async () => {
  const begun = await startStory({ start: new Date(noon) })
  await begun.play('bad-deploy')
  await begun.forward(1)
  await begun.press('aiko', 'api', 'Acknowledge')
  await begun.press('aiko', 'api', 'Roll back')
  await begun.submit('aiko')
  await begun.forward(10)
  over = await begun.checkpoint()
  await begun.stop()
}, 120_000)

const begin = async () => {
  story = await startStory({ from: over })
}

/** Messages in the thread of an incident that hold this text, as they stand now. */
async function inThread({ message }: Pick<Incident, 'message'>, text: string) {
  const replies = story.slack.workspace.replies(alertsChannel, message?.ts ?? '')
  return replies.map((reply) => ({ ts: reply.ts, text: textOf(reply) })).filter((reply) => reply.text.includes(text))
}
const textOf = (message: object): string => JSON.stringify(message).replaceAll('\\n', '\n').replaceAll('\\"', '"')

const actionsOf = async (incident: Incident) => {
  const [card, ...others] = await inThread(incident, '*Action items*')
  expect(others).toEqual([])
  if (!card) throw new Error('The action items are not up')
  return card
}
const pressUnder = async (user: string, incident: Incident, button: string) => {
  const { ts } = await actionsOf(incident)
  const answer = await story.http('/slack/click', { user, channel: alertsChannel, ts, button })
  await story.quiet()
  return answer
}

describe('a developer presses Postmortem when it is over', () => {
  it('the draft is in the thread, with the numbers of the record and a row for each entry of the timeline', async () => {
    await begin()
    expect(await story.press('chie', 'api', 'Postmortem')).toMatchObject({ ok: true, ephemeral: [] })
    const incident = await story.incident('api')
    expect(incident).toMatchObject({ status: 'resolved', postmortem: { by: 'U0CHIE00001', actions: [] } })

    const [draft, ...others] = await inThread(incident, '# Postmortem: API errors')
    expect(others).toEqual([])
    const { requests } = impactOf(incident)
    expect(requests?.failed).toBeGreaterThan(0)
    expect(draft?.text).toContain(`${requests?.failed} of ${requests?.total} requests failed`)
    expect(draft?.text).toContain('From the alarm to the first who took it: 1 min')
    const { from, to, proof } = incident.rollback ?? {}
    expect(draft?.text).toContain(
      `Rolled back v${from} → v${to} by Aiko Tanaka, errors ${proof?.before?.toFixed(1)} % → 0 %`,
    )
    const rows = draft?.text.match(/^\| 2026-.*\|$/gm) ?? []
    expect(rows.map((row) => row.slice(2, 21))).toEqual(
      incident.timeline.map(({ at }) => `${at.slice(0, 10)} ${at.slice(11, 19)}`),
    )
    expect(rows.at(-1)).toBe('| 2026-11-23 03:23:00 | 2026-11-23 12:23:00 | Postmortem asked for | Chie Mori | 1 |')
    // The button has done what it was there for, and the action items stand below the draft.
    expect(await story.rootText('api')).not.toContain('"text":"Postmortem"')
    expect(Number((await actionsOf(incident)).ts)).toBeGreaterThan(Number(draft?.ts))
  })

  it('pressed by two people at once, there is one draft, and the second learns who was first', async () => {
    await begin()
    const { message } = await story.incident('api')
    const click = (user: string) =>
      story.http('/slack/click', { user, channel: alertsChannel, ts: message?.ts, button: 'Postmortem' })
    const answers = await Promise.all([click('aiko'), click('ben')])
    await story.quiet()
    expect(await inThread({ message }, '# Postmortem')).toHaveLength(1)
    expect(await inThread({ message }, '*Action items*')).toHaveLength(1)
    const told = answers.flatMap(({ ephemeral }) => ephemeral ?? [])
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(/asked for the postmortem, .*The draft is in the thread\./)
  })

  it('a visitor may not, and is told who may', async () => {
    await begin()
    const before = await story.incident('api')
    const { ephemeral } = await story.press('eve', 'api', 'Postmortem')
    expect(ephemeral?.join()).toContain('<!subteam^S0DEVELOP01>')
    expect((await story.incident('api')).postmortem).toBeUndefined()
    expect(await inThread(before, '# Postmortem')).toEqual([])
  })
})

describe('action items are followed', () => {
  it('added, given to somebody, done, and not done after all, in one message that is edited', async () => {
    await begin()
    await story.press('chie', 'api', 'Postmortem')
    const incident = await story.incident('api')
    await pressUnder('aiko', incident, 'Add action item')
    const bad = await story.submit('aiko', { what: 'Test every price with two digits', due: 'next week' })
    expect(bad).toMatchObject({
      ok: false,
      response_action: 'errors',
      errors: { due: expect.stringContaining('2026-12-01') },
    })
    await story.submit('aiko', { what: 'Test every price with two digits', who: 'chie', due: '2026-12-01' })

    const open = await actionsOf(incident)
    expect(open.text).toContain('0 of 1 done')
    expect(open.text).toContain('☐ Test every price with two digits\n<@U0CHIE00001> · by 2026-12-01')
    expect(await inThread(incident, '<@U0CHIE00001> <@U0AIKO00001> gave you an action item')).toHaveLength(1)

    expect(await pressUnder('chie', incident, '完了にする')).toMatchObject({ ok: false })
    await pressUnder('chie', incident, 'Done')
    const done = await actionsOf(incident)
    expect(done.ts).toBe(open.ts)
    expect(done.text).toContain('1 of 1 done')
    expect(done.text).toContain('done by <@U0CHIE00001>')
    await pressUnder('ben', incident, 'Undo')
    expect((await actionsOf(incident)).text).toContain('0 of 1 done')

    await story.forward(2)
    expect(await story.incident('api')).toMatchObject({ archived: true, pending: [] })
  })

  it('after the next incident of the service has begun the old items can still be ticked, by those who may', async () => {
    await begin()
    await story.press('chie', 'api', 'Postmortem')
    const old = await story.incident('api')
    await pressUnder('aiko', old, 'Add action item')
    await story.submit('aiko', { what: 'Alarm at 3 %' })
    await story.forward(35)
    await story.play('bad-deploy')
    const next = await story.incident('api')
    expect(next.id).not.toBe(old.id)

    const { ephemeral } = await pressUnder('eve', old, 'Done')
    expect(ephemeral?.join()).toContain('<!subteam^S0DEVELOP01>')
    expect((await actionsOf(old)).text).toContain('0 of 1 done')
    await pressUnder('chie', old, 'Done')
    expect((await actionsOf(old)).text).toContain('1 of 1 done')
    await story.forward(2)
    const kept = (await story.incidents.all()).find(({ id }) => id === old.id)
    expect(kept).toMatchObject({ archived: true, pending: [], postmortem: { actions: [{ text: 'Alarm at 3 %' }] } })
    expect(kept?.postmortem?.actions[0]?.done).toMatchObject({ by: 'U0CHIE00001' })
    expect((await story.incident('api')).postmortem).toBeUndefined()
  })
})

it('in a workspace that reads Japanese the draft is Japanese', async () => {
  story = await startStory({ from: over, env: { SLACK_LANGUAGE: 'ja' } })
  await story.press('aiko', 'api', 'Postmortem')
  const incident = await story.incident('api')
  const [draft] = await inThread(incident, '# ポストモーテム：APIのエラー率')
  for (const line of ['## 根本原因', '2026-11-23 12:13:00 | 確認して対応を開始 |', '- アラームから解決まで：7分'])
    expect(draft?.text).toContain(line)
})
