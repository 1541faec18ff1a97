import { z } from 'zod'
import type { Clock } from '../../../common/clock.ts'

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** The secret that a client sends. Only the client and this store ever hold it. */
  value: z.string(),
  enabled: z.boolean(),
  plan: z.enum(['trial', 'business']),
  createdAt: z.iso.datetime(),
})
export type ApiKey = z.output<typeof ApiKey>

/** The key for whoever tries the sandbox. It is worth nothing anywhere else. */
export const sampleKey = 'sandbox-key-0123456789abcdef0123456789ab'

/** Who uses the service besides the reader: the traffic of the simulated world. */
export const customers = ['hoshi-app', 'kawase-desk', 'portfolio-widget'] as const
export type Customer = (typeof customers)[number]

const given = (name: string) => (name === 'sample' ? sampleKey : `sandbox-key-of-${name}`.padEnd(40, '0'))

/** API Gateway's keys. A key is found by its value; a disabled one is as good as none. */
export function createApiKeys(clock: Clock) {
  let keys: ApiKey[] = []

  function create(name: string, plan: ApiKey['plan'], value: string): ApiKey {
    const id = `key${String(keys.length + 1).padStart(7, '0')}`
    const key = { id, name, value, enabled: true, plan, createdAt: clock.now().toISOString() }
    keys.push(key)
    return key
  }
  create('sample', 'trial', given('sample'))
  for (const name of customers) create(name, 'business', given(name))

  return {
    create,
    list: (): readonly ApiKey[] => keys,
    byValue: (value: string): ApiKey | undefined => keys.find((key) => key.value === value),
    named(name: string): ApiKey {
      const found = keys.find((key) => key.name === name)
      if (found === undefined) throw new Error(`There is no API key named ${name}.`)
      return found
    },
    /** False when there is no such key. */
    setEnabled(id: string, enabled: boolean): boolean {
      const found = keys.find((key) => key.id === id)
      if (found !== undefined) found.enabled = enabled
      return found !== undefined
    },
    snapshot: (): ApiKey[] => structuredClone(keys),
    restore(saved: readonly ApiKey[]): void {
      if (saved.length > 0) keys = structuredClone([...saved])
    },
  }
}

export type ApiKeys = ReturnType<typeof createApiKeys>
