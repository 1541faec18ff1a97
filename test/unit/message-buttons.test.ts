import { describe, expect, it } from 'vitest'
import { decodeValue, encodeValue, readPress } from '../../bot/message/button-press.ts'
import { buttons } from '../../bot/message/buttons.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import {
  aForeignAlarm,
  aLook,
  anAlarm,
  anIncident,
  anOwnedIncident,
  aQuietIncident,
  aResolvedIncident,
  aRollback,
  byName,
  later,
} from '../support/builders.ts'
import { buttonsOf } from '../support/seen.ts'

const top = {
  level: 3,
  since: '2026-11-23T04:00:00.000Z',
  why: 'level-2-lasts',
  next: { nothingDue: 'top-level' },
} as const
const tableAlarm = anAlarm({ name: 'DynamoDBThrottleAlarm', listed: 'DynamoDBThrottleAlarm', severity: 'High' })
const { owner: _nobody, ...quietUnowned } = aQuietIncident()

describe('one primary button at a time, the rest beside it or in the menu', () => {
  it.each([
    [
      'nobody has it: acknowledge first',
      anIncident(),
      '*Acknowledge Roll back Escalate Resolve [Runbook, Customer report +1]',
    ],
    [
      'taken and ringing: roll back',
      anOwnedIncident(),
      '*Roll back Escalate Resolve [Runbook, Customer report +1, Take over, Hold 15 min]',
    ],
    [
      'no rollback can cure it: escalate',
      anOwnedIncident({ service: 'table', alarms: byName(tableAlarm) }),
      '*Escalate Resolve [Runbook, Customer report +1, Take over, Hold 15 min, Disable an API key]',
    ],
    [
      'a rollback runs: wait for it',
      anOwnedIncident({ rollback: aRollback() }),
      'Escalate [Runbook, Customer report +1, Take over, Hold 15 min]',
    ],
    [
      'a rollback did not help: escalate, another rollback stays possible',
      anOwnedIncident({ rollback: aRollback({ status: 'did-not-help' }) }),
      '*Escalate Roll back Resolve [Runbook, Customer report +1, Take over, Hold 15 min]',
    ],
    [
      'a rollback failed: escalate',
      anOwnedIncident({ rollback: aRollback({ status: 'failed' }) }),
      '*Escalate Roll back Resolve [Runbook, Customer report +1, Take over, Hold 15 min]',
    ],
    [
      'a rollback proved nothing: another one may',
      anOwnedIncident({ rollback: aRollback({ status: 'not-proven' }) }),
      '*Roll back Escalate Resolve [Runbook, Customer report +1, Take over, Hold 15 min]',
    ],
    [
      'management has it: nobody is above',
      anOwnedIncident({ escalation: top }),
      '*Roll back Resolve [Runbook, Customer report +1, Take over, Hold 15 min]',
    ],
    ['quiet: resolve', aQuietIncident(), '*Resolve [Escalate, Runbook, Take over]'],
    ['quiet and nobody has it', quietUnowned, '*Resolve [Acknowledge, Escalate, Runbook]'],
    [
      'quiet while the proof is read: closing would be refused',
      aQuietIncident({ rollback: aRollback({ status: 'verifying' }) }),
      '[Escalate, Runbook, Take over]',
    ],
    [
      'an alarm of somebody else has no runbook',
      anIncident({ alarms: byName(aForeignAlarm()) }),
      '*Acknowledge Roll back Escalate Resolve',
    ],
    ['resolved: its postmortem', aResolvedIncident(), 'Postmortem'],
    [
      'resolved, and the draft is in the thread',
      aResolvedIncident({ postmortem: { at: later(23), by: 'U1', actions: [] } }),
      '',
    ],
    [
      'resolved again after it came back: a draft from before tells only half of it',
      aResolvedIncident({ postmortem: { at: later(22), by: 'U1', actions: [] } }),
      'Postmortem',
    ],
  ])('%s', (_when, incident, row) => {
    expect(buttonsOf(rootMessage(incident, aLook()))).toBe(row)
  })

  it('reads in Japanese', () => {
    expect(buttonsOf(rootMessage(anIncident(), aLook({ language: 'ja' })))).toBe(
      '*確認して対応する ロールバック エスカレーション 解決にする [ランブック, お客様の問い合わせ +1]',
    )
  })
})

describe('what a press carries', () => {
  const row = (incident = anIncident()) => {
    const block = rootMessage(incident, aLook()).blocks.find(({ type }) => type === 'actions')
    return block?.type === 'actions' ? block.elements : []
  }

  it('a button knows its incident, the status it was drawn in, and what its action depends on', () => {
    const [menu] = row().flatMap((element) => ('options' in element ? [element.options] : []))
    const chosen = (menu ?? []).map((option) => ({ action_id: 'incident.more', selected_option: option }))
    expect([...row().slice(0, 4), ...chosen].map(readPress)).toEqual([
      { button: 'acknowledge', value: { incident: 'api-20261123T030000Z', status: 'open' } },
      { button: 'rollBack', value: { incident: 'api-20261123T030000Z', status: 'open', role: 'api' } },
      { button: 'escalate', value: { incident: 'api-20261123T030000Z', status: 'open', level: 2 } },
      { button: 'resolve', value: { incident: 'api-20261123T030000Z', status: 'open' } },
      { button: 'runbook', value: { incident: 'api-20261123T030000Z', status: 'open' } },
      { button: 'customer', value: { incident: 'api-20261123T030000Z', status: 'open' } },
    ])
  })

  it('from level 2 on the next level is 3', () => {
    const escalation = { ...top, level: 2, next: { nothingDue: 'owned' } } as const
    expect(readPress(row(anOwnedIncident({ escalation }))[1])?.value.level).toBe(3)
  })

  it('a menu option tells its button by its value', () => {
    const option = { value: 'incident.escalate|{"i":"api-1","s":"recovering","l":2}' }
    expect(readPress({ action_id: 'incident.more', selected_option: option })).toEqual({
      button: 'escalate',
      value: { incident: 'api-1', status: 'recovering', level: 2 },
    })
  })

  it('an option too long for a menu becomes a button', () => {
    const incident = { ...quietUnowned, id: `${'x'.repeat(200)}-20261123T030000Z` }
    expect(buttonsOf(rootMessage(incident, aLook()))).toBe('*Resolve Acknowledge Escalate Runbook')
  })

  it.each([
    ['no JSON', 'hello'],
    ['an option without a value', 'incident.resolve|'],
    ['a status we do not have', '{"i":"api-1","s":"on fire"}'],
    ['a level nobody escalates to', '{"i":"api-1","s":"open","l":1}'],
    ['no incident', '{"i":"","s":"open"}'],
  ])('%s is not readable', (_what, raw) => {
    expect(decodeValue(raw)).toBeUndefined()
  })

  it.each([
    ['an action of somebody else', { action_id: 'other', value: '{"i":"api-1","s":"open"}' }],
    ['a menu with a strange option', { action_id: 'incident.more', selected_option: { value: 'x|{}' } }],
    ['nothing at all', undefined],
  ])('%s is no press of ours', (_what, action) => {
    expect(readPress(action)).toBeUndefined()
  })

  it('comes back as it went in', () => {
    const value = { incident: 'api-1', status: 'acknowledged', level: 3, role: 'updater' } as const
    expect(decodeValue(encodeValue(value))).toEqual(value)
  })

  it('ids do not change: messages in Slack outlive a deployment', () => {
    expect(Object.values(buttons).map(({ id }) => id)).toEqual([
      'incident.acknowledge',
      'incident.roll-back',
      'incident.escalate',
      'incident.resolve',
      'incident.take-over',
      'incident.hold',
      'incident.still-on-it',
      'incident.runbook',
      'incident.customer',
      'incident.postmortem',
      'incident.add-action',
    ])
  })
})
