import type { Incident } from '../incident/incident.ts'
import { isInForce, type RemedyRecord } from '../incident/remedy.ts'
import type { Rollback } from '../incident/rollback.ts'
import { present } from './blocks.ts'
import { when } from './format.ts'
import { type Look, person, words } from './look.ts'
import { proofFacts } from './rollback-part.ts'

/** What was tried with what result, for people who do not operate the service. */
export function triedLines({ rollback, automaticRollback, remedies = [] }: Incident, look: Look): string[] {
  const { manager: say } = words(look)
  const lines = present([
    rollback && say.triedBy(resultOf(rollback, look), person(rollback.by), when(rollback.askedAt)),
    automaticRollback && say.automatic[automaticRollback.state],
    ...remedies.map((remedy) => easedBy(remedy, look)),
  ])
  return (lines.length > 0 ? lines : [say.nothing]).map((line) => `• ${line}`)
}

function resultOf({ status, proof }: Rollback, look: Look): string {
  const { manager: say, rollback: about } = words(look)
  const numbers = (proof && about.numbers(proofFacts(proof, look, true))) ?? ''
  switch (status) {
    case 'requested':
    case 'stopping':
    case 'moving':
    case 'verifying':
      return say.running
    case 'helped':
      return say.helped(numbers)
    case 'did-not-help':
      return say.didNotHelp(numbers)
    case 'not-proven':
      return say.notProven
    case 'failed':
      return say.failed
    default:
      return status satisfies never
  }
}

function easedBy(remedy: RemedyRecord, look: Look): string | undefined {
  const { manager: say } = words(look)
  const what = say.eased[remedy.name]
  if (remedy.status === 'failed') return say.easeFailed(what)
  return isInForce(remedy) || remedy.status === 'undone'
    ? say.triedBy(what, person(remedy.by), when(remedy.at))
    : undefined
}
