import type { ErrorShape, ErrorsSeen } from '../incident/error-shapes.ts'
import type { Incident } from '../incident/incident.ts'
import { logWindow } from '../incident/log-window.ts'
import type { RequestsSeen } from '../incident/requests-seen.ts'
import { dashboardLink, insightsLink, tracesLink } from './aws-links.ts'
import type { Block } from './blocks.ts'
import { gapOf } from './evidence-part.ts'
import { code, quantity, when } from './format.ts'
import { type Look, words } from './look.ts'
import { functionName, version } from './refusals.ts'

const sampleLength = 220

/** The most frequent errors, and what became of the requests: log text is data, shown as code and never as markup. */
export function logLines(incident: Incident, look: Look): string[] {
  const { errors, requests } = incident.evidence ?? {}
  return [
    ...(errors ? errorLines(incident, errors, look) : []),
    ...(requests && requests.total > 0 ? [impactLine(requests, look)] : []),
  ]
}

function errorLines(incident: Incident, { top, from, isWhole }: ErrorsSeen, look: Look): string[] {
  const { logs: say } = words(look)
  if (top.length === 0) return isWhole ? [say.noErrors(when(from))] : []
  const line = ({ count, level, sample, role, versions, first }: ErrorShape) =>
    say.error({
      count,
      isLeast: !isWhole,
      isWarning: level === 'warning',
      sample: code(sample, sampleLength),
      function: functionName(role, look),
      versions: versions
        .slice(0, 3)
        .map((each) => `v${version(each)}`)
        .join(', '),
      first: gapOf(first, incident, look),
    })
  return [say.topErrors, ...top.slice(0, 3).map((shape) => `• ${line(shape)}`)]
}

function impactLine(requests: RequestsSeen, look: Look): string {
  const { logs: say } = words(look)
  const { total, failed, from, until, isWhole } = requests
  const share = quantity((100 * failed) / total, '%', look.language)
  const known = until !== undefined && !isWhole ? when(until) : undefined
  const impact = say.impact({ failed, total, share, since: when(from), until: known })
  const endpoints = requests.endpoints
    .slice(0, 3)
    .map((each) => say.endpoint(each.resource === '-' ? say.noRoute : code(each.resource, 60), each.failed, each.total))
  const limited = requests.limited
    .slice(0, 3)
    .map(({ key, count }) => say.limited(key === '-' ? undefined : code(key, 40), count))
  if (endpoints.length + limited.length === 0) return impact
  return say.details(impact, endpoints.join(' · '), limited.length > 0 ? say.refused(limited) : '')
}

/** Where to look further, for whoever has an account: one line of links, as buttons would compete with those that act. */
export function linkLine(incident: Incident, look: Look): Block[] {
  const { logs: say } = words(look)
  const window = logWindow(incident, incident.ringingSince)
  if (look.awsConsole === undefined || window === undefined) return []
  const place = { home: look.awsConsole, stage: look.stage }
  const links = [
    `<${insightsLink(place, window, incident.evidence?.readAt)}|${say.links.insights}>`,
    `<${tracesLink(place)}|${say.links.traces}>`,
    `<${dashboardLink(place)}|${say.links.dashboard}>`,
  ]
  // No clipping: the links are made of names and times alone, and half a link is none.
  return [{ type: 'context', elements: [{ type: 'mrkdwn', text: links.join(' · ') }] }]
}
