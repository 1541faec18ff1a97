import { moment } from '../../common/time.ts'
import { changeOfRemedy } from '../incident/changes-made.ts'
import type { RemedyResult } from '../incident/remedy.ts'
import type { Write } from '../remedy/write.ts'
import { isTooEarly, tooEarly } from './after-answer.ts'
import { type AwsFailure, asking } from './aws-failure.ts'
import { type ChangeLog, noteDown } from './change-log.ts'
import type { Changed } from './changed.ts'
import type { createConcurrencyTarget } from './concurrency.ts'
import { fillKeyModal, type KeysDeps, seeKeys, showKey } from './keys.ts'
import { onEffects, type PerformDeps, type Performed } from './perform.ts'
import type { SettingsItem } from './settings-item.ts'

export interface RemedyDeps extends PerformDeps, KeysDeps {
  settingsItem: Pick<SettingsItem, 'change'>
  concurrency: ReturnType<typeof createConcurrencyTarget>
  changeLog: Pick<ChangeLog, 'record'>
}

/** After this many tries AWS has refused, as far as the people waiting are concerned. */
const mostTries = 4

/**
 * The Lambda that applies remedies and undoes them: one conditional change, made once for the press that asked for it.
 * It alone may read API keys, so that it also proves what it does to them.
 */
export function createRemedy(deps: RemedyDeps) {
  return onEffects(deps, async ({ incident, effect, receives }): Promise<Performed> => {
    switch (effect.kind) {
      case 'apply-remedy':
      case 'undo-remedy': {
        const made = await asking(change(deps, effect.write, effect.press))
        if (made.is === 'ok' && made.value.is === 'changed')
          await noteDown(deps, changeOfRemedy(incident, effect, moment(deps.clock.now()), made.value.made))
        if (made.is === 'ok') return { is: 'performed', outcome: { is: 'remedy', result: resultOf(made.value) } }
        return failed(made, receives)
      }
      case 'fill-remedy-modal':
        if (isTooEarly(effect, receives)) return tooEarly
        await fillKeyModal(deps, incident, effect, moment(deps.clock.now()))
        return { is: 'performed', outcome: { is: 'done' } }
      case 'verify-keys': {
        const at = moment(deps.clock.now())
        const seen = await seeKeys(deps, incident)
        return { is: 'performed', outcome: { is: 'remedy', result: { is: 'seen', at, seen } } }
      }
      case 'show-key':
        return showKey(deps, incident, effect)
      default:
        throw new Error(`The remedy performer cannot perform ${effect.kind}`)
    }
  })
}

function change({ settingsItem, apiKeys, concurrency }: RemedyDeps, write: Write, press: string): Promise<Changed> {
  switch (write.target) {
    case 'settings':
    case 'maintenance':
      return settingsItem.change(write, press)
    case 'api-key':
      return apiKeys.setState(write)
    case 'new-key':
      return apiKeys.create(write, press)
    case 'concurrency':
      return concurrency.change(write)
    default:
      return write satisfies never
  }
}

function resultOf(changed: Changed): RemedyResult {
  switch (changed.is) {
    case 'changed':
      return { is: 'changed', ...(changed.made && { made: changed.made }) }
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
