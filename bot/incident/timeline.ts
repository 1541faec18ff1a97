import * as z from 'zod'

/** What can be written into the timeline. Names, not sentences: the drawers turn them into words. */
export const Happening = z.enum([
  'alarm-fired',
  'alarm-cleared',
  'alarm-without-data',
  'consequence-joined',
  'alarm-moved',
  'too-many-alarms',
  'reported',
  'customer-reported',
  'step-done',
  'step-undone',
  'acknowledged',
  'taken-over',
  'still-on-it',
  'owner-reminded',
  'held',
  'escalated',
  'asked-again',
  'rollback-asked',
  'rollback-refused',
  'deployment-stopped',
  'alias-moved',
  'rollback-helped',
  'rollback-did-not-help',
  'rollback-not-proven',
  'rollback-failed',
  'automatic-rollback-started',
  'automatic-rollback-succeeded',
  'automatic-rollback-failed',
  'remedy-asked',
  'remedy-applied',
  'remedy-proven',
  'remedy-not-proven',
  'remedy-failed',
  'remedy-overtaken',
  'remedy-undo-asked',
  'remedy-undone',
  'key-shown',
  'customers-told',
  'recovering',
  'resolved',
  'reopened',
  'postmortem-asked',
  'action-added',
  'action-done',
  'action-undone',
  'reply-left-out',
  'slack-away',
  'slack-back',
  'mailed',
])
export type Happening = z.output<typeof Happening>

export const TimelineEntry = z.object({
  at: z.iso.datetime(),
  what: Happening,
  /** A Slack user id; absent when the bot or AWS did it. */
  by: z.string().optional(),
  /** The status before. */
  from: z.string().optional(),
  /** What it was about: an alarm, a version, a reason. Clipped. */
  about: z.string().optional(),
  /** How often in a row, and when last. */
  times: z.int(),
  last: z.iso.datetime(),
})
export type TimelineEntry = z.output<typeof TimelineEntry>

const longestAbout = 120
/** The beginning tells the cause and the end the state; a flapping middle is what can be let go. */
const keptAtStart = 20
const keptAtEnd = 30

export interface Entry {
  at: string
  what: Happening
  by?: string
  from?: string
  about?: string
}

/** Adds an entry; a repeat of one of the last few folds into it. */
export function withEntry(timeline: readonly TimelineEntry[], entry: Entry): TimelineEntry[] {
  const about = entry.about?.slice(0, longestAbout)
  const twin = timeline.findLastIndex(
    (old, index) =>
      index >= timeline.length - 4 && old.what === entry.what && old.by === entry.by && old.about === about,
  )
  if (twin >= 0) {
    return timeline.map((old, index) => (index === twin ? { ...old, times: old.times + 1, last: entry.at } : old))
  }
  const grown = [...timeline, { ...entry, ...(about !== undefined && { about }), times: 1, last: entry.at }]
  return grown.length <= keptAtStart + keptAtEnd
    ? grown
    : [...grown.slice(0, keptAtStart), ...grown.slice(grown.length - keptAtEnd)]
}
