import type { Wall } from '../../common/clock.ts'

/** https://docs.slack.dev/apis/web-api/rate-limits: calls a minute that each tier allows at least. */
export const tiers = { 1: 1, 2: 20, 3: 50, 4: 100 } as const

const page = (name: string) => `https://docs.slack.dev/reference/methods/${name}`
const tier = (name: string, of: keyof typeof tiers) => [name, { perMinute: tiers[of], docs: page(name) }] as const

/** How often an app may call each method. chat.postMessage has a tier of its own: see `posting`. */
export const methodRates: ReadonlyMap<string, { perMinute: number; docs: string }> = new Map([
  tier('chat.update', 3),
  tier('chat.delete', 3),
  tier('chat.postEphemeral', 4),
  tier('conversations.history', 3),
  tier('conversations.replies', 3),
  tier('conversations.list', 2),
  tier('conversations.open', 3),
  tier('conversations.info', 3),
  tier('conversations.join', 3),
  tier('users.list', 2),
  tier('users.info', 4),
  tier('usergroups.list', 2),
  tier('usergroups.users.list', 2),
  tier('views.open', 4),
  tier('views.update', 4),
  tier('views.push', 4),
  tier('views.publish', 4),
  tier('apps.connections.open', 3),
  // Slack lets auth.test be called hundreds of times and getPermalink without a fixed tier.
  ['auth.test', { perMinute: 300, docs: page('auth.test') }],
  ['chat.getPermalink', { perMinute: 300, docs: page('chat.getPermalink') }],
])

/**
 * One message a second in each channel, short bursts above that allowed without a promise, and a few
 * hundred a minute in the whole workspace. Slack names neither the size of the burst nor the exact
 * workspace number; these are on the careful side.
 */
export const posting = {
  docs: 'https://docs.slack.dev/apis/web-api/rate-limits',
  perSecond: 1,
  burst: 3,
  workspacePerMinute: 300,
} as const

/** Decides by wall time whether a call comes too soon. */
export function createRates(wall: Wall, strict: boolean) {
  const buckets = new Map<string, { tokens: number; at: number }>()
  const recent = new Map<string, number[]>()
  const now = () => wall.now().getTime()
  const capacity = strict ? 1 : posting.burst

  /** Seconds until a call is welcome again, or undefined after counting it. */
  const windowed = (key: string, perMinute: number): number | undefined => {
    const within = (recent.get(key) ?? []).filter((at) => now() - at < 60_000)
    const oldest = within[within.length - perMinute]
    if (oldest !== undefined) return Math.max(1, Math.ceil((oldest + 60_000 - now()) / 1000))
    recent.set(key, [...within, now()])
    return undefined
  }

  const bucket = (channel: string): number | undefined => {
    const kept = buckets.get(channel) ?? { tokens: capacity, at: now() }
    const tokens = Math.min(capacity, kept.tokens + ((now() - kept.at) / 1000) * posting.perSecond)
    if (tokens < 1) {
      buckets.set(channel, { tokens, at: now() })
      return Math.max(1, Math.ceil((1 - tokens) / posting.perSecond))
    }
    buckets.set(channel, { tokens: tokens - 1, at: now() })
    return undefined
  }

  return {
    /** `channel` counts only for posting. Undefined means welcome; a number is the seconds for Retry-After. */
    retryAfter(method: string, channel: string): number | undefined {
      if (method === 'chat.postMessage') return bucket(channel) ?? windowed(method, posting.workspacePerMinute)
      const rate = methodRates.get(method)
      return rate && windowed(method, rate.perMinute)
    },
  }
}
