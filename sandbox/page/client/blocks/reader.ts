import { createContext, useContext } from 'react'
import type { Group, Person } from '../../protocol.ts'

/** The person in front of the page, and what is needed to draw for them. */
export interface Reader {
  people: readonly Person[]
  groups: readonly Group[]
  channels: readonly { id: string; name: string }[]
  me: Person
  /** The sandbox clock: “today” and “5 minutes ago” are told from it. */
  now: Date
  theme: 'light' | 'dark'
}

/** What a person did: the element, and what it now holds. Buttons and emptied inputs have no value. */
export interface Press {
  block_id: string
  action_id: string
  /** Value of an option, a list of them for checkboxes, the id of a person, or what was typed. */
  value: string | string[] | null
  /** What the person read on it. */
  label: string
}

const ReaderContext = createContext<Reader | undefined>(undefined)

export const ReaderProvider = ReaderContext.Provider

export function useReader(): Reader {
  const reader = useContext(ReaderContext)
  if (!reader) throw new Error('Text is drawn for somebody: put it inside <Blocks> or <Mrkdwn>')
  return reader
}
