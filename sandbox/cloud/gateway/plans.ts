import { z } from 'zod'
import { usagePlans } from '../../../api/usage-plans.ts'
import { atStage } from '../../../common/names.ts'

export const PlanName = z.enum(['trial', 'business'])
export type PlanName = z.output<typeof PlanName>

/** The plans of the stack by the ids that AWS has given them. */
const ids: Readonly<Record<PlanName, string>> = { trial: 'plan01', business: 'plan02' }

/** The stack's REST API, as plans name it. */
export const restApiId = 'prices0api'

export const planWithId = (id: string): PlanName | undefined => PlanName.options.find((name) => ids[name] === id)

/** The plans as the stack of a stage makes them. */
export const plansAtStage = (stage: string) =>
  PlanName.options.map((name) => ({ name, id: ids[name], shown: atStage(name, stage), ...limitsOf(name) }))

function limitsOf(name: PlanName) {
  const { perSecond, burst, quotaPerDay } = usagePlans[name]
  return { perSecond, burst, quotaPerDay }
}
