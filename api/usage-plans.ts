/** A usage plan: how fast and how much a key may ask. */
export interface UsagePlan {
  name: string
  perSecond: number
  burst: number
  /** Requests in one UTC day. */
  quotaPerDay: number
}

export const usagePlans = {
  /** For whoever tries it. */
  trial: { name: 'trial', perSecond: 10, burst: 20, quotaPerDay: 10_000 },
  /** For customers. */
  business: { name: 'business', perSecond: 100, burst: 200, quotaPerDay: 1_000_000 },
} as const satisfies Record<string, UsagePlan>
