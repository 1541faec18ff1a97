import type { AlarmDefinition } from '../../common/alarms.ts'

const number = (value: number) => value.toLocaleString('en-US')

function measure({ condition }: AlarmDefinition): string {
  switch (condition.kind) {
    case 'percentage':
      return `${condition.part.name} of ${condition.whole.name}`
    case 'sum':
      return condition.metrics.map(({ name }) => name).join(' + ')
    case 'statistic':
      return `${condition.metric.name}, ${condition.statistic}`
    default:
      return condition satisfies never
  }
}

function limit({ comparison, threshold, unit }: AlarmDefinition): string {
  const over = comparison === '>' ? 'over' : 'at least'
  switch (unit) {
    case 'count':
      return `${over} ${number(threshold)}`
    case '%':
    case 's':
      return `${over} ${number(threshold)} ${unit}`
    default:
      return unit satisfies never
  }
}

function duration({ datapoints, periodMinutes }: AlarmDefinition): string {
  if (datapoints === 1) return periodMinutes === 1 ? 'in 1 minute' : `in ${periodMinutes} minutes`
  const minutes = datapoints * periodMinutes
  return periodMinutes === 1
    ? `for ${datapoints} of ${datapoints} minutes`
    : `for ${datapoints} periods, ${minutes} minutes in all`
}

/** An alarm's condition in words, such as “Errors of Invocations over 5 % for 2 of 2 minutes”. */
export const conditionOf = (alarm: AlarmDefinition): string => `${measure(alarm)} ${limit(alarm)} ${duration(alarm)}`
