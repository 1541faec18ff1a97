import { z } from 'zod'

/** What is wrong with a version, or with a function whatever its version. Scenarios turn these. */
export const Behaviour = z.object({
  /** Share of the calls that fail although the code is fine, 0 to 1. */
  errorRate: z.number(),
  /** Time on top of the usual duration. It is simulated, nobody waits for it. */
  extraLatencyMs: z.number(),
})
export type Behaviour = z.output<typeof Behaviour>

export const healthy: Behaviour = { errorRate: 0, extraLatencyMs: 0 }

/** A published version. All but its behaviour is fixed for good. */
export const Version = z.object({
  version: z.string(),
  description: z.string(),
  createdAt: z.iso.datetime(),
  codeSha: z.string(),
  /** Which code it runs, by its name among the releases of the sandbox. */
  code: z.string().default('good'),
  behaviour: Behaviour,
})
export type Version = z.output<typeof Version>

/** What `$LATEST` runs once it was uploaded and is not published yet. */
export const Latest = z.object({
  code: z.string(),
  codeSha: z.string(),
  uploadedAt: z.iso.datetime(),
})
export type Latest = z.output<typeof Latest>

export const Alias = z.object({
  version: z.string(),
  /** Share of the traffic of additional versions, 0 to 1. */
  weights: z.record(z.string(), z.number()),
  /** New at every change: whoever names an old one is refused. */
  revisionId: z.string(),
  description: z.string(),
})
export type Alias = z.output<typeof Alias>

/** A failed call as Lambda reports it in the payload. */
export interface FunctionFailure {
  errorType: string
  errorMessage: string
  trace?: string[]
}

export type Outcome =
  | { ok: true; executedVersion: string; durationMs: number; payload: unknown }
  | { ok: false; executedVersion: string; durationMs: number; failure: FunctionFailure }

/** The code of a version, called with the event. It throws to fail. */
export type Handler = (payload: unknown) => Promise<unknown>
