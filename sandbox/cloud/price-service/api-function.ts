import { createPriceRequest } from '../../../api/price-request.ts'
import { realPricesTable } from '../../../api/prices-table.ts'
import type { PriceServiceParts } from './options.ts'

/** The function behind the gateway. */
export function defineApiFunction({ world, names, functions, documents }: PriceServiceParts): void {
  const { clock, log } = world
  functions.define(
    {
      name: names.functions.api,
      timeoutSeconds: 25,
      memoryMb: 512,
      start: () => createPriceRequest({ clock, log, table: realPricesTable(documents, names.tables.prices) }),
    },
    { firstVersion: 38 },
  )
}
