import type { Room } from '../room/room.ts'
import type { Channel, Group, Person } from '../slack/people.ts'
import type { Block } from '../slack/schema-blocks.ts'
import type { StateValues } from '../slack/state.ts'

/** What the server sends to a page, and the shapes in it. Times are ISO 8601 in UTC, domain time unless told. */

/** A message as one person sees it. */
export interface SeenMessage {
  channel: string
  /** Its identity in Slack: seconds of protocol time. */
  ts: string
  /** Id of the author. */
  user: string
  text: string
  blocks?: Block[]
  /** The first message of its thread, itself included. */
  thread_ts?: string
  /** A thread reply that also stands in the channel. */
  broadcast?: true
  edited?: true
  /** Only the person who looks sees it. */
  onlyYou?: true
  /** When it was posted, on the sandbox clock. */
  at: string
}

/** A modal or Home tab in front of the person. */
export interface SeenView {
  id: string
  /** Changes with each update of the view. */
  hash: string
  type: 'modal' | 'home'
  title: string
  /** Label of the submit button; a modal without one cannot be submitted. */
  submit?: string
  close?: string
  blocks: Block[]
  values: StateValues
  /** How many modals lie on each other, this one included. */
  depth: number
}

export interface SeenChannel {
  id: string
  name: string
  /** The conversation of the person with the bot. */
  isDirect: boolean
}

/** One thing that travelled through the system, in the order it happened. */
export interface JournalEntry {
  /** Counts from 1 without gaps. */
  n: number
  at: string
  kind: 'alarm' | 'decision' | 'effect' | 'slack' | 'aws' | 'person' | 'world' | 'trouble'
  /** A short sentence. */
  text: string
  incident?: string
  details?: Record<string, unknown>
}

/** Everything a page draws from. */
export interface Whole {
  /** Differs after each start of the sandbox. */
  boot: string
  /** True when the sandbox went on from what an earlier one had saved. */
  restored: boolean
  me: string
  botId: string
  people: readonly Person[]
  groups: readonly Group[]
  channels: readonly SeenChannel[]
  /** Oldest first, thread replies included. */
  messages: readonly SeenMessage[]
  modal: SeenView | null
  home: SeenView | null
  room: Room
  journal: readonly JournalEntry[]
}

/** One event of the stream. The first one is always `whole`. */
export type Update =
  | { is: 'whole'; whole: Whole }
  /** New, or in the place of the one with the same channel, ts and `onlyYou`. */
  | { is: 'message'; message: SeenMessage }
  | { is: 'message-gone'; channel: string; ts: string }
  | { is: 'channel'; channel: SeenChannel }
  | { is: 'modal'; modal: SeenView | null }
  | { is: 'home'; home: SeenView }
  | { is: 'room'; room: Room }
  | { is: 'journal'; entries: readonly JournalEntry[] }
  /** Sent every few seconds, so that a page notices a connection that has died quietly. */
  | { is: 'beat' }

export type { Channel, Group, Person }
