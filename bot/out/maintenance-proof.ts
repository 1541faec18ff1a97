import * as z from 'zod'
import type { Clock } from '../../common/clock.ts'
import { maintenanceProblem } from '../../common/maintenance.ts'
import type { Names } from '../../common/names.ts'
import { moment } from '../../common/time.ts'
import type { Seen } from '../remedy/remedy.ts'
import { asking } from './aws-failure.ts'
import type { FunctionReaders } from './function-evidence.ts'
import type { Performed } from './perform.ts'
import { isKnownPrice, knownPriceRequest } from './price-proof.ts'

const Answer = z.object({ statusCode: z.literal(503), body: z.string() })
const Problem = z.object({
  type: z.literal(maintenanceProblem),
  expectedUntil: z.iso.datetime().optional(),
})

/** What the API has answered to a request for a known price, as it is proven by: the very answer that a client gets. */
export function apiSeen(payload: unknown): NonNullable<Seen['api']> {
  if (isKnownPrice(payload)) return { is: 'prices' }
  const answer = Answer.safeParse(payload)
  const problem = answer.success ? Problem.safeParse(readJson(answer.data.body)) : undefined
  if (!problem?.success) return { is: 'neither' }
  const { expectedUntil: until } = problem.data
  return { is: 'maintenance', ...(until !== undefined && { until }) }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Asks the API for a known price; what could not be asked proves nothing. */
export async function lookAtApi(
  deps: Pick<FunctionReaders, 'functions'> & { clock: Clock; names: Names },
): Promise<Performed> {
  const at = moment(deps.clock.now())
  const answered = await asking(deps.functions.invoke(deps.names.functions.api, knownPriceRequest))
  const seen = answered.is === 'ok' ? { api: apiSeen(answered.value.payload) } : {}
  return { is: 'performed', outcome: { is: 'remedy', result: { is: 'seen', at, seen } } }
}
