import { describeError } from '../../common/logger.ts'
import { minutes, moment, plus } from '../../common/time.ts'
import { gravity, type Incident } from '../incident/incident.ts'
import { neededFrom, type Span } from '../incident/statistics.ts'
import { type Group, type HomeFacts, mostPostmortems } from '../message/home.ts'
import { mostOpen, type OpenIncident } from '../message/open-incidents.ts'
import { within } from '../out/within.ts'
import { runningSilences } from './silences.ts'
import type { SlackDoorDeps } from './slack-listeners.ts'

/** Slack waits three seconds for an answer: what is not there by then is told to be missing. */
const partLimitMs = 1_000
const linkLimitMs = 500
/** One service has one open incident, so that more than this is a storm that nobody reads here. */
const mostRead = 30

/** What a part comes to within its limit; undefined, and logged, when it fails or takes too long. */
async function part<T>(deps: SlackDoorDeps, what: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await within(partLimitMs, read)
  } catch (error) {
    deps.log.warn('a part of the Home tab could not be read', { part: what, error: describeError(error) })
    return undefined
  }
}

/** Every incident that is not over, the gravest first, then the longest open. The first ones with links. */
export function readOpen(deps: SlackDoorDeps): Promise<HomeFacts['open']> {
  return part(deps, 'open incidents', async () => {
    const refs = await deps.incidents.live()
    const stored = await Promise.all(refs.slice(0, mostRead).map((ref) => deps.incidents.load(ref)))
    const open = stored
      .flatMap((each) => (each && each.incident.status !== 'resolved' ? [each.incident] : []))
      .toSorted((a, b) => gravity[b.severity] - gravity[a.severity] || a.openedAt.localeCompare(b.openedAt))
    const shown = await Promise.all(
      open.slice(0, mostOpen).map(async (incident): Promise<OpenIncident> => {
        const link = await linkTo(deps, incident.message)
        return { incident, ...(link !== undefined && { link }) }
      }),
    )
    return { shown, total: open.length + Math.max(0, refs.length - mostRead) }
  })
}

/** The silences that run now. */
export const readSilenced = (deps: SlackDoorDeps): Promise<HomeFacts['silences']> =>
  part(deps, 'silences', () => runningSilences(deps))

/** The address of a message. It is a convenience: without it the line stands all the same. */
async function linkTo(deps: SlackDoorDeps, message: Incident['message']): Promise<string | undefined> {
  if (!message) return undefined
  try {
    const asked = () => deps.slack.call('chat.getPermalink', { channel: message.channel, message_ts: message.ts })
    const answer = await within(linkLimitMs, asked)
    return answer.is === 'ok' && typeof answer.body.permalink === 'string' ? answer.body.permalink : undefined
  } catch (error) {
    deps.log.warn('no link to a message', { error: describeError(error) })
    return undefined
  }
}

/** Everything the Home tab shows, read at the same time. */
export async function readHome(deps: SlackDoorDeps, span: Span): Promise<HomeFacts> {
  const now = moment(deps.clock.now())
  const members = (group: Group) => part(deps, group, () => deps.permissions.members(group))
  const [open, silences, history, deployments, oncall, developers, managers] = await Promise.all([
    readOpen(deps),
    readSilenced(deps),
    part(deps, 'history', () => deps.history.between(neededFrom(span, now), now)),
    part(deps, 'deployments', () => deps.recentDeployments.newest()),
    members('oncall'),
    members('developers'),
    members('managers'),
  ])
  const written = (history ?? [])
    .filter(({ openedAt }) => openedAt >= plus(now, -span * minutes(24 * 60)))
    .flatMap((entry) => (entry.postmortem ? [{ ...entry, postmortem: entry.postmortem }] : []))
    .slice(0, mostPostmortems)
  const postmortems = await Promise.all(
    written.map(async (entry) => {
      const link = await linkTo(deps, entry.message)
      return { entry, ...(link !== undefined && { link }) }
    }),
  )
  const people = { oncall, developers, managers }
  return { now, span, open, silences, people, history, postmortems, deployments }
}
