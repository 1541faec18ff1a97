import type { RemedyResult } from '../incident/remedy.ts'
import type { Target, Write } from '../remedy/remedy.ts'
import { type AwsFailure, asking } from './aws-failure.ts'
import { onEffects, type PerformDeps, type Performed } from './perform.ts'
import type { Changed, SettingsItem } from './settings-item.ts'

export interface RemedyDeps extends PerformDeps {
  /** Who changes what a remedy may change. */
  targets: Readonly<Record<Target, Pick<SettingsItem, 'change'>>>
}

/** After this many tries AWS has refused, as far as the people waiting are concerned. */
const mostTries = 4

/** The Lambda that applies remedies and undoes them: one conditional write, marked by the press that asked for it. */
export function createRemedy(deps: RemedyDeps) {
  return onEffects(deps, async ({ effect, receives }): Promise<Performed> => {
    switch (effect.kind) {
      case 'apply-remedy':
      case 'undo-remedy': {
        const made = await asking(change(deps, effect.write, effect.press))
        if (made.is === 'ok') return { is: 'performed', outcome: { is: 'remedy', result: resultOf(made.value) } }
        return failed(made, receives)
      }
      default:
        throw new Error(`The remedy performer cannot perform ${effect.kind}`)
    }
  })
}

const change = ({ targets }: RemedyDeps, write: Write, press: string): Promise<Changed> =>
  targets[write.target].change(write, press)

function resultOf(changed: Changed): RemedyResult {
  switch (changed.is) {
    case 'changed':
      return { is: 'changed' }
    case 'already-so':
      return { is: 'refused', why: 'already-so' }
    case 'changed-meanwhile':
      return { is: 'refused', why: 'changed-meanwhile', ...(changed.now !== undefined && { now: changed.now }) }
    default:
      return changed satisfies never
  }
}

/** An answer that never came may have been a change; only a refusal says for certain that nothing happened. */
function failed(failure: AwsFailure, receives: number): Performed {
  if (failure.is === 'refused') {
    const message = `${failure.code}: ${failure.message}`
    return { is: 'performed', outcome: { is: 'remedy', result: { is: 'refused', why: 'aws-refused', message } } }
  }
  if (receives < mostTries) return { is: 'later', inMs: 2_000 * receives, because: failure.message }
  const result = { is: 'refused', why: 'no-answer', message: failure.message } as const
  return { is: 'performed', outcome: { is: 'remedy', result } }
}
