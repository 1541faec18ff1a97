import { adviceFor, criteriaFor } from '../incident/advice-for.ts'
import type { Incident } from '../incident/incident.ts'
import { type Criterion, comesFirst, runbookLimits } from '../incident/rollback-advice.ts'
import type { RollbackPlan } from '../incident/rollback-plan.ts'
import { quantity } from './format.ts'
import { type Look, words } from './look.ts'
import type { CriterionFacts } from './words/facts-changes.ts'

/** One line of the message: what the runbook says of a rollback, with the numbers; nothing where nothing is known. */
export function adviceLine(incident: Incident, look: Look): string | undefined {
  const { advice: say } = words(look)
  const criteria = adviceFor(incident)
  const told = (is: Criterion['is']) => criteria.filter((each) => each.is === is).map((each) => toldOf(each, look))
  const waits = criteria.find(comesFirst)
  if (waits) return say.waits(toldOf(waits, look), told('met'))
  if (told('met').length > 0) return say.advises(told('met'))
  return told('not-met').length > 0 ? say.advisesNot(told('not-met')) : undefined
}

/** Every criterion for whoever is about to roll back: met, not met, or not known. */
export function criteriaLines(incident: Incident, plan: RollbackPlan, look: Look): string[] {
  const { advice: say } = words(look)
  const criteria = criteriaFor(incident, plan)
  return criteria.length === 0
    ? []
    : [say.title, ...criteria.map((each) => `• ${say.marked(each.is, toldOf(each, look))}`)]
}

function toldOf(criterion: Criterion, look: Look): string {
  return words(look).advice.criterion[criterion.criterion](factsOf(criterion, look))
}

function factsOf(criterion: Criterion, look: Look): CriterionFacts {
  const count = (value: number) => quantity(Math.round(value), undefined, look.language)
  const seconds = (value: number) => quantity(value, 's', look.language)
  const least = count(runbookLimits.leastRequests)
  switch (criterion.criterion) {
    case 'just-deployed': {
      const { minutesAfter, waitMinutes, taken } = criterion
      return {
        least,
        ...(minutesAfter !== undefined && { minutesAfter: count(minutesAfter) }),
        ...(waitMinutes !== undefined && { waitMinutes: count(waitMinutes) }),
        ...(taken && { taken }),
      }
    }
    case 'errors': {
      const { calls, percent } = criterion
      return {
        least,
        ...(calls !== undefined && { calls: count(calls) }),
        ...(percent !== undefined && { percent: quantity(percent, '%', look.language) }),
      }
    }
    case 'p95': {
      const { now, before } = criterion
      return {
        least,
        ...(now !== undefined && { now: seconds(now) }),
        ...(before !== undefined && { before: seconds(before) }),
      }
    }
    case 'complaints':
      return { least, ...(criterion.count !== undefined && { count: count(criterion.count) }) }
    default:
      return criterion satisfies never
  }
}
