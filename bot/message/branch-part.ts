import type { LikelyBranch } from '../incident/branch.ts'
import type { Incident } from '../incident/incident.ts'
import { gapOf } from './evidence-part.ts'
import { code, data, quantity } from './format.ts'
import { type Look, words } from './look.ts'
import { version } from './refusals.ts'

/** Why the evidence speaks for a case of the runbook, as half a sentence with its numbers. */
export function branchReason({ branches, because }: LikelyBranch, incident: Incident, look: Look): string {
  const { branch: say } = words(look)
  const [id = ''] = branches
  const count = (value: number) => quantity(value, undefined, look.language)
  const share = (of: { count: number; total: number }) => ({ count: count(of.count), total: count(of.total) })
  switch (because.is) {
    case 'deployed':
      return say.deployed(version(because.version), gapOf(because.deployedAt, incident, look))
    case 'attempts':
      return say.attempts(id, { ...share(because), whose: data(because.provider, 60) })
    case 'statuses':
      return say.statuses(id, share(because))
    case 'errors':
      return say.errors(id, share(because))
    case 'requests-of-a-key':
      return say.requestsOfAKey({ ...share(because), whose: code(because.key, 40) })
    default:
      return because satisfies never
  }
}
