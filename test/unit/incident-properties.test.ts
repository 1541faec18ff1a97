import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Decision, decide } from '../../bot/incident/decide.ts'
import { isDrill } from '../../bot/incident/drill.ts'
import { Incident, isRinging, ringsItself } from '../../bot/incident/incident.ts'
import { isInMaintenance } from '../../bot/incident/maintenance.ts'
import { lastHeardOf, mostReminders, remindersInARow } from '../../bot/incident/reminder-due.ts'
import { isRollingBack } from '../../bot/incident/rollback.ts'
import { leadAlarm, rollbackRole } from '../../bot/incident/when-rollback-asked.ts'
import { isBefore, minutes, msBetween } from '../../common/time.ts'
import { followed, live, type Move, moves, type Step } from '../support/incident-world.ts'

/** Checks every step of many random lives of a service. */
const always = (check: (step: Step) => void, runs = 150, among?: readonly Move['what'][]) =>
  fc.assert(
    fc.property(moves({ maxLength: 120, ...(among && { among, minLength: 40, longestGap: 300_000 }) }), (list) => {
      for (const step of live(list)) check(step)
    }),
    { numRuns: runs },
  )

const pendingOf = (incident: Incident | undefined, kind: string) =>
  incident?.pending.filter(({ effect }) => effect.kind === kind) ?? []

const pagesOf = (decision: Decision) =>
  'ignored' in decision ? [] : decision.effects.filter(({ kind }) => kind === 'page')

describe('whatever happens, in whatever order', () => {
  it('every decision says why', () => {
    always(({ decision }) => expect(decision.because.length).toBeGreaterThan(3))
  })

  it('the level of an incident never falls', () => {
    always(({ before, after }) => {
      if (!before || before.id !== after?.id) return
      expect(after.escalation.level).toBeGreaterThanOrEqual(before.escalation.level)
    })
  })

  it('each level is paged at most once, and nobody after the end', () => {
    const paged = new Set<string>()
    always(({ before, decision, after }) => {
      if (!before) paged.clear()
      if ('ignored' in decision || !after) return
      for (const effect of decision.effects) {
        if (effect.kind !== 'page') continue
        const page = `${after.id} ${effect.level}`
        expect(paged.has(page)).toBe(false)
        paged.add(page)
        expect(after.status).not.toBe('resolved')
      }
    })
  })

  it('only an alarm that fires reopens what is resolved', () => {
    always(({ before, event, after }) => {
      if (before?.status !== 'resolved' || after?.status === 'resolved') return
      expect(event).toMatchObject({ type: 'alarm-changed', alarm: { state: 'ALARM' } })
    })
  })

  it('nothing ends while a rollback runs', () => {
    always(({ after }) => {
      if (after?.status === 'resolved') expect(isRollingBack(after.rollback)).toBe(false)
    })
  })

  it('none ends while maintenance mode is on, and then nobody is paged and no rollback begins', () => {
    let seen = 0
    always(({ before, event, decision, after }) => {
      if (!before || !after || !isInMaintenance(before) || !isInMaintenance(after)) return
      seen += 1
      expect(after.status).not.toBe('resolved')
      if ('ignored' in decision) return
      expect(event.type).not.toBe('rollback-asked')
      if (event.type !== 'escalation-asked') expect(pagesOf(decision)).toEqual([])
    }, 300)
    expect(seen).toBeGreaterThan(100)
  })

  it('one rollback runs at a time, and one step of it waits', () => {
    always(({ before, event, decision, after }) => {
      if (isRollingBack(before?.rollback) && event.type === 'rollback-asked') expect('ignored' in decision).toBe(true)
      const waiting = ['start-rollback', 'check-deployment', 'move-alias', 'verify-rollback'].flatMap((kind) =>
        pendingOf(after, kind),
      )
      expect(waiting.length).toBeLessThanOrEqual(1)
      expect(waiting.length > 0 && !isRollingBack(after?.rollback)).toBe(false)
    })
  })

  it('an open Critical or High incident has a step ahead of it, or a true reason why not', () => {
    always(({ event, after }) => {
      if (!after || after.status === 'resolved' || !['Critical', 'High'].includes(after.severity)) return
      const { next, level } = after.escalation
      if ('due' in next) {
        // An event that was ignored moves nothing; the next sweep does.
        expect(next.level).toBeGreaterThan(level)
        return
      }
      const isTrue = {
        owned: after.owner !== undefined && level === 1,
        recovering: after.status === 'recovering' && !isRinging(after),
        'cause-over': isRinging(after) && !ringsItself(after),
        'top-level': level === 3,
        'low-severity': false,
        'maintenance-on': isInMaintenance(after),
        drill: isDrill(after),
        resolved: false,
      }
      expect({ [next.nothingDue]: isTrue[next.nothingDue], at: event.at }).toEqual({
        [next.nothingDue]: true,
        at: event.at,
      })
    })
  })

  it('under a hold nothing goes up, but by a person', () => {
    let held = 0
    always(({ before, event, after }) => {
      if (!before?.hold || !after || before.id !== after.id || !isBefore(event.at, before.hold.until)) return
      held += 1
      const isPerson = event.type === 'escalation-asked'
      if (!isPerson) expect(after.escalation.level).toBe(before.escalation.level)
    })
    expect(held).toBeGreaterThan(20)
  })

  it('an owner is reminded three times in a row at most, and nobody who has just done something', () => {
    const told: Step[] = []
    always((step) => {
      const { before, decision, event } = step
      if ('ignored' in decision) return
      const reminders = decision.effects.filter((effect) => effect.kind === 'reply' && effect.say.say === 'reminder')
      expect(reminders.length).toBeLessThanOrEqual(1)
      if (reminders.length === 0 || !before) return
      told.push(step)
      expect(remindersInARow(before)).toBeLessThan(mostReminders)
      expect(msBetween(lastHeardOf(before) ?? event.at, event.at)).toBeGreaterThanOrEqual(minutes(15))
    })
    expect(told.length).toBeGreaterThan(5)
  })

  it('a card stands once, is drawn to the end, and its newest look is on its way or up', () => {
    always(({ after, decision }) => {
      if (!after || 'ignored' in decision) return
      const ids = after.cards?.map(({ id }) => id) ?? []
      expect(new Set(ids).size).toBe(ids.length)
      for (const [id, waiting] of Map.groupBy(
        pendingOf(after, 'show-card'),
        ({ effect }) => 'card' in effect && effect.card,
      )) {
        expect(waiting, String(id)).toHaveLength(1)
      }
      const isAnnounced = after.cards?.some(({ kind }) => kind === 'announcement') === true
      if (after.status !== 'resolved' && after.severity === 'Critical') expect(isAnnounced).toBe(true)
    })
  })

  it('after anything was decided, what is due lies ahead', () => {
    always(({ event, decision }) => {
      if ('ignored' in decision || !('due' in decision.incident.escalation.next)) return
      expect(isBefore(event.at, decision.incident.escalation.next.due)).toBe(true)
    })
  })

  it('what only follows makes an incident neither graver nor louder', () => {
    let held = 0
    let moved = 0
    always(
      ({ before, event, decision, after }) => {
        if (event.type !== 'consequence-offered' && event.type !== 'consequence-moved') return
        expect(before === undefined && after !== undefined).toBe(false)
        if ('ignored' in decision || !before || !after) return
        expect(after).toMatchObject({ id: before.id, severity: before.severity, reopened: before.reopened })
        expect(leadAlarm(after)?.name).toBe(leadAlarm(before)?.name)
        expect(rollbackRole(after)).toBe(rollbackRole(before))
        const { next, level } = before.escalation
        const wasDue = 'due' in next && !isBefore(event.at, next.due)
        expect({ level: after.escalation.level, pages: pagesOf(decision).length }).toEqual(
          wasDue ? { level: next.level, pages: 1 } : { level, pages: 0 },
        )
        if (event.type === 'consequence-offered') held += 1
        else moved += 1
      },
      150,
      followed,
    )
    // Otherwise all of this would be true of nothing.
    expect(Math.min(held, moved)).toBeGreaterThan(20)
  })

  it('a consequence fires only into an open incident that explains it, and never ends it', () => {
    always(
      ({ before, event, decision, after }) => {
        if (event.type !== 'consequence-offered' || 'ignored' in decision) return
        expect(after?.status === 'resolved' && before?.status !== 'resolved').toBe(false)
        if (event.alarm.state === 'ALARM') expect(before?.status).not.toBe('resolved')
        if (after && after.status === 'recovering') expect(isRinging(after)).toBe(false)
      },
      150,
      followed,
    )
  })

  it('the same event once more changes nothing', () => {
    always(({ event, decision, after }) => {
      const again = decide(after, event)
      if ('ignored' in again) return
      expect('ignored' in decision).toBe(false)
      // A modal that is opened is filled; nothing else may be left to do twice.
      const rest = (incident: Incident | undefined) =>
        event.type === 'rollback-opened' ? { ...incident, pending: [], effects: 0 } : incident
      expect(rest(again.incident)).toEqual(rest(after))
    })
  })

  it('an effect has a number of its own', () => {
    always(({ after }) => {
      const ids = after?.pending.map(({ id }) => id) ?? []
      expect(new Set(ids).size).toBe(ids.length)
    })
  })

  it('the record reads back as it was written', () => {
    always(({ after }) => {
      if (after) expect(Incident.parse(JSON.parse(JSON.stringify(after)))).toEqual(after)
    }, 25)
  })
})
