import { z } from 'zod'
import { AwsError } from '../aws-error.ts'
import type { ApiKey, ApiKeys } from '../gateway/api-keys.ts'
import { plansAtStage, planWithId, restApiId } from '../gateway/plans.ts'
import { type Operations, operation } from './operation.ts'
import { Patches, patched } from './patch-api-key.ts'
import { Limit, pageFrom } from './position.ts'

const Flag = z.enum(['true', 'false']).default('false')

const GetApiKeys = z.strictObject({
  nameQuery: z.string().default(''),
  customerId: z.string().optional(),
  includeValues: Flag,
  limit: Limit,
  position: z.string().optional(),
})
const GetApiKey = z.strictObject({ apiKey: z.string(), includeValue: Flag })
const UpdateApiKey = z.strictObject({ apiKey: z.string(), patchOperations: Patches })
const DeleteApiKey = z.strictObject({ apiKey: z.string() })
const CreateApiKey = z.strictObject({
  name: z.string().max(1024).default(''),
  description: z.string().optional(),
  customerId: z.string().optional(),
  enabled: z.boolean().default(false),
  generateDistinctId: z.boolean().optional(),
  value: z
    .string()
    .min(20, 'API Key value should be at least 20 characters')
    .max(128, 'API Key value exceeds maximum size of 128 characters')
    .optional(),
})
const GetUsagePlans = z.strictObject({ keyId: z.string().optional(), limit: Limit, position: z.string().optional() })
const CreateUsagePlanKey = z.strictObject({ usagePlanId: z.string(), keyId: z.string(), keyType: z.literal('API_KEY') })

/** Time as API Gateway writes it: whole seconds since 1970. */
const seconds = (time: string): number => Math.floor(Date.parse(time) / 1000)

const keyView = (key: ApiKey, { withValue }: { withValue: boolean }) => {
  const { id, name, description, customerId, value, enabled, createdAt, updatedAt = createdAt } = key
  return {
    id,
    ...(withValue && { value }),
    ...(name !== '' && { name }),
    ...(customerId !== undefined && { customerId }),
    ...(description !== undefined && { description }),
    enabled,
    createdDate: seconds(createdAt),
    lastUpdatedDate: seconds(updatedAt),
    stageKeys: [],
  }
}

const planView = (plan: ReturnType<typeof plansAtStage>[number], stage: string) => ({
  id: plan.id,
  name: plan.shown,
  apiStages: [{ apiId: restApiId, stage }],
  throttle: { rateLimit: plan.perSecond, burstLimit: plan.burst },
  quota: { limit: plan.quotaPerDay, offset: 0, period: 'DAY' },
})

const understood = <S extends z.ZodType>(schema: S, run: (input: z.output<S>) => unknown) =>
  operation(schema, run, 'BadRequestException')

/** API Gateway's control plane as its clients see it: the keys and the plans of the stack. */
export const apiGatewayOperations = (keys: ApiKeys, stage: string): Operations => ({
  GetApiKeys: understood(GetApiKeys, ({ nameQuery, customerId, includeValues, limit, position }) => {
    // AWS takes the query for the beginning of a name.
    const found = keys
      .list()
      .filter((key) => key.name.startsWith(nameQuery) && (customerId ?? key.customerId) === key.customerId)
    const { items, next } = pageFrom(found, limit, position)
    return {
      item: items.map((key) => keyView(key, { withValue: includeValues === 'true' })),
      ...(next !== undefined && { position: next }),
    }
  }),
  GetApiKey: understood(GetApiKey, ({ apiKey, includeValue }) =>
    keyView(keys.find(apiKey), { withValue: includeValue === 'true' }),
  ),
  UpdateApiKey: understood(UpdateApiKey, ({ apiKey, patchOperations }) => {
    keys.find(apiKey)
    return keyView(keys.change(apiKey, patched(patchOperations)), { withValue: false })
  }),
  CreateApiKey: understood(CreateApiKey, ({ generateDistinctId: _, ...given }) =>
    keyView(keys.create(given), { withValue: true }),
  ),
  DeleteApiKey: understood(DeleteApiKey, ({ apiKey }) => keys.remove(apiKey)),
  GetUsagePlans: understood(GetUsagePlans, ({ keyId, limit, position }) => {
    const ofKey = keyId === undefined ? undefined : keys.list().find(({ id }) => id === keyId)
    const found = plansAtStage(stage).filter(({ name }) => keyId === undefined || name === ofKey?.plan)
    const { items, next } = pageFrom(found, limit, position)
    return { item: items.map((plan) => planView(plan, stage)), ...(next !== undefined && { position: next }) }
  }),
  CreateUsagePlanKey: understood(CreateUsagePlanKey, ({ usagePlanId, keyId, keyType }) => {
    const plan = planWithId(usagePlanId)
    if (plan === undefined) throw new AwsError('NotFoundException', 'Invalid Usage Plan ID specified', 404)
    const before = keys.find(keyId)
    // Both plans are for the same stage, and a key may be on one plan of a stage only.
    if (before.plan !== undefined)
      throw new AwsError('ConflictException', `API Key ${keyId} already belongs to a usage plan of this stage`, 409)
    const { id, name, value } = keys.change(keyId, { plan })
    return { id, type: keyType, value, ...(name !== '' && { name }) }
  }),
})
