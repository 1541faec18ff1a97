import type { HistoryEntry } from '../../bot/incident/history.ts'
import { minutes, plus } from '../../common/time.ts'

export const aDay = minutes(24 * 60)

/** A Critical incident of the API: opened then, taken after 4 minutes, over after 20. */
export const anEntry = (openedAt: string, change: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id: `api-${openedAt}`,
  service: 'api',
  severity: 'Critical',
  lead: { name: 'LambdaErrorAlarm', listed: 'LambdaErrorAlarm' },
  openedAt,
  acknowledgedAt: plus(openedAt, minutes(4)),
  resolvedAt: plus(openedAt, minutes(20)),
  reopened: 0,
  level: 1,
  alarms: [{ name: 'LambdaErrorAlarm', listed: 'LambdaErrorAlarm', fired: 1 }],
  message: { channel: 'C0ALERTS001', ts: '1795402800.000100' },
  revision: 12,
  ...change,
})
