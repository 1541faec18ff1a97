import { names } from '../../common/names.ts'
import { minutes, plus } from '../../common/time.ts'
import type { LogWindow } from '../incident/log-window.ts'

/** The address that every link begins with, and whose stage it shows. */
export interface LinkPlace {
  home: string
  stage: string
}

const query = `fields @timestamp, @message, @logStream
| filter @message like /ERROR|WARN|Task timed out|Runtime exited/
| sort @timestamp desc
| limit 100`

const hex = (byte: number): string => byte.toString(16).padStart(2, '0')

/** Text as the console writes it: an apostrophe, then letters, digits, `-` and `.`, and every other byte as `*2f`. */
const text = (value: string): string =>
  `'${[...Buffer.from(value, 'utf8')]
    .map((byte) => {
      const letter = String.fromCharCode(byte)
      return /[A-Za-z0-9.-]/.test(letter) ? letter : `*${hex(byte)}`
    })
    .join('')}`

/** The console reads its fragment decoded twice, with `$` in the place of `%`. */
const twice = (detail: string): string =>
  detail.replace(/[~()']/g, (mark) => `$25${hex(mark.charCodeAt(0)).toUpperCase()}`)

/** Logs Insights with query, logs and time filled in: from before the incident until an hour later, or the last reading. */
export function insightsLink(place: LinkPlace, window: LogWindow, readAt: string | undefined): string {
  const { functions } = names(place.stage)
  const anHour = plus(window.errorsFrom, minutes(70))
  const end = readAt !== undefined && readAt > anHour ? readAt : anHour
  const logs = window.functions.map((role) => `~${text(`/aws/lambda/${functions[role]}`)}`).join('')
  const detail =
    `~(end~${text(end)}~start~${text(window.errorsFrom)}~timeType~'ABSOLUTE~tz~'UTC` +
    `~editorString~${text(query)}~source~(${logs}))`
  return `${place.home}#logsV2:logs-insights$3FqueryDetail$3D${twice(detail)}`
}

export const tracesLink = (place: LinkPlace): string => `${place.home}#xray:traces/query`

export const dashboardLink = (place: LinkPlace): string =>
  `${place.home}#dashboards/dashboard/${names(place.stage).dashboard}`
