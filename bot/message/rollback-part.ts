import { alarmNamed } from '../../common/alarms.ts'
import { guidanceFor } from '../../common/runbook/runbook.ts'
import { type EscalationReason, type Incident, isReported } from '../incident/incident.ts'
import { isRollingBack, type Rollback } from '../incident/rollback.ts'
import { enoughRequests } from '../incident/rollback-steps.ts'
import type { Proof } from '../incident/say.ts'
import { present } from './blocks.ts'
import { code, data, duration, quantity, when } from './format.ts'
import { type Look, person, words } from './look.ts'
import { refusalSentence, version } from './refusals.ts'
import type { ProofFacts, RollbackFacts } from './words/facts.ts'

export type Outcome = 'helped' | 'did-not-help' | 'not-proven'

/** The numbers of a proof in the reader's language; `isPlain` for people who do not operate the service. */
export function proofFacts(proof: Proof, look: Look, isPlain = false): ProofFacts {
  const guidance = guidanceFor(proof.alarm, look.language)
  const unit = alarmNamed(proof.alarm)?.unit
  const shown = (value: number) => quantity(value, unit, look.language)
  return {
    measure: (isPlain ? guidance?.plainMeasure : guidance?.measure) ?? data(proof.alarm, 80),
    ...(proof.before !== undefined && { before: shown(proof.before) }),
    ...(proof.after !== undefined && { after: shown(proof.after) }),
    requests: Math.round(proof.requests),
    isUnread: proof.unread === true,
    enough: enoughRequests,
    ...(proof.alarmOkAfter !== undefined && { okAfter: duration(proof.alarmOkAfter, look.language) }),
    aliasReadBack: proof.aliasReadBack,
    priceAnswered: proof.priceAnswered,
  }
}

export const rollbackFacts = ({ by, from, to }: Pick<Rollback, 'by' | 'from' | 'to'>): RollbackFacts => ({
  by: person(by),
  from: version(from),
  to: version(to),
})

/** How a rollback ended, with its proof in numbers. */
export function endingSentence(
  outcome: Outcome,
  rollback: Pick<Rollback, 'by' | 'from' | 'to'>,
  proof: Proof,
  look: Look,
): string {
  const { rollback: say } = words(look)
  const facts = rollbackFacts(rollback)
  const numbers = proofFacts(proof, look)
  switch (outcome) {
    case 'helped':
      return say.helped(facts, numbers)
    case 'did-not-help':
      return say.didNotHelp(facts, numbers)
    case 'not-proven':
      return say.notProven(facts, numbers)
    default:
      return outcome satisfies never
  }
}

/** Who has it now that a rollback was not enough. */
export function handedOn(why: EscalationReason, incident: Incident, look: Look): string | undefined {
  const { rollback: say, incident: about } = words(look)
  const { level, why: reason } = incident.escalation
  if (level === 1) return undefined
  return reason === why ? say.escalated(about.levels[level]) : say.alreadyWith(about.levels[level])
}

/** The rollback of an incident, as steps while it runs and as one sentence when it has ended. */
export function rollbackLines(incident: Incident, look: Look): string[] {
  const { rollback } = incident
  if (!rollback) return []
  if (isRollingBack(rollback)) return runningLines(rollback, look)
  const { status } = rollback
  const why = status === 'failed' ? 'rollback-failed' : status === 'did-not-help' ? 'rollback-did-not-help' : undefined
  const checkIt = isReported(incident) && (status === 'helped' || status === 'not-proven')
  const told = present([
    endOf(rollback, incident, look),
    why && handedOn(why, incident, look),
    checkIt ? words(look).report.checkIt : undefined,
  ])
  return [words(look).incident.sentences(told)]
}

/** The sentence of a rollback that is over. */
export function endOf(rollback: Rollback, incident: Incident, look: Look): string {
  const { rollback: say } = words(look)
  const { status, why = 'aws-refused', role, to } = rollback
  switch (status) {
    case 'helped':
    case 'did-not-help':
    case 'not-proven':
      return endingSentence(status, rollback, rollback.proof ?? noProof(rollback), look)
    case 'failed': {
      const failed = say.failed(rollbackFacts(rollback), refusalSentence(why, incident, look, { role, to }))
      return words(look).incident.sentences([failed, say.commandsInThread])
    }
    case 'requested':
    case 'stopping':
    case 'moving':
    case 'verifying':
      return say.running(rollbackFacts(rollback), when(rollback.askedAt))
    default:
      return status satisfies never
  }
}

const noProof = ({ alarm, before }: Rollback): Proof => ({
  alarm,
  ...(before !== undefined && { before }),
  requests: 0,
  aliasReadBack: true,
  priceAnswered: true,
})

const position = { requested: 0, stopping: 1, moving: 2, verifying: 3 } as const

function runningLines(rollback: Rollback, look: Look): string[] {
  const { rollback: say } = words(look)
  const { status, deployment, from, to, proof } = rollback
  const now = status in position ? position[status as keyof typeof position] : 3
  const steps = [
    { at: 0, name: say.steps.check },
    ...(deployment === undefined ? [] : [{ at: 1, name: say.steps.stop(code(deployment)) }]),
    { at: 2, name: say.steps.move(version(from), version(to)) },
    { at: 3, name: say.steps.prove },
  ]
  const mark = (at: number) => (at < now ? '✓' : at === now ? '▸' : '·')
  const facts = proof && proofFacts(proof, look)
  const numbers = facts && say.numbers(facts)
  return [
    say.running(rollbackFacts(rollback), when(rollback.askedAt)),
    ...steps.map(({ at, name }) => `${mark(at)} ${name}`),
    ...(facts?.after !== undefined && numbers ? [say.soFar(numbers, facts.requests)] : []),
  ]
}

/** CodeDeploy's own rollback, as far as it is known. */
export function automaticLine({ automaticRollback: automatic }: Incident, look: Look): string | undefined {
  if (!automatic) return undefined
  return words(look).rollback.automatic[automatic.state](code(automatic.of, 40), code(automatic.deployment, 40))
}
