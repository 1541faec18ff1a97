import type { z } from 'zod'

/** Environment variables by name, as a process or the sandbox hands them over. */
export type Env = Readonly<Record<string, string | undefined>>

/** The only place that reads the environment of the process. */
export const processEnv = (): Env => process.env

/** Names every variable that is missing or wrong in one error, never a value: a value may be a secret. */
export class SettingsError extends Error {
  override name = 'SettingsError'
}

/** Reads settings with `schema`; throws one `SettingsError` that lists every problem. */
export function readSettings<S extends z.ZodType>(schema: S, env: Env): z.output<S> {
  const parsed = schema.safeParse(env)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new SettingsError(`Settings are wrong. ${problems.join(' · ')}`)
}
