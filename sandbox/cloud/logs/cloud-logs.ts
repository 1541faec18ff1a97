import type { Log } from '../../../common/logger.ts'
import type { Names } from '../../../common/names.ts'
import type { AccessLogEntry } from '../gateway/access-log.ts'
import { accessLogLine } from '../gateway/access-log-line.ts'
import { createLogs } from '../logs.ts'
import { createFunctionLogs, logGroupOf } from './function-logs.ts'

/** The log groups of the price service, and what fills them. */
export function createCloudLogs(names: Names, outer: Log) {
  const logs = createLogs()
  /** Powertools' name of each service, as the entry files give it. */
  const services: Readonly<Record<string, string>> = {
    [names.functions.api]: 'api',
    [names.functions.updater]: 'updater',
    [names.beforeTraffic]: 'before-traffic',
  }
  const accessLog = `/aws/apigateway/${names.gateway}`
  for (const group of [accessLog, ...Object.keys(services).map(logGroupOf)]) logs.define(group)
  return {
    logs,
    ofFunctions: createFunctionLogs(logs, outer, (name) => services[name] ?? name),
    requested: (entry: AccessLogEntry): void =>
      logs.write(accessLog, { stream: names.gateway, at: new Date(entry.at), message: accessLogLine(entry) }),
  }
}
