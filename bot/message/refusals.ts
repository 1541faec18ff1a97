import { names } from '../../common/names.ts'
import { type Incident, isRinging, ownAlarms, ringsItself } from '../incident/incident.ts'
import { isRollingBack, type Rollback } from '../incident/rollback.ts'
import type { RollbackRefusal } from '../incident/say.ts'
import { rollbackRole } from '../incident/when-rollback-asked.ts'
import { code, data, when } from './format.ts'
import { type Look, person, words } from './look.ts'
import type { RefusalFacts } from './words/facts.ts'

export interface Refused {
  role?: 'api' | 'updater' | undefined
  to?: string | undefined
  now?: string | undefined
}

/** The function of a role, by name, as code. */
export const functionName = (role: 'api' | 'updater', look: Look): string => code(names(look.stage).functions[role])

/** A version without its `v`, short enough for any place. */
export const version = (text: string): string => data(text, 40)

export function refusalFacts(incident: Incident | undefined, look: Look, { role, to, now }: Refused): RefusalFacts {
  const { rollback, resolved } = incident ?? {}
  const of = role ?? rollback?.role ?? (incident && rollbackRole(incident)) ?? 'api'
  const served = now ?? incident?.evidence?.functions[of]?.alias.version
  const quietSince = incident && lastCleared(incident)
  return {
    function: functionName(of, look),
    ...(to !== undefined && { to: version(to) }),
    ...(served !== undefined && { now: version(served) }),
    ...(isRollingBack(rollback) && {
      running: {
        by: person(rollback.by),
        since: when(rollback.askedAt),
        from: version(rollback.from),
        to: version(rollback.to),
        step: stepName(rollback, look),
      },
    }),
    ...(quietSince !== undefined && { quietSince: when(quietSince) }),
    onlyFollowing: incident !== undefined && isRinging(incident) && !ringsItself(incident),
    ...(resolved && { resolved: { at: when(resolved.at), ...(resolved.by && { by: person(resolved.by) }) } }),
  }
}

/** Why a rollback does not happen, with what is known about it. */
export const refusalSentence = (
  why: RollbackRefusal,
  incident: Incident | undefined,
  look: Look,
  about: Refused = {},
): string => words(look).rollback.refusal[why](refusalFacts(incident, look, about))

/** The step that a running rollback is at, in words. */
export function stepName({ status, deployment, from, to }: Rollback, look: Look): string {
  const { steps } = words(look).rollback
  switch (status) {
    case 'requested':
      return steps.check
    case 'stopping':
      return steps.stop(code(deployment ?? '?'))
    case 'moving':
      return steps.move(version(from), version(to))
    case 'verifying':
    case 'helped':
    case 'did-not-help':
    case 'not-proven':
    case 'failed':
      return steps.prove
    default:
      return status satisfies never
  }
}

const lastCleared = (incident: Incident): string | undefined =>
  ownAlarms(incident)
    .flatMap(({ clearedAt }) => clearedAt ?? [])
    .sort()
    .at(-1)
