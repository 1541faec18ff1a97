import { createContext, useContext } from 'react'
import type { InputValue, StateValues } from '../../../slack/state.ts'
import type { Press } from './reader.ts'

/** Tells one element of a message from the others, for `busy` and `trouble`. */
export const pressKey = ({ block_id, action_id }: Pick<Press, 'block_id' | 'action_id'>): string =>
  `${block_id}/${action_id}`

export interface Trouble {
  /** Its `pressKey`. */
  control: string
  why: string
}

export interface Acting {
  act(press: Press): void
  values: StateValues
  onValue(block_id: string, action_id: string, value: InputValue): void
  /** block_id → the sentence under the input. */
  errors: Readonly<Record<string, string>>
  /** `pressKey` of what waits for an answer. */
  busy: string | undefined
  /** The element beside which Slack shows a warning sign, and why it does. */
  trouble: Trouble | undefined
}

const ActingContext = createContext<Acting | undefined>(undefined)

export const ActingProvider = ActingContext.Provider

export function useActing(): Acting {
  const acting = useContext(ActingContext)
  if (!acting) throw new Error('Something to press stands inside <Blocks>')
  return acting
}

/** Where an element stands, and how it is named there. */
export interface Place {
  block_id: string
  action_id: string
  /** Ids of what labels and describes it; absent outside of input blocks. */
  labelledBy?: string
  describedBy?: string | undefined
  required?: boolean
  invalid?: boolean
  /** An input block tells the app of a change only when it asks to. */
  silent?: boolean
}

export const aria = ({ labelledBy, describedBy, required, invalid }: Place, label: string) => ({
  ...(labelledBy ? { 'aria-labelledby': labelledBy } : { 'aria-label': label }),
  ...(describedBy && { 'aria-describedby': describedBy }),
  ...(required && { 'aria-required': true }),
  ...(invalid && { 'aria-invalid': true }),
})
