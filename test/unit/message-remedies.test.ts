import { describe, expect, it } from 'vitest'
import type { Incident } from '../../bot/incident/incident.ts'
import type { RemedyRecord, RemedySay } from '../../bot/incident/remedy.ts'
import { readPress } from '../../bot/message/button-press.ts'
import { readRemedyPress } from '../../bot/message/remedy-buttons.ts'
import { remedyModal, undoModal } from '../../bot/message/remedy-modal.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import { threadReply } from '../../bot/message/thread-reply.ts'
import { remedies } from '../../bot/remedy/remedies.ts'
import { readMessageBlocks } from '../../sandbox/slack/validate-blocks.ts'
import { aLook, anAlarm, aPriceIncident, byName, later, quiet } from '../support/builders.ts'
import { aPlan } from '../support/remedy-builders.ts'
import { buttonsOf, linesOf } from '../support/seen.ts'

const [en, ja] = [aLook(), aLook({ language: 'ja' })]
const at1203 = '<!date^1795402980^{date_short_pretty} {time}|2026-11-23 03:03 UTC>'
const source = anAlarm({ name: 'ExternalApiErrorAlarm', listed: 'ExternalApiErrorAlarm', severity: 'High' })

const aRemedy = (change: Partial<RemedyRecord> = {}): RemedyRecord => ({
  name: 'update-less-often',
  status: 'proven',
  by: 'U1',
  at: later(2),
  press: 'V1',
  from: 5,
  to: 10,
  write: aPlan.write,
  appliedAt: later(3),
  updates: [],
  shows: { minutesApart: 10 },
  ...change,
})
const incidentWith = (...all: RemedyRecord[]): Incident => aPriceIncident({ alarms: byName(source), remedies: all })
const linesAbout = (incident: Incident, look: typeof en) =>
  linesOf(rootMessage(incident, look)).filter((line) => /Prices are fetched|価格の更新/.test(line))

describe('the root message', () => {
  it.each([
    [
      'proven',
      aRemedy(),
      `*Changed:* Prices are fetched every 10 min, by <@U1> since ${at1203}. Proven: updates come 10 min apart. It can be undone below.`,
      `*変更中:* 価格の更新は10分ごとです（<@U1>、${at1203} から）。確認済み：10分の間隔で更新が届いています。下の操作で取り消せます。`,
    ],
    [
      'not proven',
      aRemedy({ status: 'not-proven', missing: 'too-often' }),
      `*Changed:* Prices are fetched every 10 min, by <@U1> since ${at1203}. Not proven: updates still come more often than that. It can be undone below.`,
      `*変更中:* 価格の更新は10分ごとです（<@U1>、${at1203} から）。未確認：更新がまだこれより短い間隔で届いています。下の操作で取り消せます。`,
    ],
    [
      'being undone',
      aRemedy({ undo: { by: 'U2', at: later(3), press: 'V2' } }),
      `▸ Prices are fetched every 10 min: being undone, asked by <@U2>, ${at1203}`,
      `▸ 取り消し中：価格の更新は10分ごとです（<@U2> が ${at1203} に依頼）`,
    ],
  ])('tells what is changed: %s', (_what, remedy, english, japanese) => {
    expect(linesAbout(incidentWith(remedy), en)).toEqual([english])
    expect(linesAbout(incidentWith(remedy), ja)).toEqual([japanese])
  })

  it.each(['failed', 'overtaken', 'undone'] as const)('says nothing of what is not in force: %s', (status) => {
    expect(linesAbout(incidentWith(aRemedy({ status })), en)).toEqual([])
  })

  it('of an incident that is over tells what has outlasted it, with the button to undo it', () => {
    const over: Incident = {
      ...incidentWith(aRemedy()),
      alarms: byName(quiet(source)),
      status: 'resolved',
      resolved: { at: later(30) },
    }
    const message = rootMessage(over, en)
    expect(linesOf(message)).toContain(
      `*Still in force:* Prices are fetched every 10 min, by <@U1> since ${at1203}. The end of the incident has not undone it; the button below does.`,
    )
    expect(buttonsOf(message)).toBe('Postmortem Undo: update every 10 min')
    expect(buttonsOf(rootMessage({ ...over, remedies: [aRemedy({ status: 'undone' })] }, en))).toBe('Postmortem')
  })

  it('has a menu of five at most, as Slack wants it, and is drawn in both languages', () => {
    for (const look of [en, ja]) {
      const { blocks } = rootMessage(incidentWith(aRemedy()), look)
      const row = blocks.find(({ type }) => type === 'actions')
      const menu = row?.type === 'actions' ? row.elements.find(({ type }) => type === 'overflow') : undefined
      expect(menu?.type === 'overflow' && menu.options.length).toBe(5)
      expect(readMessageBlocks(blocks, { acceptsNewBlocks: false })).toHaveLength(blocks.length)
    }
  })
})

describe('a press', () => {
  const packed = '{"i":"updater-1","s":"open","m":"longer-cache","d":"undo"}'
  const value = { incident: 'updater-1', status: 'open', name: 'longer-cache', direction: 'undo' }

  it('is read from the menu and from a button, and is no press of the other buttons', () => {
    const option = { action_id: 'incident.more', selected_option: { value: `incident.remedy|${packed}` } }
    const button = { action_id: 'incident.remedy.longer-cache', value: packed }
    expect([option, button].map(readRemedyPress)).toEqual([value, value])
    expect([option, button].map(readPress)).toEqual([undefined, undefined])
  })

  it.each([
    ['another button', { action_id: 'incident.resolve', value: '{"i":"updater-1","s":"open"}' }],
    ['a remedy that we do not have', { action_id: 'incident.remedy.x', value: packed.replace('longer-cache', 'pray') }],
    ['no JSON', { action_id: 'incident.remedy.x', value: 'hello' }],
    ['nothing at all', undefined],
  ])('%s is none', (_what, action) => {
    expect(readRemedyPress(action)).toBeUndefined()
  })

  it('fits into an option with the longest names there are', () => {
    for (const { name } of remedies) {
      const value = { i: 'updater-20261123T030000Z', s: 'acknowledged', m: name, d: 'apply' }
      expect(`incident.remedy|${JSON.stringify(value)}`.length).toBeLessThanOrEqual(150)
    }
  })
})

describe('the modal', () => {
  const asked = { name: 'update-less-often', direction: 'apply', metadata: '{}' } as const
  const textOf = (view: object) => JSON.stringify(view)

  it.each([
    [
      en,
      [
        '*How often prices are fetched:* every 5 min → every 10 min',
        '*What customers notice:*',
        '*What proves it:*',
        '*Undo:*',
      ],
    ],
    [ja, ['*価格の更新間隔:* 5分ごと → 10分ごと', '*お客様への影響:*', '*効果の確認:*', '*取り消し:*']],
  ])('tells what will be, what is noticed, what proves it, how it is undone', (look, lines) => {
    const view = textOf(remedyModal({ possible: true, ...aPlan }, incidentWith(), look, asked))
    for (const line of lines) expect(view).toContain(line)
  })

  it('of an undo tells the way back', () => {
    expect(textOf(undoModal(aRemedy(), incidentWith(), en, asked))).toContain('every 10 min → every 5 min')
    expect(textOf(undoModal(aRemedy(), incidentWith(), ja, asked))).toContain('10分ごと → 5分ごと')
  })

  it.each([
    [en, 'It is so already: every 10 min, so there is nothing to change.'],
    [ja, 'すでにその設定（10分ごと）のため、変更は不要です。'],
  ])('or why not', (look, sentence) => {
    const view = remedyModal({ possible: false, why: 'already-so', now: 10 }, incidentWith(), look, asked)
    expect(textOf(view)).toContain(sentence)
    expect(view.submit).toBeUndefined()
  })

  it('titles and labels fit into what Slack takes', () => {
    for (const look of [en, ja])
      for (const { name } of remedies) {
        const view = remedyModal({ possible: true, ...aPlan }, incidentWith(), look, { ...asked, name })
        expect(view.title.text).not.toContain('…')
        expect(view.submit?.text).not.toContain('…')
      }
  })
})

describe('the thread', () => {
  const about = { name: 'other-provider', from: 'first', to: 'second' } as const
  const told: [RemedySay, string, string][] = [
    [
      { what: 'asked', by: 'U1', direction: 'apply', ...about },
      '<@U1> asked for a change. Which price source is asked first: the first → the second.',
      '<@U1> が変更を依頼しました。優先する価格提供元：第1の提供元 → 第2の提供元',
    ],
    [
      { what: 'asked', by: 'U1', direction: 'undo', ...about },
      '<@U1> asked to undo a change. Which price source is asked first: the second → the first.',
      '<@U1> が変更の取り消しを依頼しました。優先する価格提供元：第2の提供元 → 第1の提供元',
    ],
    [
      { what: 'applied', ...about },
      'Changed. Which price source is asked first: the first → the second. The proof is awaited.',
      '変更しました。優先する価格提供元：第1の提供元 → 第2の提供元。効果を確認しています。',
    ],
    [
      { what: 'refused', by: 'U1', direction: 'apply', why: 'aws-refused', message: 'No: <!channel>', ...about },
      'The change that <@U1> asked for was not made (Which price source is asked first). AWS refused the change. AWS said: “No: &lt;!channel&gt;”',
      '<@U1> が依頼した変更は行いませんでした（優先する価格提供元）。AWSが変更を拒否しました。AWSの応答：「No: &lt;!channel&gt;」',
    ],
    [
      { what: 'refused', by: 'U1', direction: 'undo', why: 'changed-meanwhile', now: 'third', ...about },
      'What <@U1> wanted to undo stays (Which price source is asked first). Somebody has changed the setting since; it is now third. It was left as it is.',
      '<@U1> が依頼した取り消しは行いませんでした（優先する価格提供元）。その後、誰かが設定を変更しました（現在はthird）。設定はそのままにしています。',
    ],
    [
      { what: 'proven', shows: { source: 'coinbase' }, minutes: 4, ...about },
      'The second price source is asked first: proven after 4 min, new prices come from coinbase.',
      '第2の価格提供元を優先しています。4分後に確認しました：新しい価格が coinbase から届いています。',
    ],
    [
      { what: 'not-proven', because: 'no-price-of-it', minutes: 20, ...about },
      'The second price source is asked first: not proven within 20 min, because the new prices do not come from that source. It stays in force until somebody undoes it.',
      '第2の価格提供元を優先しています。20分以内に効果を確認できませんでした：新しい価格がその提供元のものではありません。誰かが取り消すまで、この設定のままです。',
    ],
    [
      { what: 'overtaken', ...about },
      'Somebody has changed it since. Which price source is asked first: the second → ?. There is nothing left to undo.',
      'その後、誰かが設定を変更しました。優先する価格提供元：第2の提供元 → ?。取り消すものはもうありません。',
    ],
    [
      { what: 'undone', by: 'U2', ...about },
      'Undone by <@U2>. Which price source is asked first: the second → the first.',
      '<@U2> が変更を取り消しました。優先する価格提供元：第2の提供元 → 第1の提供元',
    ],
  ]
  it.each(told)('%o', (say, english, japanese) => {
    expect(threadReply({ say: 'remedy', told: say }, incidentWith(), en).text).toBe(english)
    expect(threadReply({ say: 'remedy', told: say }, incidentWith(), ja).text).toBe(japanese)
  })
})
