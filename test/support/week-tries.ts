import type { Incident } from '../../bot/incident/incident.ts'
import { alarms, type Severity } from '../../common/alarms.ts'
import { nth, people } from './random-outcomes.ts'
import type { Fact, Found, Ms } from './week-facts.ts'
import type { Lane, Move } from './week-moves.ts'

const second = 1_000
const min = 60 * second

export const severityOf = (name: string): Severity =>
  alarms.find((alarm) => alarm.name === name)?.severity ?? (name.replace('Disk', '') as Severity)

/** The fact that a move comes to, in the world as it is; undefined where there is nothing of the kind. */
export function factOf(
  { what, pick }: Move,
  at: Ms,
  { names, canRollBack, service }: Lane,
  incident: Incident | undefined,
  rings: ReadonlySet<string>,
): Fact | undefined {
  const by = nth(people, pick)
  const changed = at - nth([0, 0, 0, 20 * second, 60 * second], pick >> 2)
  const alarm = (name: string, state: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA'): Fact => ({
    ...{ at, is: 'alarm', alarm: name, severity: severityOf(name), state, changed },
  })
  const waits = (...kinds: string[]) => incident?.pending.some(({ effect }) => kinds.includes(effect.kind)) === true
  const isOpen = incident !== undefined && incident.status !== 'resolved'
  switch (what) {
    case 'fires':
      return alarm(nth(names, pick >> 5), 'ALARM')
    case 'clears':
      return alarm(nth(rings.size > 0 ? [...rings] : names, pick >> 5), 'OK')
    case 'losesData':
      return alarm(nth(names, pick >> 5), 'INSUFFICIENT_DATA')
    case 'acknowledges':
      return { at, is: 'acknowledges', by }
    case 'takesOver':
      return { at, is: 'takes over', by }
    case 'holds':
      return { at, is: 'holds', by }
    case 'stillOnIt':
      return { at, is: 'says still on it', by: pick % 4 === 0 ? by : (incident?.owner?.user ?? by) }
    case 'escalates':
      return { at, is: 'escalates', by, to: nth([2, 2, 3] as const, pick >> 2) }
    case 'closes':
      return { at, is: 'closes', by }
    case 'asksRollback':
      return canRollBack ? { at, is: 'asks for a rollback', by } : undefined
    case 'goesOn':
      return waits('start-rollback', 'move-alias', 'verify-rollback')
        ? { at, is: 'the rollback goes on', found: nth(finds, pick) }
        : undefined
    case 'measures': {
      const listed = alarms.find((each) => each.name === nth(names, pick >> 5))
      if (!listed || !('above' in listed.escalate) || !waits('read-evidence')) return undefined
      const value = listed.escalate.above + nth([1, 1, 1, 0, -1], pick)
      return { at, is: 'is measured', alarm: listed.name, value, minute: Math.floor(at / min) * min }
    }
    case 'automaticFails':
      return isOpen && canRollBack && waits('read-evidence') && pick % 3 === 0
        ? { at, is: 'the automatic rollback failed' }
        : undefined
    case 'complains':
      return { at, is: 'a customer complains', by }
    case 'stops':
      return service === 'disk' ? undefined : { at, is: 'stops the service', by }
    case 'goesOnAgain':
      return { at, is: 'lets the service go on', by }
    default:
      return what satisfies never
  }
}
const finds: readonly Found[] = [
  'done',
  'done',
  'done',
  'done',
  'refused',
  'busy',
  'silence',
  'good',
  'bad',
  'bad',
  'bad',
]
