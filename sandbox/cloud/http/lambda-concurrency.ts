import { z } from 'zod'
import type { Functions } from '../functions.ts'
import type { Answer } from './answer.ts'
import { parse } from './lambda-input.ts'

const Put = z.strictObject({ ReservedConcurrentExecutions: z.number().int().min(0) })

/** What a version counts for among the stored code, and how much of it there may be. */
export const codeSize = 262_144
const storedCode = { TotalCodeSize: 80_530_636_800, CodeSizeUnzipped: 262_144_000, CodeSizeZipped: 52_428_800 }

const reservation = (limit: number | undefined): Answer => ({
  status: 200,
  body: limit === undefined ? {} : { ReservedConcurrentExecutions: limit },
})

/** How many calls of a function may run at once, and of all functions together. */
export const createConcurrencyApi = (functions: Functions) => ({
  GetFunctionConcurrency: (name: string): Answer => reservation(functions.reservedConcurrency(name)),
  PutFunctionConcurrency(name: string, body: unknown): Answer {
    const { ReservedConcurrentExecutions: limit } = parse(Put, body)
    functions.setReservedConcurrency(name, limit)
    return reservation(limit)
  },
  DeleteFunctionConcurrency(name: string): Answer {
    functions.setReservedConcurrency(name, undefined)
    return { status: 204 }
  },
  GetAccountSettings(): Answer {
    const { limit, unreserved } = functions.accountConcurrency()
    const names = functions.names()
    const versions = names.reduce((sum, name) => sum + functions.versions(name).length, 0)
    return {
      status: 200,
      body: {
        AccountLimit: { ...storedCode, ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved },
        AccountUsage: { TotalCodeSize: versions * codeSize, FunctionCount: names.length },
      },
    }
  },
})
