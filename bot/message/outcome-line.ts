import { msBetween } from '../../common/time.ts'
import type { Incident } from '../incident/incident.ts'
import { isInForce } from '../incident/remedy.ts'
import { present } from './blocks.ts'
import { duration } from './format.ts'
import { type Look, person, words } from './look.ts'
import { proofFacts, rollbackFacts } from './rollback-part.ts'

/** How long a finished incident lasted. */
export const lastedOf = ({ openedAt, resolved }: Incident, look: Look): string =>
  duration(Math.max(0, msBetween(openedAt, resolved?.at ?? openedAt)), look.language)

/** How a finished incident ended, in half a line: what helped, who closed it; `isPlain` for everybody who follows incidents. */
export function outcomeLine(incident: Incident, look: Look, isPlain = false): string {
  const { people, remedy: about, rollback: say } = words(look)
  const { outcome } = people
  const { rollback, automaticRollback, remedies = [], resolved, reopened } = incident
  const helped = rollback?.status === 'helped' || rollback?.status === 'not-proven' ? rollback : undefined
  const { by, from, to } = helped ? rollbackFacts(helped) : { by: '', from: '', to: '' }
  const numbers = (helped?.proof && say.numbers(proofFacts(helped.proof, look, isPlain))) ?? ''
  const eased = remedies.filter(isInForce).map(({ name }) => about.each[name].title)
  return present([
    helped && (isPlain ? outcome.putBack(by, numbers) : outcome.rolledBack(from, to, by, numbers)),
    automaticRollback?.state === 'succeeded' ? outcome[isPlain ? 'undone' : 'automatic'] : undefined,
    eased.length > 0 ? outcome.remedies([...new Set(eased)].join(', ')) : undefined,
    reopened > 0 ? outcome.came(reopened) : undefined,
    resolved?.by === undefined ? outcome.alone : outcome.closedBy(person(resolved.by)),
  ]).join(' · ')
}
