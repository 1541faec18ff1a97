import type { ErrorShape } from '../../bot/incident/error-shapes.ts'
import type { Deployment, Evidence } from '../../bot/incident/evidence.ts'
import type { LoggedChange } from '../../bot/incident/logged-change.ts'
import type { SeenChange } from '../../bot/incident/seen-change.ts'
import { aFunction, anEvidence, anIncident, later, noon } from './builders.ts'

/** U2 has prices fetched less often, some minutes before or after noon, in an incident of its own. */
export const aSetting = (minutes: number, change: Partial<Extract<LoggedChange, { what: 'setting' }>> = {}) =>
  ({
    what: 'setting',
    id: `press-${minutes}`,
    at: later(minutes),
    by: 'U2',
    incident: 'updater-20261122T030000Z',
    field: 'updateEveryMinutes',
    from: null,
    to: 10,
    ...change,
  }) satisfies LoggedChange

/** U2 rolled the API back. */
export const anAliasMove = (minutes: number, change: Partial<Extract<LoggedChange, { what: 'alias' }>> = {}) =>
  ({
    what: 'alias',
    id: `api-20261122T030000Z/${minutes}`,
    at: later(minutes),
    by: 'U2',
    incident: 'api-20261122T030000Z',
    role: 'api',
    from: '42',
    to: '41',
    ...change,
  }) satisfies LoggedChange

/** A deployment as CodeDeploy tells it. */
export const deployedAt = (minutes: number, change: Partial<Deployment> = {}): Deployment => ({
  id: `d-${minutes}`,
  status: 'Succeeded',
  createdAt: later(minutes),
  from: '41',
  to: '42',
  ...change,
})

/** A deployment as an incident keeps it. */
export const aDeployment = (minutes: number, change: Partial<Extract<SeenChange, { what: 'deployment' }>> = {}) =>
  ({
    what: 'deployment',
    role: 'api',
    id: `d-${minutes}`,
    at: later(minutes),
    status: 'Succeeded',
    from: '41',
    to: '42',
    ...change,
  }) satisfies SeenChange

/** An incident of the API around which exactly this has changed. */
export const changedBy = (list: SeenChange[], change: Partial<Evidence> = {}, more = 0) =>
  anIncident({
    evidence: anEvidence({
      functions: { api: aFunction({ deployments: [] }) },
      changes: { list, more },
      ...change,
    }),
  })

/** Nine errors of one shape, in the log of the API. */
export const anErrorShape = (sample: string, change: Partial<ErrorShape> = {}): ErrorShape => ({
  role: 'api',
  level: 'error',
  count: 9,
  first: noon,
  last: noon,
  sample,
  versions: ['42'],
  ...change,
})
