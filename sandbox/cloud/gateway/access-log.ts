import type { GatewayResponseName } from '../../../api/gateway-responses.ts'

/** One request as API Gateway's access log has it. The value of a key is never part of it. */
export interface AccessLogEntry {
  requestId: string
  /** Domain time of the request. */
  at: string
  key?: { id: string; name: string }
  sourceIp: string
  method: string
  /** The route's template; absent for a path that is none of ours. */
  resource?: string
  path: string
  status: number
  latencyMs: number
  /** What the function answered the gateway with; absent when it gave no answer. */
  integrationStatus?: number
  bytes: number
  /** Set when the gateway answered by itself. */
  response?: GatewayResponseName
}

const kept = 10_000

/** The last requests, oldest first; `added` is told of each. */
export function createAccessLog(added: (entry: AccessLogEntry) => void = () => undefined) {
  let entries: AccessLogEntry[] = []
  return {
    add(entry: AccessLogEntry): void {
      entries.push(entry)
      added(entry)
      if (entries.length > 2 * kept) entries = entries.slice(-kept)
    },
    list: (): readonly AccessLogEntry[] => entries.slice(-kept),
  }
}

export type AccessLog = ReturnType<typeof createAccessLog>
