import fc from 'fast-check'
import type { HistoryEntry } from '../../bot/incident/history.ts'
import { ReportKind } from '../../bot/incident/report.ts'
import { RollbackStatus } from '../../bot/incident/rollback.ts'
import { RemedyName } from '../../bot/remedy/remedies.ts'
import { minutes, plus } from '../../common/time.ts'
import { listed } from './random-evidence.ts'
import { maybe, severity, weird, withMaybe } from './random-values.ts'

const named = fc.oneof(
  listed.map((name) => ({ name, listed: name })),
  weird.map((text) => ({ name: text.slice(0, 80) })),
)
const address = fc.constant({ channel: 'C0ALERTS001', ts: '1795402800.000100' })

/** Finished incidents as the worst of the outside could make them, opened in the `days` before `now`. */
export const randomEntry = (now: string, days = 200): fc.Arbitrary<HistoryEntry> =>
  fc
    .tuple(
      withMaybe(
        fc.record({
          service: weird.map((text) => text.slice(0, 80)),
          severity,
          reopened: fc.nat(3),
          level: fc.constantFrom(1 as const, 2 as const, 3 as const),
          alarms: fc.array(
            fc.tuple(named, fc.oneof(fc.integer({ min: 1, max: 40 }), fc.nat())).map(([name, fired]) => ({
              ...name,
              fired,
            })),
            { maxLength: 5 },
          ),
          revision: fc.nat(500),
        }),
        maybe('lead', named),
        maybe('report', fc.constantFrom(...ReportKind.options)),
        maybe('rollback', fc.constantFrom(...RollbackStatus.options)),
        maybe('remedies', fc.array(fc.constantFrom(...RemedyName.options), { maxLength: 3 })),
        maybe('message', address),
        maybe('drill', fc.boolean()),
      ),
      fc.integer({ min: 0, max: days * 24 * 60 }),
      fc.integer({ min: 0, max: 40_000 }),
      fc.option(fc.integer({ min: 0, max: 100 })),
      fc.uuid(),
      fc.option(fc.record({ by: weird, openActions: fc.nat(), actions: fc.nat() })),
    )
    .map(([entry, before, lasts, share, id, written]): HistoryEntry => {
      const openedAt = plus(now, -minutes(before))
      const resolvedAt = plus(openedAt, minutes(lasts))
      return {
        ...entry,
        id: `api-${id}`,
        openedAt,
        resolvedAt,
        ...(share !== null && { acknowledgedAt: plus(openedAt, minutes(Math.floor((lasts * share) / 100))) }),
        ...(written && { postmortem: { ...written, at: resolvedAt } }),
      }
    })
