import { describeError } from '../common/logger.ts'
import { priceMetrics } from '../common/names.ts'
import type { PriceSnapshot } from '../common/prices.ts'
import { readServiceSettings } from '../common/service-settings.ts'
import { isBefore, type Moment, moment, msBetween } from '../common/time.ts'
import type { World } from '../common/world.ts'
import { createAskSources } from './ask-sources.ts'
import { isDue } from './is-due.ts'
import type { PriceHistory } from './price-history.ts'
import type { PriceSource } from './price-source.ts'
import type { Held, Loaded, PricesTable } from './prices-table.ts'
import type { RetryLimits } from './retry-policy.ts'
import { savePrices } from './save-prices.ts'

export interface UpdateDueDeps {
  world: World
  table: PricesTable
  history: PriceHistory
  /** CoinGecko and Coinbase, made ready for one run: `first` and `second` of the settings item. */
  openSources: () => Promise<Readonly<Record<'first' | 'second', PriceSource>>>
  coins: readonly string[]
  currencies: readonly string[]
  limits: RetryLimits
  /** Milliseconds that a run may spend at the sources. */
  budgetMs: number
  random: () => number
}

/** What a run answers. */
export interface Report {
  /** Currencies whose prices are now at least as new as this run. */
  updated: string[]
  failed: { currency: string; why: 'no-source-answered' | 'lost-every-race' | 'table-failed' }[]
  /** Whether the interval left this call of the schedule out. */
  skipped: boolean
}

/** Something of our own went wrong. Thrown at the end of a run, so that Lambda counts an error. */
export class UpdateError extends Error {
  override name = 'UpdateError'
}

/** What became of one currency. */
interface Outcome {
  currency: string
  failed?: Report['failed'][number]['why']
  snapshot: PriceSnapshot | undefined
  dropped: number
  isFallback: boolean
  historyMissed: number
}

/** One run: reads what is held, asks the sources for each currency, keeps what came, and says how old the newest is. */
export function createUpdateDue(deps: UpdateDueDeps): () => Promise<Report> {
  const { world, table, history, openSources, coins, currencies, limits, budgetMs, random } = deps
  const { clock, wall, log, meter } = world

  async function measured<T>(read: () => Promise<T>): Promise<{ value: T; tookMs: number }> {
    const started = wall.now().getTime()
    return { value: await read(), tookMs: wall.now().getTime() - started }
  }

  /** Undefined if the table cannot be read: that keeps nobody from asking for new prices. */
  async function load(): Promise<{ value: Loaded; tookMs: number } | undefined> {
    try {
      return await measured(() => table.load(currencies))
    } catch (error) {
      log.error('the prices table cannot be read, default settings are used', { error: describeError(error) })
      return undefined
    }
  }

  async function readAgain(currency: string): Promise<Held> {
    const { value, tookMs } = await measured(() => table.load([currency]))
    meter.milliseconds(priceMetrics.dynamoDbQueryLatency, tookMs)
    return value.held.get(currency) ?? { snapshot: undefined, revision: undefined }
  }

  async function update(
    currency: string,
    held: Held | undefined,
    ask: (currency: string) => ReturnType<ReturnType<typeof createAskSources>>,
  ): Promise<Outcome> {
    const asked = await ask(currency)
    const about = { currency, snapshot: held?.snapshot, dropped: asked.dropped, isFallback: false, historyMissed: 0 }
    if (!asked.ok) return { ...about, failed: 'no-source-answered' }
    const answered = { ...about, isFallback: asked.isFallback }
    try {
      const saving = { save: table.save, read: readAgain, log }
      const saved = await savePrices(saving, { currency, coins, fetched: asked.prices, held })
      if (saved.outcome === 'changed-meanwhile') {
        log.warn('others saved each time in between', { currency })
        return { ...answered, failed: 'lost-every-race' }
      }
      const missed = await history.add(currency, saved.standing)
      if (missed.prices > 0) {
        const error = missed.error === undefined ? 'left unprocessed' : describeError(missed.error)
        log.error('prices could not be added to the history', { currency, prices: missed.prices, error })
      }
      return { ...answered, snapshot: saved.snapshot, historyMissed: missed.prices }
    } catch (error) {
      log.error('prices could not be saved', { currency, error: describeError(error) })
      return { ...answered, failed: 'table-failed' }
    }
  }

  function tellAge(snapshots: readonly (PriceSnapshot | undefined)[], isKnown: boolean): void {
    const newest = snapshots
      .flatMap((snapshot) => snapshot?.updatedAt ?? [])
      .reduce<Moment | undefined>((last, at) => (last === undefined || isBefore(last, at) ? at : last), undefined)
    // Without a price there is no age, and the alarm takes missing data for the worst.
    if (newest === undefined)
      log.error(isKnown ? 'there is no price at all' : 'nobody knows how old the newest price is')
    else meter.seconds(priceMetrics.priceAge, Math.max(0, msBetween(newest, moment(clock.now())) / 1000))
  }

  return async () => {
    const loaded = await load()
    const { settings, problems } = readServiceSettings(loaded?.value.settings)
    for (const problem of problems) log.warn('a setting was not taken as it stands', { problem })
    const heldOf = (currency: string) => loaded?.value.held.get(currency)
    if (!isDue(clock.now(), settings.updateEveryMinutes)) {
      tellAge(
        currencies.map((currency) => heldOf(currency)?.snapshot),
        loaded !== undefined,
      )
      log.info('this run is left out', { updateEveryMinutes: settings.updateEveryMinutes })
      return { updated: [], failed: [], skipped: true }
    }
    if (loaded !== undefined) meter.milliseconds(priceMetrics.dynamoDbQueryLatency, loaded.tookMs)

    const { first, second } = await openSources()
    const deadline = wall.now().getTime() + budgetMs
    const inOrder = settings.provider === 'first' ? ([first, second] as const) : ([second, first] as const)
    const askSources = createAskSources({ world, sources: inOrder, coins, limits, random })
    const ask = (currency: string) => askSources(currency, deadline)
    // A surprise in one currency ends the run only when the others are through.
    const settled = await Promise.allSettled(currencies.map((currency) => update(currency, heldOf(currency), ask)))
    const outcomes = settled.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))

    const sum = (value: (outcome: Outcome) => number) => outcomes.reduce((total, each) => total + value(each), 0)
    const historyMissed = sum((outcome) => outcome.historyMissed)
    meter.count(
      priceMetrics.pricesDropped,
      sum(({ dropped }) => dropped),
    )
    meter.count(
      priceMetrics.fallbackUsed,
      sum(({ isFallback }) => (isFallback ? 1 : 0)),
    )
    meter.count(priceMetrics.historyFailures, historyMissed)
    tellAge(
      outcomes.map(({ snapshot }) => snapshot),
      loaded !== undefined,
    )

    const report: Report = {
      updated: outcomes.flatMap(({ currency, failed }) => (failed === undefined ? currency : [])),
      failed: outcomes.flatMap(({ currency, failed }) => (failed === undefined ? [] : { currency, why: failed })),
      skipped: false,
    }
    log.info('the run is over', report)
    for (const each of settled) if (each.status === 'rejected') throw each.reason
    if (report.updated.length === 0 && report.failed.some(({ why }) => why === 'table-failed'))
      throw new UpdateError('No currency could be saved.')
    if (historyMissed > 0) throw new UpdateError(`${historyMissed} prices could not be added to the history.`)
    return report
  }
}
