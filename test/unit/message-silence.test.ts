import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SilenceFacts } from '../../bot/bulletin/silence.ts'
import { bulletinMessage } from '../../bot/message/bulletin-message.ts'
import type { Look } from '../../bot/message/look.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import { readEndPress } from '../../bot/message/silence-button.ts'
import { silenceEndMessage } from '../../bot/message/silence-message.ts'
import { silenceModal } from '../../bot/message/silence-modal.ts'
import { aLook, anAlarm, anIncident, bothLooks, byName } from '../support/builders.ts'
import { aSilence, aSilenceBulletin, aSilencedAlarm } from '../support/bulletin-builders.ts'
import { at } from '../support/incident-builders.ts'
import { silence } from '../support/random-bulletins.ts'
import { buttonsOf, linesOf, textsOf } from '../support/seen.ts'
import { expectOpenable, expectSendable } from '../support/sendable.ts'

const drawn = (facts: SilenceFacts, look: Look = aLook()) => bulletinMessage(aSilenceBulletin(facts), look, new Map())
/** Dates as their fallback alone. */
const short = (lines: string[]) => lines.map((line) => line.replace(/<!date[^|]*\|2026-11-23 ([^>]*) UTC>/g, '$1'))
const lines = (facts: SilenceFacts, look?: Look) => short(linesOf(drawn(facts, look)))
const endLines = (facts: SilenceFacts, look: Look = aLook()) => short(linesOf(silenceEndMessage(facts, look)))

const over = aSilencedAlarm({
  ...anAlarm({ name: 'LambdaThrottleAlarm', listed: 'LambdaThrottleAlarm', severity: 'High' }),
  ringing: false,
  firstAt: at('03:02'),
  clearedAt: at('03:20'),
  fired: 3,
})
const rings = aSilencedAlarm({ firstAt: at('03:10') })
const both = { LambdaThrottleAlarm: over, LambdaErrorAlarm: rings }
const ended = { at: at('03:30'), by: 'U2' }
const handedOn = { at: at('03:31'), incidents: { LambdaErrorAlarm: 'api-20261123T033100Z' } }
const inJapanese = aLook({ language: 'ja' })

describe('the message of a silence', () => {
  it('says what is silenced, until when, by whom and why, and what rang, in English', () => {
    expect(lines(aSilence({ alarms: both }))).toEqual([
      '🔕 Alarms of the price API are silenced',
      'Until 04:00, by <@U1>.',
      '*Reason:* moving the gateway',
      'What rings is recorded here and told at the end, *Critical alarms too*: until then nobody is called for it. Mail from CloudWatch goes on, and so do incidents that are open.',
      '*Rang meanwhile*',
      '🔴 API errors · first 03:10 · rang once · still ringing',
      '⚪ API calls throttled · first 03:02 · rang 3 times · over since 03:20',
      'End now',
    ])
  })

  it('says the same in Japanese', () => {
    expect(lines(aSilence({ alarms: both }), inJapanese)).toEqual([
      '🔕 価格APIのアラーム通知を停止中',
      '04:00 まで（設定：<@U1>）',
      '*理由:* moving the gateway',
      '停止中に鳴ったアラームはここに記録し、終了時にまとめて知らせます。 *Criticalも含め*、それまで誰も呼び出しません。CloudWatchからのメールと、対応中のインシデントは止まりません。',
      '*停止中に鳴ったアラーム*',
      '🔴 APIのエラー率 · 初回 03:10 · 1回 · 鳴っています',
      '⚪ API呼び出しのスロットリング · 初回 03:02 · 3回 · 03:20 に収束',
      '今すぐ終了する',
    ])
  })

  it('has one button while it runs, which names this one silence, and none after the end', () => {
    const running = drawn(aSilence())
    expect(buttonsOf(running)).toBe('End now')
    expect(buttonsOf(drawn(aSilence({ ended })))).toBe('')
    const row = running.blocks.find((block) => block.type === 'actions')
    const [button] = row?.type === 'actions' ? row.elements : []
    expect(readEndPress(button)).toEqual({ of: 'api', press: 'V1' })
    expect(readEndPress({ action_id: 'silence.end', value: '{"of":"disk"}' })).toBeUndefined()
    expect(readEndPress({ action_id: 'home.drill', value: '{"of":"api","press":"V1"}' })).toBeUndefined()
  })

  it('names twelve alarms and counts the rest', () => {
    const names = Array.from({ length: 40 }, (_, index) => `a${index}`)
    const alarms = Object.fromEntries(names.map((name) => [name, aSilencedAlarm({ name })]))
    const told = lines(aSilence({ alarms }))
    expect(told.filter((line) => line.startsWith('🔴'))).toHaveLength(12)
    expect(told).toContain('and 28 more')
  })
})

describe('the end of a silence', () => {
  it('names whoever asked for it, what rings still with its incident, and what is over', () => {
    expect(endLines(aSilence({ alarms: both, ended, handedOn }))).toEqual([
      '🔔 Alarms of the price API are announced again',
      'Silenced from 03:00 to 03:30, by <@U1>.',
      '*Reason:* moving the gateway',
      '<@U2> ended it before its time.',
      '*Rings still*',
      '🔴 API errors · first 03:10 · rang once · rang on at the end · incident `api-20261123T033100Z`',
      '*Rang meanwhile*',
      '⚪ API calls throttled · first 03:02 · rang 3 times · over since 03:20',
    ])
    expect(silenceEndMessage(aSilence({ ended }), aLook()).text).toContain('<@U1>')
  })

  it('says so when nothing rang', () => {
    expect(endLines(aSilence({ ended: { at: at('04:00') }, handedOn }))).toEqual([
      '🔔 Alarms of the price API are announced again',
      'Silenced from 03:00 to 04:00, by <@U1>.',
      '*Reason:* moving the gateway',
      'Nothing rang.',
    ])
  })

  it('says the same in Japanese', () => {
    expect(endLines(aSilence({ of: 'all', alarms: both, ended, handedOn }), inJapanese)).toEqual([
      '🔔 価格API・価格の更新・価格テーブルのアラーム通知を再開しました',
      '停止期間：03:00 〜 03:30（設定：<@U1>）',
      '*理由:* moving the gateway',
      '<@U2> が予定より早く終了しました。',
      '*まだ鳴っているアラーム*',
      '🔴 APIのエラー率 · 初回 03:10 · 1回 · 終了時も鳴っていました · インシデント `api-20261123T033100Z`',
      '*停止中に鳴ったアラーム*',
      '⚪ API呼び出しのスロットリング · 初回 03:02 · 3回 · 03:20 に収束',
    ])
  })
})

it('an incident of what rang inside says since when it has rung, until it is over', () => {
  const alarm = anAlarm({ firedAt: at('02:10'), silencedUntil: at('03:00') })
  const told = (ringing: boolean) =>
    textsOf(rootMessage(anIncident({ alarms: byName({ ...alarm, ringing }) }), aLook()))
  expect(told(true).join('\n')).toMatch(/\*Silenced:\* it has rung since <!date[^|]*\|2026-11-23 02:10 UTC>/)
  expect(told(false).join('\n')).not.toContain('*Silenced:*')
})

it('the window names what is silenced already', () => {
  expect(textsOf(silenceModal([aSilence()], aLook()).blocks).join('\n')).toContain('🔕 Alarms of the price API')
})

it('whatever rang inside, in both languages: each message stays within what Slack takes and pings nobody', () => {
  const run = fc.property(silence, silence, (facts, other) => {
    for (const look of bothLooks) {
      expectSendable(bulletinMessage(aSilenceBulletin(facts), look, new Map()))
      expectSendable(silenceEndMessage(facts, look))
      expectOpenable(silenceModal([facts, other, facts, other], look))
    }
  })
  fc.assert(run, { numRuns: 1_000, interruptAfterTimeLimit: 110_000, markInterruptAsFailure: true })
}, 120_000)
