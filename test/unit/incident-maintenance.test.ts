import { describe, expect, it } from 'vitest'
import { explains, unexplained } from '../../bot/incident/consequence.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import { ownAlarms } from '../../bot/incident/incident.ts'
import { refusal } from '../../bot/incident/when-rollback-asked.ts'
import {
  asksRollback,
  at,
  because,
  clears,
  effectsOf,
  escalates,
  fires,
  later,
  minute,
  movesAway,
  offers,
  play,
  resolves,
} from '../support/incident-builders.ts'
import {
  apiAnswers,
  approvesMaintenance,
  isLifted,
  isTurnedOn,
  tellsCustomers,
} from '../support/maintenance-builders.ts'
import { asksUndo, remedyReports } from '../support/remedy-builders.ts'

const gateway = 'ApiGateway5xxAlarm'
const errors = 'LambdaErrorAlarm'
const lifts = (when: string) => asksUndo('U2', when, 'maintenance-mode')
const remedy = ({ remedies }: Incident) => remedies?.find(({ name }) => name === 'maintenance-mode')
const paged = (incident: Incident, ...steps: Parameters<typeof later>[1][]) =>
  steps.flatMap((step) => effectsOf(incident, step)).filter(({ kind }) => kind === 'page')

const on = play(fires(errors, at('03:00')), approvesMaintenance('UDAN', at('03:05')), isTurnedOn(at('03:06')))
const lifted = later(on, apiAnswers('maintenance', at('03:07')), lifts(at('03:30')), isLifted(at('03:31')))

describe('while it is on', () => {
  it('is proven by the API itself, and no look before it was written proves anything', () => {
    expect(remedy(on)?.status).toBe('applied')
    expect(remedy(later(on, apiAnswers('prices', at('03:07'))))).toMatchObject({
      status: 'applied',
      missing: 'still-answers',
    })
    expect(remedy(later(on, apiAnswers('maintenance', at('03:07'))))?.status).toBe('proven')
  })

  it('whoever approves does not become the owner', () => {
    expect(on.owner).toBeUndefined()
    expect(on.status).toBe('open')
  })

  it('nobody is paged by time, and by hand as ever', () => {
    expect(on.escalation.next).toEqual({ nothingDue: 'maintenance-on' })
    expect(paged(on, minute(at('05:00')))).toEqual([])
    expect(paged(on, escalates('U1', 2, at('03:10')))).toHaveLength(1)
  })

  it('no rollback begins and no person ends it, each with the reason', () => {
    expect(refusal(on)).toBe('maintenance-on')
    expect(because(on, asksRollback('U1', at('03:10')))).toBe('ignored: maintenance-on')
    expect(because(on, resolves('U1', at('03:10')))).toBe('ignored: maintenance-on')
  })

  it('it does not end by itself, however quiet it is', () => {
    const quiet = later(on, apiAnswers('maintenance', at('03:07')), clears(errors, at('03:08')))
    expect(later(quiet, minute(at('05:00'))).status).toBe('recovering')
  })

  it('what it causes counts as its consequence, also in the incident of its own service', () => {
    const joined = later(on, offers(gateway, at('03:10'), 'ALARM', {}, 'maintenance-mode'))
    expect(joined.alarms[gateway]?.consequence).toMatchObject({ service: 'api', when: 'maintenance-mode' })
    expect(ownAlarms(joined).map(({ name }) => name)).toEqual([errors])
    // Flapping changes nothing of that.
    const again = later(joined, fires(gateway, at('03:12')))
    expect(again.alarms[gateway]?.consequence).toBeDefined()
  })

  it('an alarm that rang before is not explained', () => {
    expect(explains(on, 'maintenance-mode', at('03:04'))).toBe(false)
    expect(explains(on, 'maintenance-mode', at('03:05'))).toBe(true)
  })

  it('another rollback under way comes first', () => {
    const running = play(fires(errors, at('03:00')), asksRollback('U1', at('03:02')))
    expect(because(running, approvesMaintenance('UDAN', at('03:03')))).toBe('ignored: version-going-back')
  })

  it('no answer is no end: it may be on, so that it can be lifted', () => {
    const asked = play(fires(errors, at('03:00')), approvesMaintenance('UDAN', at('03:05')))
    const unknown = later(asked, remedyReports('apply-remedy', { is: 'refused', why: 'no-answer' }, at('03:06')))
    expect(remedy(unknown)).toMatchObject({ status: 'not-proven', why: 'no-answer' })
    expect(because(unknown, lifts(at('03:10')))).toBe('a person asked to undo a remedy')
  })
})

describe('after it was lifted', () => {
  it('prices are asked for, and what came of it is told', () => {
    expect(lifted.pending.map(({ effect }) => effect.kind)).toContain('verify-maintenance')
    expect(remedy(lifted)).toMatchObject({ status: 'undone', answersAgain: 'waits' })
    const answered = later(lifted, apiAnswers('prices', at('03:32')))
    expect(remedy(answered)?.answersAgain).toBe('proven')
    const still = later(lifted, apiAnswers('neither', at('03:42')))
    expect(remedy(still)?.answersAgain).toBe('not-proven')
    expect(remedy(later(lifted, minute(at('03:45'))))?.answersAgain).toBe('not-proven')
  })

  it('it does not end before that', () => {
    const quiet = later(lifted, clears(errors, at('03:31')))
    expect(later(quiet, minute(at('03:37'))).status).toBe('recovering')
    expect(later(quiet, apiAnswers('prices', at('03:37')), minute(at('03:38'))).status).toBe('resolved')
  })

  it('alarms have five minutes to clear before anybody is paged', () => {
    expect(lifted.escalation.next).toMatchObject({ due: at('03:36') })
    expect(paged(lifted, minute(at('03:35')))).toEqual([])
    expect(paged(lifted, minute(at('03:36')))).toHaveLength(1)
  })

  it('what rings on is the trouble of its own service again, in place where that is this incident', () => {
    const joined = later(
      on,
      offers(gateway, at('03:10'), 'ALARM', {}, 'maintenance-mode'),
      lifts(at('03:30')),
      isLifted(at('03:31')),
    )
    expect(unexplained(joined, at('03:35')).map(({ name }) => name)).toEqual([])
    expect(unexplained(joined, at('03:36')).map(({ name }) => name)).toEqual([gateway])
    const moved = later(joined, movesAway(gateway, at('03:36')))
    expect(moved.alarms[gateway]).toMatchObject({ ringing: true, firedAt: at('03:36') })
    expect(moved.alarms[gateway]?.consequence).toBeUndefined()
  })

  it('a quiet incident with a consequence that rings does not end under it', () => {
    const quiet = later(on, apiAnswers('maintenance', at('03:07')), clears(errors, at('03:08')))
    const joined = later(quiet, offers(gateway, at('03:10'), 'ALARM', {}, 'maintenance-mode'))
    expect(joined.quietUntil).toBeUndefined()
    const open = later(
      joined,
      lifts(at('03:30')),
      isLifted(at('03:31')),
      apiAnswers('prices', at('03:32')),
      minute(at('03:33')),
    )
    expect(open.status).not.toBe('resolved')
    expect(later(open, clears(gateway, at('03:34')), minute(at('03:40'))).status).toBe('resolved')
  })
})

describe('what customers are told', () => {
  const open = play(fires(errors, at('03:00')))
  it('the newest takes the place of what was told before, and told twice counts once', () => {
    const first = later(open, tellsCustomers('UDAN', at('03:05'), 'One'))
    expect(because(first, tellsCustomers('UDAN', at('03:05'), 'One'))).toBe('ignored: already-done')
    expect(later(first, tellsCustomers('UDAN', at('03:06'), 'Two')).notice).toMatchObject({ en: 'Two', by: 'UDAN' })
  })

  it('nothing of an incident that is over, and nothing anew when it comes back', () => {
    const over = later(open, tellsCustomers('UDAN', at('03:05'), 'One'), resolves('U1', at('03:10')))
    expect(because(over, tellsCustomers('UDAN', at('03:11'), 'Two'))).toBe('ignored: already-resolved')
    expect(later(over, fires(errors, at('03:20'))).notice).toBeUndefined()
  })

  it('nothing of a security report', () => {
    const report = { kind: 'security', by: 'U1', at: at('03:00'), text: 'x', press: 'p' } as const
    const secret = play({ type: 'reported', at: at('03:00'), service: 'api', report })
    expect(because(secret, tellsCustomers('UDAN', at('03:05'), 'One'))).toBe('ignored: not-public')
  })
})
