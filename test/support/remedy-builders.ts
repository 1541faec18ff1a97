import type { IncidentEvent, Outcome } from '../../bot/incident/event.ts'
import type { RemedyAsk, RemedyResult } from '../../bot/incident/remedy.ts'
import type { RemedyName } from '../../bot/remedy/remedies.ts'
import { reports, type Step } from './incident-builders.ts'

export const aPlan = {
  from: 5,
  to: 10,
  write: { target: 'settings', field: 'updateEveryMinutes', expect: null, write: 10 },
} as const

/** A person confirms the remedy that asks the price source less often. */
export const asksRemedy = (by: string, when: string, rest: Partial<RemedyAsk> = {}): IncidentEvent => ({
  type: 'remedy-asked',
  at: when,
  by,
  ask: { press: `apply-${when}`, name: 'update-less-often', direction: 'apply', plan: aPlan, ...rest },
})
export const asksUndo = (by: string, when: string, name: RemedyName = 'update-less-often'): IncidentEvent => ({
  type: 'remedy-asked',
  at: when,
  by,
  ask: { press: `undo-${when}`, name, direction: 'undo' },
})

const found = (result: RemedyResult): Outcome => ({ is: 'remedy', result })

export const remedyReports = (kind: 'apply-remedy' | 'undo-remedy', result: RemedyResult, when: string): Step =>
  reports(kind, found(result), when)

/** The look of a minute: the setting as it stands, and the newest update. */
export const looks = (when: string, setting: number | undefined, updatedAt: string, began = when): Step =>
  reports(
    'verify-remedies',
    found({
      is: 'seen',
      at: began,
      seen: {
        ...(setting !== undefined && { settings: { updateEveryMinutes: setting } }),
        updates: [{ at: updatedAt, source: 'coingecko' }],
      },
    }),
    when,
  )
