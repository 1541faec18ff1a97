import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Names } from '../../../common/names.ts'
import type { World } from '../../../common/world.ts'
import type { Functions } from '../functions.ts'

/** What the functions of the price service are made with. */
export interface PriceServiceParts {
  /** Where the simulated cloud listens. */
  endpoint: string
  world: World
  names: Names
  functions: Functions
  documents: DynamoDBDocumentClient
}
