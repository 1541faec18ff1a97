import { z } from 'zod'
import { AwsError } from '../aws-error.ts'
import type { ApiKey } from '../gateway/api-keys.ts'

export const Patches = z
  .array(
    z.strictObject({ op: z.string(), path: z.string(), value: z.string().optional(), from: z.string().optional() }),
  )
  .default([])
type Patch = z.output<typeof Patches>[number]

type Change = Partial<Pick<ApiKey, 'name' | 'description' | 'customerId' | 'enabled'>>

const paths = ['/customerId', '/description', '/enabled', '/name']

function one({ op, path, value = '' }: Patch): Change {
  if (op === 'replace')
    switch (path) {
      case '/name':
        return { name: value }
      case '/description':
        return { description: value }
      case '/customerId':
        return { customerId: value }
      case '/enabled':
        if (value === 'true' || value === 'false') return { enabled: value === 'true' }
        throw new AwsError('BadRequestException', `Invalid boolean value '${value}' specified for path '${path}'`)
    }
  throw new AwsError(
    'BadRequestException',
    `Invalid patch path  '${path}' specified for op '${op}'. Must be one of: [${paths.join(', ')}]`,
  )
}

/** What patch operations change of a key; one that is wrong spoils them all. */
export const patched = (patches: readonly Patch[]): Change => Object.assign({}, ...patches.map(one))
