import { z } from 'zod'
import type { Clock } from '../../../common/clock.ts'
import { AwsError } from '../aws-error.ts'
import { PlanName } from './plans.ts'
import { newKeyId, newKeyValue } from './random-text.ts'
import { isLongGone, Serving, servesAlways, servingAt, withChange } from './serving.ts'

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  /** Who it is for, by an id of somebody else's. */
  customerId: z.string().optional(),
  /** The secret that a client sends. Only the client and this store ever hold it. */
  value: z.string(),
  enabled: z.boolean(),
  /** Absent until it is put on one; the gateway refuses it till then. */
  plan: PlanName.optional(),
  createdAt: z.iso.datetime(),
  /** Absent while nothing was changed. */
  updatedAt: z.iso.datetime().optional(),
})
export type ApiKey = z.output<typeof ApiKey>

/** A key with what the gateway knows of it, which lags behind. One without has always been as it is. */
export const KeptKey = ApiKey.extend({ serves: z.array(Serving).default([]), deleted: z.literal(true).optional() })
export type KeptKey = z.output<typeof KeptKey>

/** The key for whoever tries the sandbox. It is worth nothing anywhere else. */
export const sampleKey = 'sandbox-key-0123456789abcdef0123456789ab'

/** Who uses the service besides the reader: the traffic of the simulated world. */
export const customers = ['hoshi-app', 'kawase-desk', 'portfolio-widget'] as const
export type Customer = (typeof customers)[number]

/** What a customer was handed over once, and sends with every request. */
export const keyOfCustomer = (name: Customer): string => `sandbox-key-of-${name}`.padEnd(40, '0')

const givenKeys = (now: string): KeptKey[] => {
  const given = (key: Pick<ApiKey, 'name' | 'value'> & { plan: PlanName }, index: number): KeptKey => ({
    id: `key${String(index + 1).padStart(7, '0')}`,
    ...key,
    enabled: true,
    createdAt: now,
    serves: servesAlways({ enabled: true, plan: key.plan }),
  })
  return [
    { name: 'sample', value: sampleKey, plan: 'trial' as const },
    ...customers.map((name) => ({ name, value: keyOfCustomer(name), plan: 'business' as const })),
  ].map(given)
}

type Change = Partial<Pick<ApiKey, 'name' | 'description' | 'customerId' | 'enabled' | 'plan'>>

const shown = ({ serves: _serves, deleted: _deleted, ...key }: KeptKey): ApiKey => key

/** API Gateway's keys: changed at its control plane, and served by the gateway a little later. */
export function createApiKeys(clock: Clock) {
  let keys = givenKeys(clock.now().toISOString())

  const existing = () => keys.filter(({ deleted }) => !deleted)

  function find(id: string): KeptKey {
    const found = existing().find((key) => key.id === id)
    if (found === undefined) throw new AwsError('NotFoundException', 'Invalid API Key identifier specified', 404)
    return found
  }

  function put(next: KeptKey): ApiKey {
    const now = clock.now()
    const isNew = keys.every(({ id }) => id !== next.id)
    const all = isNew ? [...keys, next] : keys.map((key) => (key.id === next.id ? next : key))
    keys = all.filter(({ serves }) => !isLongGone(serves, now))
    return shown(next)
  }

  function change(id: string, to: Change): ApiKey {
    const now = clock.now()
    const before = find(id)
    const next = { ...before, ...to, updatedAt: now.toISOString() }
    const isServed = next.enabled !== before.enabled || next.plan !== before.plan
    return put({ ...next, serves: isServed ? withChange(before.serves, stateOf(next), now) : before.serves })
  }

  return {
    list: (): readonly ApiKey[] => existing().map(shown),
    find: (id: string): ApiKey => shown(find(id)),
    named(name: string): ApiKey {
      const found = existing().find((key) => key.name === name)
      if (found === undefined) throw new Error(`There is no API key named ${name}.`)
      return shown(found)
    },
    /** A key as the gateway knows it at a moment: enabled or not, on a plan or on none. */
    servedAt(value: string, at: Date): ApiKey | undefined {
      const found = keys.find((key) => key.value === value && servingAt(key.serves, at) !== undefined)
      const serving = found && servingAt(found.serves, at)
      return serving && { ...shown(found), enabled: serving.enabled, plan: serving.plan }
    },
    /** The secret is drawn unless it is brought along. */
    create(given: { name: string; enabled: boolean; value?: string | undefined } & Change): ApiKey {
      const { value = newKeyValue(), ...rest } = given
      if (existing().some((key) => key.value === value))
        throw new AwsError('ConflictException', 'API Key already exists', 409)
      const now = clock.now()
      const key = { ...rest, id: newKeyId(), value, createdAt: now.toISOString() }
      return put({ ...key, serves: withChange([], stateOf(key), now) })
    },
    change,
    remove(id: string): void {
      const found = find(id)
      const serves = withChange(found.serves, { enabled: false, gone: true }, clock.now())
      put({ ...found, serves, deleted: true })
    },
    /** Gives the reader and the customers their own keys back as they were, at once. */
    heal(): void {
      for (const given of givenKeys(clock.now().toISOString())) {
        const { createdAt } = keys.find(({ id }) => id === given.id) ?? given
        put({ ...given, createdAt })
      }
    },
    snapshot: (): KeptKey[] => structuredClone(keys),
    restore(saved: readonly KeptKey[]): void {
      if (saved.length === 0) return
      keys = structuredClone([...saved]).map((key) =>
        key.serves.length > 0 ? key : { ...key, serves: servesAlways(key) },
      )
    },
  }
}

const stateOf = ({ enabled, plan }: Pick<ApiKey, 'enabled' | 'plan'>) => ({ enabled, ...(plan && { plan }) })

export type ApiKeys = ReturnType<typeof createApiKeys>
