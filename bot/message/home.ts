import { minutes, plus } from '../../common/time.ts'
import type { ListedDeployment } from '../bulletin/deployment-list.ts'
import type { SilenceFacts } from '../bulletin/silence.ts'
import type { HistoryEntry } from '../incident/history.ts'
import { neededFrom, type Span, statistics } from '../incident/statistics.ts'
import { type Block, context, type HomeView, header, section, sectionOf } from './blocks.ts'
import { data, when } from './format.ts'
import { alarmTitle } from './headline.ts'
import { homeButtons } from './home-buttons.ts'
import { numbersPart } from './home-numbers.ts'
import { type Look, person, words } from './look.ts'
import { messageLink, type OpenIncident, openIncidents } from './open-incidents.ts'
import { silenceLines } from './silence-message.ts'

export type Group = 'oncall' | 'developers' | 'managers'

/** A postmortem with the incident it is about. */
export interface WrittenPostmortem {
  entry: HistoryEntry & { postmortem: NonNullable<HistoryEntry['postmortem']> }
  link?: string
}

/** What there is to show. A part that could not be read is undefined. */
export interface HomeFacts {
  now: string
  span: Span
  /** Those that are shown, and how many there are in all. */
  open: { shown: OpenIncident[]; total: number } | undefined
  /** Those that run now. */
  silences: readonly SilenceFacts[] | undefined
  people: Record<Group, readonly string[] | undefined>
  deployments: readonly ListedDeployment[] | undefined
  /** Of the span and the one before it. */
  history: readonly HistoryEntry[] | undefined
  postmortems: readonly WrittenPostmortem[]
}

const mostPeople = 12
const mostDeployments = 5
export const mostPostmortems = 5

/** The Home tab of one person: what is open, whom to ask, what went out, and how it went. */
export function homeView(facts: HomeFacts, look: Look): HomeView {
  const { home } = words(look)
  return {
    type: 'home',
    private_metadata: String(facts.span),
    blocks: [
      header(home.title),
      context(home.asOf(when(facts.now))),
      homeButtons(facts.span, look),
      header(home.open),
      ...openPart(facts, look),
      header(home.people),
      section(...peopleLines(facts, look)),
      header(home.deployments),
      section(...deploymentLines(facts, look)),
      header(home.numbers(facts.span)),
      ...historyPart(facts, look),
      header(home.postmortems),
      section(...postmortemLines(facts, look)),
    ],
  }
}

function openPart({ open, silences }: HomeFacts, look: Look): Block[] {
  const silenced = sectionOf(silenceLines(silences, look))
  if (!open) return [...silenced, section(words(look).home.unread.open)]
  return [...silenced, ...openIncidents(open.shown, open.total, look).map((text) => section(text))]
}

function peopleLines({ people }: HomeFacts, look: Look): string[] {
  const { home, incident } = words(look)
  return (['oncall', 'developers', 'managers'] as const).map((group) => {
    const members = people[group]
    if (!members) return `${home.groups[group]} ${look.people[group]} ${home.unread.people}`
    const more = members.length - mostPeople
    const named = members.slice(0, mostPeople).map(person)
    return [home.groups[group], ...named, ...(more > 0 ? [incident.andMore(more)] : [])].join(' ')
  })
}

function deploymentLines({ deployments }: HomeFacts, look: Look): string[] {
  const { home, deploy } = words(look)
  if (!deployments) return [home.unread.deployments]
  if (deployments.length === 0) return [home.noDeployments]
  return deployments.slice(0, mostDeployments).map(({ role, at, from, to, state }) => {
    const versions = [from, to].map((version) => (version === undefined ? '?' : data(`v${version}`, 20))).join(' → ')
    const stands = deploy.states[state === 'canary' ? 'started' : state]
    return home.deployment(deploy.names[role], versions, when(at), stands)
  })
}

function historyPart({ history, span, now }: HomeFacts, look: Look): Block[] {
  if (!history) return [section(words(look).home.unread.history)]
  const startedAt = { now: plus(now, -span * minutes(24 * 60)), before: neededFrom(span, now) }
  return numbersPart(statistics(history, span, now, look.hours), startedAt, look)
}

function postmortemLines({ postmortems, history }: HomeFacts, look: Look): string[] {
  const { home } = words(look)
  if (!history) return [home.unread.history]
  if (postmortems.length === 0) return [home.noPostmortems]
  return postmortems.map(({ entry, link }) => {
    const { at, by, openActions, actions } = entry.postmortem
    const told = home.postmortem(entryTitle(entry, look), when(at), person(by))
    return [told, home.actions(openActions, actions), ...messageLink(link, look)].join(' · ')
  })
}

/** What a finished incident is called. */
function entryTitle({ lead, report, service }: HistoryEntry, look: Look): string {
  const { report: say, incident } = words(look)
  const alarm = lead && { name: lead.name, ...(lead.listed !== undefined && { listed: lead.listed }) }
  if (alarm) return alarmTitle(alarm, look)
  return report ? say.kind[report] : incident.unlisted(data(service, 80))
}
