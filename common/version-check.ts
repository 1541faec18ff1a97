import * as z from 'zod'

/** What the hook asks a new version before it gets traffic: does it start, and can it read its table? */
export const VersionCheck = z.object({ check: z.literal('before-traffic') })
export type VersionCheck = z.output<typeof VersionCheck>
export const versionCheck: VersionCheck = { check: 'before-traffic' }

export const CheckPassed = z.object({ ok: z.literal(true) })
export type CheckPassed = z.output<typeof CheckPassed>

/**
 * The handler, which also answers the check: with one read of its table, and a failed read is thrown, so that Lambda
 * counts an error. How old prices are is not asked: a fix for old prices has to get through.
 */
export const answeringChecks =
  <Answer>(handler: (event: unknown) => Promise<Answer>, readTable: () => Promise<unknown>) =>
  async (event?: unknown): Promise<Answer | CheckPassed> => {
    if (!VersionCheck.safeParse(event).success) return handler(event)
    await readTable()
    return { ok: true }
  }
