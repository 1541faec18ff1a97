import type { UsagePlan } from '../../../api/usage-plans.ts'

export type Limited = 'passed' | 'THROTTLED' | 'QUOTA_EXCEEDED'

interface Bucket {
  tokens: number
  at: number
  day: number
  used: number
}

const dayMs = 24 * 3_600_000

/**
 * Counts what each key has asked for: a bucket that fills at the plan's rate up to its burst, and a quota
 * for each UTC day. A refused request uses up neither. Times of one `who` must come from one clock.
 */
export function createLimits() {
  const buckets = new Map<string, Bucket>()
  return {
    take(who: string, plan: UsagePlan, at: Date): Limited {
      const now = at.getTime()
      const day = Math.floor(now / dayMs)
      const before = buckets.get(who) ?? { tokens: plan.burst, at: now, day, used: 0 }
      const passedMs = Math.max(0, now - before.at)
      const tokens = Math.min(plan.burst, before.tokens + (passedMs * plan.perSecond) / 1000)
      const used = before.day === day ? before.used : 0
      const next = { tokens, at: Math.max(now, before.at), day, used }
      buckets.set(who, next)
      if (tokens < 1) return 'THROTTLED'
      if (used >= plan.quotaPerDay) return 'QUOTA_EXCEEDED'
      next.tokens -= 1
      next.used += 1
      return 'passed'
    },
  }
}

export type Limits = ReturnType<typeof createLimits>
