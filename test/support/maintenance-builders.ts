import type { IncidentEvent } from '../../bot/incident/event.ts'
import { maintenanceMode } from '../../bot/remedy/maintenance-mode.ts'
import type { Step } from './incident-builders.ts'
import { reports } from './incident-builders.ts'
import { remedyReports } from './remedy-builders.ts'

/** A manager approves maintenance mode for so many minutes. */
export function approvesMaintenance(by: string, when: string, minutes = 60): IncidentEvent {
  const plan = maintenanceMode.plan({}, undefined, { at: when, minutes, incident: 'api-20261123T030000Z' })
  if (!plan.possible) throw new Error('there is no plan')
  const { from, to, write } = plan
  const ask = { press: `approve-${when}`, name: 'maintenance-mode', direction: 'apply' } as const
  return { type: 'remedy-asked', at: when, by, ask: { ...ask, plan: { from, to, write } } }
}

export const isTurnedOn = (when: string): Step => remedyReports('apply-remedy', { is: 'changed' }, when)
export const isLifted = (when: string): Step => remedyReports('undo-remedy', { is: 'changed' }, when)

/** The worker has asked the API for a price. */
export const apiAnswers = (is: 'maintenance' | 'prices' | 'neither', when: string): Step =>
  reports('verify-maintenance', { is: 'remedy', result: { is: 'seen', at: when, seen: { api: { is } } } }, when)

export const tellsCustomers = (by: string, when: string, en: string, ja = 'お知らせです。'): IncidentEvent => ({
  type: 'customers-told',
  at: when,
  by,
  press: `tell-${when}`,
  en,
  ja,
})
