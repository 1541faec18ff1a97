import type { Call, FaultKind } from '../faults.ts'
import type { Metrics } from '../metrics.ts'

const reads = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan'])

/** The tables that a call to DynamoDB is about. */
export function tablesOf({ input }: Call): string[] {
  const { TableName, RequestItems } = input
  if (typeof TableName === 'string') return [TableName]
  return typeof RequestItems === 'object' && RequestItems !== null ? Object.keys(RequestItems) : []
}

/** Counts what DynamoDB itself would count of a call that went wrong. */
export function recordTableFault(metrics: Metrics, call: Call, kind: FaultKind, at: Date): void {
  if (call.service !== 'dynamodb') return
  const put = (name: string, dimensions: Record<string, string>) =>
    metrics.put({ namespace: 'AWS/DynamoDB', name, dimensions, value: 1, at })
  for (const TableName of tablesOf(call)) {
    if (kind === 'throttle')
      put(reads.has(call.operation) ? 'ReadThrottleEvents' : 'WriteThrottleEvents', { TableName })
    if (kind === 'error') put('SystemErrors', { TableName, Operation: call.operation })
  }
}
