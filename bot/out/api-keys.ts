import {
  type APIGatewayClient,
  type ApiKey,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetUsagePlansCommand,
  UpdateApiKeyCommand,
} from '@aws-sdk/client-api-gateway'
import type { KeySeen } from '../remedy/remedy.ts'
import type { WriteOf } from '../remedy/write.ts'
import type { Changed } from './changed.ts'

/** The API keys of the gateway. No key's value is in any answer but that of `secret`. */
export interface ApiKeys {
  /** Every key there is, up to some hundreds. */
  list(): Promise<KeySeen[]>
  /** Undefined where there is no such key. */
  find(id: string): Promise<KeySeen | undefined>
  setState(write: WriteOf<'api-key'>): Promise<Changed>
  /** Makes a key with the plans of the one that it replaces. The same `mark` twice is one key. */
  create(write: WriteOf<'new-key'>, mark: string): Promise<Changed>
  /** What a client sends to be let in. It is for the caller's hands alone: never to be logged, stored or thrown. */
  secret(id: string): Promise<string | undefined>
}

const mostPages = 4
const onePage = 200

const seen = ({ id, name, enabled }: ApiKey): KeySeen[] =>
  id === undefined ? [] : [{ id, name: name ?? '', enabled: enabled === true }]

export function createApiKeys(client: APIGatewayClient): ApiKeys {
  const pages = async (nameQuery?: string): Promise<KeySeen[]> => {
    const keys: KeySeen[] = []
    let position: string | undefined
    for (let page = 0; page < mostPages; page += 1) {
      const asked = {
        limit: onePage,
        includeValues: false,
        ...(nameQuery && { nameQuery }),
        ...(position && { position }),
      }
      const answer = await client.send(new GetApiKeysCommand(asked))
      keys.push(...(answer.items ?? []).flatMap(seen))
      position = answer.position
      if (position === undefined) break
    }
    return keys
  }
  const find = async (id: string) => {
    try {
      return seen(await client.send(new GetApiKeyCommand({ apiKey: id, includeValue: false })))[0]
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }
  /** Plans, with which the gateway lets a key in; on one already is as good. */
  const join = async (key: string, replaced: string) => {
    const { items = [] } = await client.send(new GetUsagePlansCommand({ keyId: replaced, limit: onePage }))
    for (const { id: usagePlanId } of items) {
      try {
        await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: key, keyType: 'API_KEY' }))
      } catch (error) {
        if (!(error instanceof Error && error.name === 'ConflictException')) throw error
      }
    }
  }
  return {
    list: () => pages(),
    find,
    setState: async ({ key: id, expect, write }) => {
      const now = await find(id)
      if (now === undefined) return { is: 'changed-meanwhile' }
      const state = now.enabled ? 'enabled' : 'disabled'
      // Killed after the change, the second try finds it done; API Gateway keeps no mark of who did it.
      if (state === write) return { is: 'changed' }
      if (state !== expect) return { is: 'changed-meanwhile', now: state }
      const patchOperations = [{ op: 'replace' as const, path: '/enabled', value: String(write === 'enabled') }]
      await client.send(new UpdateApiKeyCommand({ apiKey: id, patchOperations }))
      return { is: 'changed' }
    },
    create: async ({ replaces, name: begins }, mark) => {
      const name = `${begins}-${mark.slice(-8).toLowerCase()}`
      const known = (await pages(name)).find((key) => key.name === name)
      const made = known ?? (await make(client, name, replaces))
      await join(made.id, replaces)
      return { is: 'changed', made: { id: made.id, name } }
    },
    secret: async (id) => (await client.send(new GetApiKeyCommand({ apiKey: id, includeValue: true }))).value,
  }
}

async function make(client: APIGatewayClient, name: string, replaces: string): Promise<KeySeen> {
  const description = `Issued by the incident bot in place of ${replaces}`
  const command = new CreateApiKeyCommand({ name, description, enabled: true, generateDistinctId: true })
  const [made] = seen(await client.send(command))
  if (made === undefined) throw new Error('API Gateway made a key and did not say which')
  return made
}

const isNotFound = (error: unknown): boolean => error instanceof Error && error.name === 'NotFoundException'
