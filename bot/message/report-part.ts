import { isDrill } from '../incident/drill.ts'
import { type Incident, isReported } from '../incident/incident.ts'
import { isSecurity } from '../incident/report.ts'
import { drillLines } from './drill-part.ts'
import { data, when } from './format.ts'
import { type Look, person, words } from './look.ts'

const mostShown = 3

/** What people have reported, in their words. */
export function reportLines(incident: Incident, look: Look): string[] {
  if (isDrill(incident)) return drillLines(incident, look)
  const { report: say, incident: about } = words(look)
  const reports = incident.reports ?? []
  if (reports.length === 0) return []
  const shown = reports.slice(0, mostShown).map(({ by, at, text }) => say.line(person(by), when(at), data(text, 300)))
  const more = reports.length - mostShown
  return [
    ...(reports.some(({ kind }) => isSecurity(kind)) ? [say.security] : []),
    ...shown,
    ...(more > 0 ? [about.andMore(more)] : []),
    ...(isReported(incident) ? [say.staysOpen] : []),
  ]
}

/** What customers may notice of what was reported first, in plain words. */
export function reportedImpact({ reports }: Incident, look: Look): string | undefined {
  const [first] = reports ?? []
  return first && words(look).report.impact[first.kind]
}
