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

/** Services that are kept for what is ours: an alarm of that name is about something else. */
const ours = ['api', 'updater', 'table', 'api-keys', 'other', 'drill']

/** Finds what an alarm is about: its service by the list, by its dimensions, else the alarm itself. */
export function identify(alarm: ToldAlarm, stage: string): { service: string; change: AlarmChange } {
  const name = withoutStage(alarm.name, stage)
  const listed = alarmNamed(name)
  const { state, changedAt, reason } = alarm
  const value = storable(valueIn(reason))
  const threshold = listed?.threshold ?? storable(alarm.threshold)
  return {
    service:
      listed?.service ??
      serviceByDimensions(alarm.dimensions, stage) ??
      (ours.includes(name) ? `alarm-${name}` : keyOf(name)),
    change: {
      name: keyOf(alarm.name),
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

/** Records are kept by alarm name; a name that every object has already would be found where nothing was put. */
const keyOf = (name: string): string => (name in Object.prototype ? `alarm-${name}` : name)

/** DynamoDB refuses numbers beyond these, and with them the whole incident. */
const storable = (value: number | undefined): number | undefined => {
  const size = Math.abs(value ?? Number.NaN)
  return size === 0 || (size > 1e-100 && size < 1e100) ? value : undefined
}

function serviceByDimensions(dimensions: Record<string, string>, stage: string): string | undefined {
  const { functions, gateway, tables } = names(stage)
  const functionName = dimensions.FunctionName ?? dimensions.Resource?.split(':')[0]
  if (functionName === functions.api || dimensions.ApiName === gateway) return 'api'
  if (functionName === functions.updater) return 'updater'
  return dimensions.TableName === tables.prices ? 'table' : undefined
}

const gravestFirst: readonly Severity[] = ['Critical', 'High', 'Medium', 'Low']

/**
 * The severity that a name or description states: after the word itself, else the gravest one that is
 * mentioned, else High, so that nothing is taken too lightly.
 */
function statedSeverity(text: string): Severity {
  const after = /severity\W{0,3}(critical|high|medium|low)(?![a-z])/i.exec(text)?.[1]
  const stated = after ? [after] : (text.match(/(?<![A-Za-z])(critical|high|medium|low)(?![a-z])/gi) ?? [])
  const words = stated.map((word) => word.toLowerCase())
  return gravestFirst.find((severity) => words.includes(severity.toLowerCase())) ?? 'High'
}

/** The newest datapoint, which CloudWatch tells only inside its sentence. */
function valueIn(reason: string): number | undefined {
  const found = /\[\s*(-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)/i.exec(reason)?.[1]
  return found === undefined ? undefined : Number(found)
}
