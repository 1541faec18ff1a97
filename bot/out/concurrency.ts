import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda'
import type { Seen } from '../remedy/remedy.ts'
import type { WriteOf } from '../remedy/write.ts'
import type { Changed } from './changed.ts'

/** How many calls of a function may run at a time. */
export interface ConcurrencyReader {
  read(name: string): Promise<NonNullable<Seen['concurrency']>>
}

export function createConcurrencyReader(client: LambdaClient): ConcurrencyReader {
  return {
    read: async (name) => {
      const [own, { AccountLimit }] = await Promise.all([
        client.send(new GetFunctionConcurrencyCommand({ FunctionName: name })),
        client.send(new GetAccountSettingsCommand({})),
      ])
      const unreserved = AccountLimit?.UnreservedConcurrentExecutions
      if (unreserved === undefined) throw new Error('Lambda did not tell what the account has left')
      const reserved = own.ReservedConcurrentExecutions
      return { function: name, unreserved, ...(reserved !== undefined && { reserved }) }
    },
  }
}

/** Lambda takes no condition, so that what stands there is read just before. The same change twice is one. */
export function createConcurrencyTarget(client: LambdaClient) {
  return {
    change: async ({ function: name, expect, write }: WriteOf<'concurrency'>): Promise<Changed> => {
      const { ReservedConcurrentExecutions: now } = await client.send(
        new GetFunctionConcurrencyCommand({ FunctionName: name }),
      )
      if (now === write) return { is: 'changed' }
      if (now !== expect) return { is: 'changed-meanwhile', ...(now !== undefined && { now }) }
      await client.send(new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: write }))
      return { is: 'changed' }
    },
  }
}
