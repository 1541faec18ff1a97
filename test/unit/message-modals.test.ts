import { describe, expect, it } from 'vitest'
import { planRollback } from '../../bot/incident/rollback-plan.ts'
import { escalateModal } from '../../bot/message/escalate-modal.ts'
import { loadingModal, refusalModal, rollbackModal } from '../../bot/message/rollback-modal.ts'
import { aForeignAlarm, aFunction, aLook, anIncident, byName, later, noon } from '../support/builders.ts'
import { linesOf } from '../support/seen.ts'

const ja = aLook({ language: 'ja' })
const metadata = '{"incident":"api-20261123T030000Z"}'
const planned = (change: Parameters<typeof aFunction>[0] = {}) => planRollback('api', aFunction(change), noon)
const level = (level: 2 | 3) =>
  anIncident({ escalation: { level, since: noon, why: 'not-acknowledged', next: { nothingDue: 'owned' } } })

describe('the rollback modal', () => {
  it('opens from the record alone, with nothing to confirm', () => {
    const view = loadingModal(anIncident(), aLook(), { role: 'api' })
    expect(view.submit).toBeUndefined()
    expect(linesOf(view)).toEqual([
      '*API errors at 12.4 %, limit 5 %*',
      'Reading the versions and deployments of `crypto-watch-api-function`. This takes a few seconds.',
    ])
  })

  it('says what will happen before anybody confirms', () => {
    const view = rollbackModal(planned(), anIncident(), aLook(), metadata)
    expect(view.title.text).toBe('Roll back')
    expect(view.submit?.text).toBe('Roll back')
    expect(view.callback_id).toBe('rollback.confirm')
    expect(view.private_metadata).toBe(metadata)
    expect(linesOf(view)).toEqual([
      '*API errors at 12.4 %, limit 5 %*',
      '*Function:* `crypto-watch-api-function`',
      '*Change:* v42 → v41',
      '*Deployed by:* Chie Mori, <!date^1795402380^{date_short_pretty} {time}|2026-11-23 02:53 UTC>',
      '*Deployment and alarm:* deployed 7 min before the alarm',
      '*Verdict:* likely the cause (the alarm came within 30 min of its start)',
      '*Commits that go away*',
      '• v42 `abc1234def` by Chie Mori “parse faster”',
      '*What will happen*',
      '1. The alias moves all traffic to v41, unless somebody moves it before you.',
      '2. Proof within 5 min: the alias reads back, a known price is answered, and the alarm is OK or under its limit over 20 requests.',
      'If it does not help, the developers are told at once.',
      'Version to go back to',
      'The first one served before the deployment at fault. Change it only if you know why.',
      'v41',
      'v40',
      'v41',
      '`api-20261123T030000Z`',
    ])
  })

  it('reads in Japanese', () => {
    expect(linesOf(rollbackModal(planned(), anIncident(), ja, metadata)).slice(1, 8)).toEqual([
      '*関数:* `crypto-watch-api-function`',
      '*変更:* v42 → v41',
      '*デプロイした人:* Chie Mori（<!date^1795402380^{date_short_pretty} {time}|2026-11-23 02:53 UTC>）',
      '*デプロイとアラームの間隔:* アラームの7分前にデプロイ',
      '*判定:* 原因の可能性が高い（デプロイ開始から30分以内にアラーム発生）',
      '*取り消されるコミット*',
      '• v42 `abc1234def` Chie Mori 「parse faster」',
    ])
  })

  it('asks for the version in the input the door reads', () => {
    const input = rollbackModal(planned(), anIncident(), aLook(), metadata).blocks.find(({ type }) => type === 'input')
    expect(input).toMatchObject({
      block_id: 'target',
      element: {
        type: 'static_select',
        action_id: 'version',
        initial_option: { value: '41' },
        options: [{ value: '41' }, { value: '40' }],
      },
    })
  })

  it('stops a deployment that is under way first', () => {
    const deployments = [{ id: 'd-NEW', status: 'InProgress', createdAt: later(-7), from: '41', to: '42' }]
    expect(linesOf(rollbackModal(planned({ deployments }), anIncident(), aLook(), metadata))).toContain(
      '1. Deployment `d-NEW` is under way: it is stopped first, and its end awaited.',
    )
  })

  it('counts the commits it does not name', () => {
    const versions = Array.from({ length: 9 }, (_, index) => ({ version: `${42 - index}` }))
    const deployments = [{ id: 'd-NEW', status: 'Succeeded', createdAt: later(-7), from: '34', to: '42' }]
    const lines = linesOf(rollbackModal(planned({ versions, deployments }), anIncident(), aLook(), metadata))
    expect(lines.filter((line) => line.startsWith('• '))).toHaveLength(6)
    expect(lines).toContain('and 2 more')
  })

  it.each([
    [
      'no previous version',
      planned({ versions: [{ version: '42' }], deployments: [] }),
      '`crypto-watch-api-function` has no earlier version to go back to; it serves v42.',
      '`crypto-watch-api-function` には戻せる以前のバージョンがありません（現在はv42）。',
    ],
    [
      'the target is deleted',
      planned({ versions: [{ version: '42' }] }),
      'Version v41 has been deleted; the function serves v42. Go back by hand to one that exists, or escalate.',
      'バージョンv41は削除されています（現在はv42）。残っているバージョンへ手作業で戻すか、エスカレーションしてください。',
    ],
    [
      'nothing could be read',
      { possible: false, why: 'evidence-missing' } as const,
      'The versions and deployments of `crypto-watch-api-function` could not be read, so a rollback would be blind. Try again in a minute.',
      '`crypto-watch-api-function` のバージョンとデプロイを読み取れず、このままでは何が起こるか確かめられません。1分後にもう一度お試しください。',
    ],
  ])('%s: the reason and no way to confirm', (_why, plan, english, japanese) => {
    const view = rollbackModal(plan, anIncident(), aLook(), metadata)
    expect(view.submit).toBeUndefined()
    expect(linesOf(view)).toEqual([english])
    expect(linesOf(rollbackModal(plan, anIncident(), ja, metadata))).toEqual([japanese])
  })

  it('a refusal has a title and a sentence', () => {
    const view = refusalModal('It is not yours.', aLook())
    expect([view.title.text, ...linesOf(view)]).toEqual(['Nothing was done', 'It is not yours.'])
  })
})

describe('the escalation modal', () => {
  it.each([
    ['level 1 goes to the developers', anIncident(), '<!subteam^S0DEV> will be told at once by a new message.'],
    ['level 2 goes to management', level(2), '<@U0DAN> will be told at once by a new message.'],
  ])('%s', (_what, incident, sentence) => {
    const view = escalateModal(incident, aLook(), metadata)
    expect(linesOf(view)).toContain(sentence)
    expect(view.callback_id).toBe('escalate.confirm')
    expect(view.private_metadata).toBe(metadata)
  })

  it("asks for a reason, and quotes the runbook's own conditions", () => {
    const view = escalateModal(anIncident(), aLook(), metadata)
    expect(linesOf(view)).toContain('• More than 10 % of the calls fail')
    expect(view.blocks.find(({ type }) => type === 'input')).toMatchObject({
      block_id: 'reason',
      element: { type: 'plain_text_input', action_id: 'text', multiline: true, max_length: 500 },
    })
  })

  it('an alarm of nobody has no conditions to quote', () => {
    const view = escalateModal(anIncident({ alarms: byName(aForeignAlarm()) }), aLook(), metadata)
    expect(linesOf(view)).not.toContain('*The runbook escalates when*')
  })

  it('at the top there is nobody left to tell', () => {
    const view = escalateModal(level(3), ja, metadata)
    expect(view.submit).toBeUndefined()
    expect(linesOf(view)).toEqual(['マネジメントに連絡済みです。これより上のレベルはありません。'])
  })
})
