import type { accessLogFormat } from '../../../infra/api-gateway.ts'
import type { AccessLogEntry } from './access-log.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `$context.requestTime`: the time as web servers have always written it. */
function requestTime(at: string): string {
  const [year, month, day, time] = [at.slice(0, 4), Number(at.slice(5, 7)), at.slice(8, 10), at.slice(11, 19)]
  return `${day}/${months[month - 1]}/${year}:${time} +0000`
}

/**
 * A request as a line of the access log, in the format that the stack sets. Every value is text, and one that API
 * Gateway does not have is a dash.
 */
export function accessLogLine(entry: AccessLogEntry): string {
  const line: Record<keyof typeof accessLogFormat, string> = {
    requestId: entry.requestId,
    at: requestTime(entry.at),
    keyId: entry.key?.id ?? '-',
    sourceIp: entry.sourceIp,
    method: entry.method,
    resource: entry.resource ?? '-',
    path: entry.path,
    status: String(entry.status),
    latencyMs: String(entry.latencyMs),
    integrationStatus: entry.integrationStatus === undefined ? '-' : String(entry.integrationStatus),
    bytes: String(entry.bytes),
    response: entry.response ?? '-',
  }
  return JSON.stringify(line)
}
