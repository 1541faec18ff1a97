import type { IncidentEvent } from '../../bot/incident/event.ts'
import type { Report, ReportedService } from '../../bot/incident/report.ts'
import type { Subject } from '../../bot/remedy/remedy.ts'
import type { Step } from './incident-builders.ts'
import { remedyReports } from './remedy-builders.ts'

/** A person tells of a leaked key, unless the change says of what. */
export const reported = (when: string, change: Partial<Report> & { service?: ReportedService } = {}): IncidentEvent => {
  const { service = 'api-keys', ...rest } = change
  const report: Report = { kind: 'leaked-key', by: 'U1', at: when, text: 'It is in a gist.', press: when, ...rest }
  return { type: 'reported', at: when, service, report }
}

export const widget: Subject = { id: 'key7', label: 'portfolio-widget' }
export const desk: Subject = { id: 'key8', label: 'kawase-desk' }

const about = (by: string, when: string, subject: Subject) => ({ press: `${by}-${when}-${subject.id}`, subject })

export const disables = (by: string, when: string, subject = widget): IncidentEvent => ({
  type: 'remedy-asked',
  at: when,
  by,
  ask: {
    ...about(by, when, subject),
    name: 'disable-key',
    direction: 'apply',
    plan: {
      from: 'enabled',
      to: 'disabled',
      write: { target: 'api-key', key: subject.id, expect: 'enabled', write: 'disabled' },
    },
  },
})

export const issues = (by: string, when: string, subject = widget): IncidentEvent => ({
  type: 'remedy-asked',
  at: when,
  by,
  ask: {
    ...about(by, when, subject),
    name: 'new-key',
    direction: 'apply',
    plan: {
      from: 'none',
      to: 'enabled',
      write: { target: 'new-key', replaces: subject.id, name: `${subject.label}-new` },
    },
  },
})

export const takesBack = (
  by: string,
  when: string,
  name: 'disable-key' | 'new-key',
  subject = widget,
): IncidentEvent => ({
  type: 'remedy-asked',
  at: when,
  by,
  ask: { ...about(by, when, subject), name, direction: 'undo' },
})

export const isChanged = (when: string): Step => remedyReports('apply-remedy', { is: 'changed' }, when)
export const isMade = (when: string, id = 'key9', name = 'portfolio-widget-new-1'): Step =>
  remedyReports('apply-remedy', { is: 'changed', made: { id, name } }, when)

export const opensKey = (by: string, when: string, viewId = `V-${when}`, key = 'key9'): IncidentEvent => ({
  type: 'key-opened',
  at: when,
  by,
  key,
  viewId,
  hash: 'h1',
})
