import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Env } from '../../../common/env.ts'
import type { Names } from '../../../common/names.ts'
import type { World } from '../../../common/world.ts'
import type { Functions } from '../functions.ts'
import type { Secrets } from '../secrets.ts'
import type { Upstreams } from '../upstream.ts'

/** What the functions of the price service are made with. */
export interface PriceServiceParts {
  /** Where the simulated cloud listens. */
  endpoint: string
  stage: string
  world: World
  names: Names
  functions: Functions
  documents: DynamoDBDocumentClient
  upstreams: Upstreams
  secrets: Secrets
  /** Settings a developer brings along. */
  outside: Env
}
