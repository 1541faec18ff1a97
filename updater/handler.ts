import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { awsClientSettings } from '../common/aws-client-settings.ts'
import type { Env } from '../common/env.ts'
import { answeringChecks } from '../common/version-check.ts'
import type { World } from '../common/world.ts'
import { createApiKey } from './api-key.ts'
import { createCoinbase } from './coinbase.ts'
import { createCoinGecko } from './coingecko.ts'
import type { Fetch } from './get-json.ts'
import { createPriceHistory } from './price-history.ts'
import { createPricesTable } from './prices-table.ts'
import { readUpdaterSettings } from './settings.ts'
import { createUpdateDue } from './update-due.ts'

/** What a sandbox or a test may hand in besides the world. */
export interface Parts {
  fetch?: Fetch
  /** From 0 up to, not including, 1. */
  random?: () => number
}

/**
 * The Lambda that the schedule calls every five minutes, built once from its environment. It answers with what became
 * of each currency. Price sources that fail are part of that; it throws only for what is our own: no currency could be
 * saved, or the history could not be written. Asked by the hook of a deployment whether it works, it starts no update.
 */
export function createUpdater(env: Env, world: World, parts: Parts = {}) {
  const settings = readUpdaterSettings(env)
  const { coingecko, coinbase, pricesTable, coins, currencies, attemptMs, backoffMs, budgetMs, callLimitMs } = settings
  const { wall, log } = world
  const fetch: Fetch = parts.fetch ?? ((url, options) => globalThis.fetch(url, options))
  const aws = (service: string) => awsClientSettings(env, service, callLimitMs)
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(aws('DYNAMODB')), {
    marshallOptions: { removeUndefinedValues: true },
  })
  const apiKey =
    coingecko.secret === undefined
      ? async () => undefined
      : createApiKey(new SecretsManagerClient(aws('SECRETS_MANAGER')), coingecko.secret, wall, log)
  const table = createPricesTable(client, pricesTable, wall)
  const updateDue = createUpdateDue({
    world,
    table,
    history: createPriceHistory(client, pricesTable, wall),
    openSources: async () => ({
      first: createCoinGecko({ ...coingecko, fetch, wall, apiKey: await apiKey() }),
      second: createCoinbase({ ...coinbase, fetch, wall }),
    }),
    coins,
    currencies,
    limits: { attemptMs, backoffMs },
    budgetMs,
    random: parts.random ?? Math.random,
  })
  return answeringChecks(updateDue, () => table.load(currencies))
}
