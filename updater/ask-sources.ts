import { priceMetrics } from '../common/names.ts'
import type { Price } from '../common/prices.ts'
import { moment } from '../common/time.ts'
import type { World } from '../common/world.ts'
import type { Failure, PriceSource, Quotes } from './price-source.ts'
import { hasTimeFor, nextStep, type RetryLimits } from './retry-policy.ts'

/** What the sources said for one currency. */
export type Asked = { dropped: number } & (
  | { ok: true; prices: readonly Price[]; isFallback: boolean }
  /** `why` names each source and what became of it, as in `coingecko: rate-limited, coinbase: unavailable`. */
  | { ok: false; why: string }
)

interface Options {
  world: World
  /** The one that is asked first, and the one that is asked when that gives nothing. */
  sources: readonly [PriceSource, PriceSource]
  coins: readonly string[]
  limits: RetryLimits
  /** From 0 up to, not including, 1. */
  random: () => number
}

/** Lists are named in the log only in part. */
const mostNamed = 5

/** Asks one source after the other for a currency, each a few times, until the deadline (protocol time, in ms). */
export function createAskSources({ world, sources, coins, limits, random }: Options) {
  const { clock, wall, log, meter } = world
  const [first, second] = sources
  const now = () => wall.now().getTime()

  /** One attempt. Only those at the source that is asked first are measured: they tell how it is. */
  async function attempt(source: PriceSource, currency: string, number: number): Promise<Quotes | Failure> {
    const started = now()
    const at = moment(clock.now())
    const answer = await source.ask({ coins, currency, at, limitMs: limits.attemptMs })
    if (source === first) {
      meter.count(priceMetrics.externalApiCalls, 1)
      meter.count(priceMetrics.externalApiErrors, answer.ok ? 0 : 1)
      meter.milliseconds(priceMetrics.externalApiLatency, now() - started)
    }
    if (!answer.ok) {
      const { reason, status, detail } = answer
      // The runbook looks for these words.
      log.warn(`External API ERROR: ${source.name} gave no prices in ${currency}, ${reason}`, {
        provider: source.name,
        currency,
        reason,
        attempt: number,
        ...(status !== undefined && { status }),
        ...(detail !== undefined && { detail }),
      })
    }
    const about = (list: readonly string[]) => ({
      provider: source.name,
      currency,
      count: list.length,
      coins: list.slice(0, mostNamed),
    })
    if (answer.dropped.length > 0) log.warn('prices that cannot be used were dropped', about(answer.dropped))
    if (answer.ok && answer.missing.length > 0) log.warn('the price source left coins out', about(answer.missing))
    return answer
  }

  async function ask(source: PriceSource, currency: string, deadline: number) {
    let dropped = 0
    let last = 'no time'
    for (let tries = 1; hasTimeFor(deadline - now(), limits); tries++) {
      const answer = await attempt(source, currency, tries)
      dropped += answer.dropped.length
      if (answer.ok) return { prices: answer.prices, dropped }
      last = answer.reason
      const next = nextStep(answer, { tries, leftMs: deadline - now(), random: random() }, limits)
      if (next.step === 'give-up') break
      await wall.pause(next.waitMs)
    }
    return { why: `${source.name}: ${last}`, dropped }
  }

  return async (currency: string, deadline: number): Promise<Asked> => {
    // However long the first source wants us to wait, the second is asked once.
    const usual = await ask(first, currency, deadline - limits.attemptMs)
    if (usual.prices !== undefined) return { ok: true, prices: usual.prices, isFallback: false, dropped: usual.dropped }
    const other = await ask(second, currency, deadline)
    const dropped = usual.dropped + other.dropped
    if (other.prices === undefined) {
      const why = `${usual.why}, ${other.why}`
      log.warn('no price source answered', { currency, why })
      return { ok: false, why, dropped }
    }
    log.warn('the other price source was used', { currency, provider: second.name, instead: usual.why })
    return { ok: true, prices: other.prices, isFallback: true, dropped }
  }
}

export type AskSources = ReturnType<typeof createAskSources>
