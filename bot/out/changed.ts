import type { Made } from '../incident/remedy.ts'
import type { Value } from '../remedy/remedy.ts'

/** What came of a conditional change; `now` is what stands there instead, where that is a value. */
export type Changed = { is: 'changed'; made?: Made } | { is: 'already-so' } | { is: 'changed-meanwhile'; now?: Value }
