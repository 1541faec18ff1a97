import * as z from 'zod'
import { ErrorsSeen } from './error-shapes.ts'
import { Health } from './health.ts'
import { RequestsSeen } from './requests-seen.ts'
import { SeenChanges } from './seen-change.ts'

/** One deployment of one function, as CodeDeploy tells it. */
export const Deployment = z.object({
  id: z.string(),
  /** Created, Queued, InProgress, Baking, Ready, Succeeded, Failed or Stopped. */
  status: z.string(),
  createdAt: z.iso.datetime(),
  completedAt: z.iso.datetime().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  /** The deployment that this one undoes, when CodeDeploy made it by itself. */
  undoes: z.string().optional(),
})
export type Deployment = z.output<typeof Deployment>

export const Version = z.object({
  version: z.string(),
  createdAt: z.iso.datetime().optional(),
  commit: z.string().optional(),
  author: z.string().optional(),
  subject: z.string().optional(),
})
export type Version = z.output<typeof Version>

export const AliasState = z.object({
  version: z.string(),
  /** Share of the traffic by additional version, 0 to 1. */
  weights: z.record(z.string(), z.number()),
  revisionId: z.string(),
})
export type AliasState = z.output<typeof AliasState>

export const FunctionEvidence = z.object({
  name: z.string(),
  alias: AliasState,
  /** Newest first, at most ten. */
  versions: z.array(Version),
  /** Newest first, at most ten. */
  deployments: z.array(Deployment),
  /** Versions that an earlier rollback moved away from. */
  left: z.array(z.string()),
})
export type FunctionEvidence = z.output<typeof FunctionEvidence>

/** What a listed alarm measures, read now. */
export const Reading = z.object({
  alarm: z.string(),
  /** In the alarm's unit; absent when there was nothing to measure. */
  value: z.number().optional(),
  /** How many requests the value stands on. */
  requests: z.number(),
  at: z.iso.datetime(),
})
export type Reading = z.output<typeof Reading>

/** What the leading alarm measured lately: a point for each step that had data, oldest first, in the alarm's unit. */
export const Series = z.object({
  alarm: z.string(),
  minutesEach: z.int().positive(),
  points: z.array(z.object({ at: z.iso.datetime(), value: z.number() })).max(40),
})
export type Series = z.output<typeof Series>

/** When the prices of one currency were updated last; their age at any moment follows from it. */
export const PricesSeen = z.object({
  currency: z.string(),
  updatedAt: z.iso.datetime(),
  /** When that was read: at a reading that fails, what was seen before stays. */
  readAt: z.iso.datetime(),
})
export type PricesSeen = z.output<typeof PricesSeen>

/** A part that could not be read: what AWS said, or how long nobody said anything. */
const Missing = z.object({
  part: z.string(),
  because: z.string(),
  noAnswerMs: z.int().positive().optional(),
})

export const Evidence = z.object({
  readAt: z.iso.datetime(),
  functions: z.object({ api: FunctionEvidence.optional(), updater: FunctionEvidence.optional() }),
  readings: z.array(Reading),
  /** Absent where no listed alarm leads, or it could not be read. */
  series: Series.optional(),
  /** One entry for each currency that has prices; absent where they are not read, or never could be. */
  prices: z.array(PricesSeen).optional(),
  errors: ErrorsSeen.optional(),
  requests: RequestsSeen.optional(),
  /** What changed from a day before the alarm on. */
  changes: SeenChanges.optional(),
  /** Only where a rollback of the API can be advised. */
  health: Health.optional(),
  /** Parts that could not be read, and why. */
  missing: z.array(Missing),
})
export type Evidence = z.output<typeof Evidence>

/** A version's description as the deploy command writes it: `<commit> by <author>: <subject>`. */
export function parseDescription(description: string): Pick<Version, 'commit' | 'author' | 'subject'> {
  const match = /^([0-9a-f]{7,40}) by ([^:\n]{1,80})(?:: (.{1,200}))?/.exec(description)
  if (!match?.[1] || !match[2]) return description ? { subject: description.slice(0, 200) } : {}
  return { commit: match[1], author: match[2].trim(), ...(match[3] && { subject: match[3] }) }
}

const underWay = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready']
export const isUnderWay = ({ status }: Pick<Deployment, 'status'>): boolean => underWay.includes(status)
