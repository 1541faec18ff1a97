import { alarmNamed, type Severity } from '../../common/alarms.ts'
import { names, withoutStage } from '../../common/names.ts'
import type { AlarmChange, AlarmState } from '../incident/alarm-record.ts'

/** An alarm as any source tells it. */
export interface ToldAlarm {
  name: string
  description: string
  state: AlarmState
  changedAt: string
  reason: string
  threshold?: number
  dimensions: Record<string, string>
}

const ours = ['api', 'updater', 'table']

/** Finds what an alarm is about: its service by the list, by its dimensions, else the alarm itself. */
export function identify(alarm: ToldAlarm, stage: string): { service: string; change: AlarmChange } {
  const name = withoutStage(alarm.name, stage)
  const listed = alarmNamed(name)
  const { state, changedAt, reason } = alarm
  const value = valueIn(reason)
  const threshold = listed?.threshold ?? alarm.threshold
  return {
    service:
      listed?.service ?? serviceByDimensions(alarm.dimensions, stage) ?? (ours.includes(name) ? `alarm-${name}` : name),
    change: {
      name: alarm.name,
      ...(listed && { listed: listed.name }),
      state,
      changedAt,
      reason,
      ...(value !== undefined && { value }),
      ...(threshold !== undefined && { threshold }),
      severity: listed?.severity ?? statedSeverity(`${alarm.name} ${alarm.description}`),
    },
  }
}

function serviceByDimensions(dimensions: Record<string, string>, stage: string): string | undefined {
  const { functions, gateway, tables } = names(stage)
  const functionName = dimensions.FunctionName ?? dimensions.Resource?.split(':')[0]
  if (functionName === functions.api || dimensions.ApiName === gateway) return 'api'
  if (functionName === functions.updater) return 'updater'
  return dimensions.TableName === tables.prices ? 'table' : undefined
}

/** The severity that a name or description states; High where none is, so that nothing is taken too lightly. */
function statedSeverity(text: string): Severity {
  const stated = /(?<![A-Za-z])(critical|high|medium|low)(?![a-z])/i.exec(text)?.[1]?.toLowerCase()
  switch (stated) {
    case 'critical':
      return 'Critical'
    case 'medium':
      return 'Medium'
    case 'low':
      return 'Low'
    default:
      return 'High'
  }
}

/** The newest datapoint, which CloudWatch tells only inside its sentence. */
function valueIn(reason: string): number | undefined {
  const found = /\[\s*(-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)/i.exec(reason)?.[1]
  return found === undefined ? undefined : Number(found)
}
