import * as z from 'zod'
import { Maintenance } from './maintenance.ts'

/** What operators may change of the price service while it runs. It is one item of the prices table. */
export interface ServiceSettings {
  /** Minutes between updates. The schedule calls every 5 min; at more, calls in between are skipped. */
  updateEveryMinutes: number
  /** Up to this age, in minutes, a price is fresh. */
  cacheTtlMinutes: number
  /** Which price source is asked first. */
  provider: 'first' | 'second'
  /** Set while maintenance mode is on: the API answers no prices. */
  maintenance?: Maintenance
}

export const defaultServiceSettings: ServiceSettings = { updateEveryMinutes: 5, cacheTtlMinutes: 5, provider: 'first' }

/** Bounds of the numbers: below, the source is asked too often; above, prices would not be served any more. */
const bounds = { updateEveryMinutes: [5, 30], cacheTtlMinutes: [1, 60] } as const

const Item = z.record(z.string(), z.unknown())
const Provider = z.enum(['first', 'second'])
const MaintenanceField = Maintenance.nullish()

/**
 * Reads the settings item. A number out of bounds is moved to the bound; what cannot be understood is the default.
 * `problems` says in words what was not taken as it stood.
 */
export function readServiceSettings(item: unknown): { settings: ServiceSettings; problems: string[] } {
  const stored = Item.safeParse(item ?? {})
  if (!stored.success) return { settings: defaultServiceSettings, problems: ['the settings item is no object'] }
  const problems: string[] = []
  const numberOf = (name: keyof typeof bounds): number => {
    const value = stored.data[name]
    if (value === undefined) return defaultServiceSettings[name]
    const [least, most] = bounds[name]
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      problems.push(`${name} is no number, ${defaultServiceSettings[name]} is used`)
      return defaultServiceSettings[name]
    }
    const bounded = Math.min(most, Math.max(least, value))
    if (bounded !== value) problems.push(`${name} is ${value}, ${bounded} is used`)
    return bounded
  }
  const provider = Provider.default(defaultServiceSettings.provider).safeParse(stored.data.provider)
  if (!provider.success)
    problems.push(`provider is neither first nor second, ${defaultServiceSettings.provider} is used`)
  // Whether clients get prices must not hang on a field that nobody can read.
  const maintenance = MaintenanceField.safeParse(stored.data.maintenance)
  if (!maintenance.success) problems.push('maintenance cannot be understood, so there is none')
  return {
    settings: {
      updateEveryMinutes: numberOf('updateEveryMinutes'),
      cacheTtlMinutes: numberOf('cacheTtlMinutes'),
      provider: provider.data ?? defaultServiceSettings.provider,
      ...(maintenance.data && { maintenance: maintenance.data }),
    },
    problems,
  }
}
