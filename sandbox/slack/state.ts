import type { Channel, Group, Person } from './people.ts'
import type { Block } from './schema-blocks.ts'
import type { ViewDefinition } from './validate-view.ts'

export interface Metadata {
  event_type: string
  event_payload: Record<string, unknown>
}

/** A message as kept; what a caller sees of it is decided when it is shown. */
export interface Message {
  channel: string
  ts: string
  user: string
  text: string
  blocks?: Block[]
  thread_ts?: string
  /** A thread reply that also stands in the channel. */
  broadcast?: boolean
  metadata?: Metadata
  edited?: { user: string; ts: string }
  edits: number
  /** When people read that it was posted: ISO 8601, on the clock they live by. */
  at: string
}

/** A message only one person sees, until it is deleted or the page forgets it. */
export interface Ephemeral {
  channel: string
  ts: string
  /** Who sees it. */
  user: string
  text: string
  blocks?: Block[]
  thread_ts?: string
  at: string
}

/** What the inputs of a view hold at present: block_id → action_id → value. */
export type StateValues = Record<string, Record<string, InputValue>>
export type InputValue =
  | { type: 'plain_text_input'; value: string | null }
  | { type: 'static_select' | 'radio_buttons'; selected_option: unknown }
  | { type: 'users_select'; selected_user: string | null }
  | { type: 'checkboxes'; selected_options: unknown[] }

/** A modal or Home tab in front of a person. */
export interface OpenView {
  id: string
  user: string
  hash: string
  definition: ViewDefinition
  root: string
  previous: string | null
  values: StateValues
}

export interface Trigger {
  user: string
  at: number
  used: boolean
}

/** Where an app may answer an interaction for half an hour. */
export interface ResponseAddress {
  user: string
  channel: string
  at: number
  uses: number
  /** The message pressed, absent for a slash command. */
  original?: { ts: string; ephemeral: boolean }
  thread_ts?: string
}

/** Everything this Slack remembers; a plain JSON value. */
export interface State {
  version: 1
  people: Person[]
  groups: Group[]
  channels: Channel[]
  messages: Record<string, Message[]>
  ephemerals: Ephemeral[]
  /** The stack of modals each person has open, the top one last. */
  modals: Record<string, OpenView[]>
  homes: Record<string, OpenView>
  triggers: Record<string, Trigger>
  responses: Record<string, ResponseAddress>
  /** Microseconds of the newest ts given out. */
  newest: number
  /** Counts everything that needs an id of its own. */
  counter: number
}

export const emptyState = (
  people: readonly Person[],
  groups: readonly Group[],
  channels: readonly Channel[],
): State => ({
  version: 1,
  people: structuredClone([...people]),
  groups: structuredClone([...groups]),
  channels: structuredClone([...channels]),
  messages: {},
  ephemerals: [],
  modals: {},
  homes: {},
  triggers: {},
  responses: {},
  newest: 0,
  counter: 0,
})
