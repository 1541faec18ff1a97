import * as z from 'zod'

/** Who reads a mail: the people of level 3, or those on call. */
export const Audience = z.enum(['managers', 'oncall'])
export type Audience = z.output<typeof Audience>

const severity = z.enum(['Critical', 'High', 'Medium', 'Low'])
const level = z.union([z.literal(1), z.literal(2), z.literal(3)])

/** What would have woken somebody, had Slack taken it. */
export const News = z.discriminatedUnion('is', [
  z.object({ is: z.literal('away'), at: z.iso.datetime() }),
  z.object({ is: z.literal('escalated'), at: z.iso.datetime(), level, why: z.string() }),
  z.object({ is: z.literal('reopened'), at: z.iso.datetime() }),
  z.object({ is: z.literal('graver'), at: z.iso.datetime(), severity }),
  z.object({ is: z.literal('resolved'), at: z.iso.datetime() }),
])
export type News = z.output<typeof News>

/** Another incident that one mail tells of in a line. */
export const Beside = z.object({
  id: z.string(),
  service: z.string(),
  severity,
  level,
  since: z.iso.datetime(),
  /** The alarm it is told by; absent where a person reported it. */
  alarm: z.object({ name: z.string(), listed: z.string().optional() }).optional(),
  isOver: z.boolean().optional(),
})
export type Beside = z.output<typeof Beside>

/** A mail to send, as facts. Subject and text are made when it leaves, from the incident as it then stands. */
export const Mail = z.object({
  kind: z.literal('mail'),
  audience: Audience,
  about: z.enum(['level-3', 'slack-away', 'slack-away-news']),
  /** When it was decided. */
  at: z.iso.datetime(),
  /** Of a step to level 3: why, who asked for it, and in which words. */
  why: z.string().optional(),
  by: z.string().optional(),
  reason: z.string().optional(),
  /** Of an outage of Slack: since when messages wait, what no mail has told yet, and what else it tells of. */
  since: z.iso.datetime().optional(),
  news: z.array(News).optional(),
  beside: z.array(Beside).optional(),
  /** How many incidents more there are than `beside` names. */
  more: z.int().optional(),
})
export type Mail = z.output<typeof Mail>

/** Slack takes none of the incident's messages. It stands in the incident until the last of them is through. */
export const SlackAway = z.object({
  /** When the oldest message that waits was made. */
  since: z.iso.datetime(),
  mailedAt: z.iso.datetime().optional(),
  /** What the next mail has to tell. */
  untold: z.array(News),
})
export type SlackAway = z.output<typeof SlackAway>
