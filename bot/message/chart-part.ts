import { type AlarmDefinition, alarmNamed } from '../../common/alarms.ts'
import { guidanceFor } from '../../common/runbook/runbook.ts'
import type { Series } from '../incident/evidence.ts'
import type { Incident } from '../incident/incident.ts'
import { courseOf } from '../incident/trend.ts'
import { leadAlarm } from '../incident/when-rollback-asked.ts'
import type { Block } from './blocks.ts'
import { plain, quantity, when } from './format.ts'
import { type Look, words } from './look.ts'

const fewest = 3
const most = 20
const longestTitle = 50
const longestName = 20

/** Half an hour of what the leading alarm measures beside its limit, as Slack's own line chart. */
export function chartOf(incident: Incident, look: Look): Block[] {
  const shown = shownSeries(incident)
  if (!shown || shown.series.points.length < fewest) return []
  const { series, definition } = shown
  const { chart: say } = words(look)
  const scale = scaleOf(definition, look)
  const points = series.points.slice(-most)
  const clock = clockOf(look.hours.zone)
  const categories = points.map(({ at }) => clock.format(new Date(at)))
  const line = (name: string, valueAt: (index: number) => number) => ({
    name: plain(name, longestName),
    data: categories.map((label, index) => ({ label, value: rounded(valueAt(index) * scale.by) })),
  })
  return [
    {
      type: 'data_visualization',
      title: plain(say.title(titleOf(definition, look)), longestTitle),
      chart: {
        type: 'line',
        series: [line(say.measured, (index) => points[index]?.value ?? 0), line(say.limit, () => definition.threshold)],
        axis_config: { categories, x_label: plain(say.time(look.hours.zone), longestTitle), y_label: scale.label },
      },
    },
  ]
}

/** The same in words, for who sees no chart: from where to where, the peak, and whether it rises. */
export function courseLines(incident: Incident, look: Look): string[] {
  const shown = shownSeries(incident)
  const course = shown && courseOf(shown.series, shown.definition.threshold)
  if (!shown || !course) return []
  const number = (value: number) => quantity(value, shown.definition.unit, look.language)
  const { first, last, highest, trend } = course
  return [words(look).chart.course(number(first), number(last), number(highest.value), when(highest.at), trend)]
}

function shownSeries(incident: Incident): { series: Series; definition: AlarmDefinition } | undefined {
  const series = incident.evidence?.series
  const listed = leadAlarm(incident)?.listed
  const definition = listed === undefined ? undefined : alarmNamed(listed)
  return series && definition && series.alarm === listed ? { series, definition } : undefined
}

const titleOf = ({ name }: AlarmDefinition, look: Look): string => guidanceFor(name, look.language)?.title ?? name

/** Long spans are drawn in minutes, as they are told. */
function scaleOf({ unit, threshold }: AlarmDefinition, look: Look): { by: number; label: string } {
  const { units } = words(look).chart
  if (unit === 's' && threshold >= 60) return { by: 1 / 60, label: units.min }
  return { by: 1, label: units[unit] }
}

/** The largest numbers there are would round to infinity, which no chart can draw. */
function rounded(value: number): number {
  const short = Number(value.toPrecision(3))
  return Number.isFinite(short) ? short : value
}

/** A chart's labels are text, so the time is that of the people on call. */
const clockOf = (zone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
