import type { Alias } from '../cloud/functions.ts'

/** The author in `<commit> by <author>: <subject>`, the description that the deploy command gives. */
export const authorOf = (description: string): string | undefined => / by ([^:]+):/.exec(description)?.[1]

/** The share of the traffic of each version that an alias points at, 0 to 1; its own version first. */
export function sharesOf({ version, weights }: Pick<Alias, 'version' | 'weights'>): ReadonlyMap<string, number> {
  const others = Object.values(weights).reduce((sum, weight) => sum + weight, 0)
  return new Map([[version, Math.max(0, 1 - others)], ...Object.entries(weights)])
}

/** Such as “v42”, or “v41 (90 %) and v42 (10 %)”. */
export function shareWords(alias: Pick<Alias, 'version' | 'weights'>): string {
  const shares = [...sharesOf(alias)]
  if (shares.length === 1) return `v${alias.version}`
  return shares.map(([version, share]) => `v${version} (${Math.round(share * 100)} %)`).join(' and ')
}
