import * as z from 'zod'

const OfFunction = z.object({
  alias: z.object({ version: z.string(), weights: z.record(z.string(), z.number()) }),
  deployments: z.array(z.object({ from: z.string().optional(), to: z.string().optional() })),
  left: z.array(z.string()),
})

/** The part of the bot's record of an incident that names versions. The bot writes it, `bot/incident/incident.ts`. */
const NamesVersions = z.object({
  rollback: z.object({ role: z.enum(['api', 'updater']), from: z.string(), to: z.string() }).optional(),
  evidence: z
    .object({ functions: z.object({ api: OfFunction.optional(), updater: OfFunction.optional() }) })
    .optional(),
})

/**
 * Every version of a function that an incident names: where the alias pointed, what was deployed from where to where,
 * what a rollback leads from and to, what one left. Throws for an item that is no such record.
 */
export function versionsNamed(item: unknown, role: 'api' | 'updater'): string[] {
  const { rollback, evidence } = NamesVersions.parse(item)
  const known = evidence?.functions[role]
  return [
    ...new Set([
      ...(rollback?.role === role ? [rollback.from, rollback.to] : []),
      ...(known ? [known.alias.version, ...Object.keys(known.alias.weights), ...known.left] : []),
      ...(known?.deployments ?? []).flatMap(({ from, to }) => [from, to].filter((version) => version !== undefined)),
    ]),
  ]
}
