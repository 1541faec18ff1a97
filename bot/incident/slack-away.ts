import { earliest, isBefore, minutes, msBetween } from '../../common/time.ts'
import { type Change, noted } from './change.ts'
import type { Verdict } from './decide.ts'
import { isDrill } from './drill.ts'
import type { Effect } from './effect.ts'
import type { IncidentEvent, SlackTook } from './event.ts'
import { gravity, type Incident } from './incident.ts'
import type { News } from './mail.ts'

/** A message that waits this long, while its channel takes no other one, will not be seen in time. */
export const silentAfter = minutes(2)
/** A flapping incident has news without end; the last ones tell how it stands. */
const mostUntold = 6
/** Mails that may wait for SNS at once; what is untold meanwhile stands in the next one. */
const mostWaitingMails = 4

/** The channel that a message waits for; nothing for what is no new message, such as an edit. */
function channelOf(effect: Effect, { message }: Incident): keyof SlackTook | undefined {
  switch (effect.kind) {
    case 'show':
      return message ? undefined : 'alerts'
    case 'reply':
      return 'alerts'
    case 'page':
      return effect.level === 2 ? 'dev' : 'incidents'
    default:
      return undefined
  }
}

/** The new messages of an incident that Slack has not taken yet. */
const waitingPosts = (incident: Incident) =>
  incident.pending.flatMap(({ effect, madeAt }) => {
    const channel = channelOf(effect, incident)
    return channel === undefined ? [] : [{ channel, madeAt }]
  })

/**
 * Slack is away for an incident when a message of it has waited for two minutes and its channel took no other
 * message meanwhile: a channel that takes one message per second only has its pace, however long the row is.
 */
export function fellSilent(
  incident: Incident,
  { at, slackTook = {} }: Extract<IncidentEvent, { type: 'minute-passed' }>,
): Change | undefined {
  if (incident.slackAway || isDrill(incident) || gravity[incident.severity] < gravity.High) return undefined
  const isLong = (since: string | undefined) => since !== undefined && msBetween(since, at) >= silentAfter
  const since = earliest(
    waitingPosts(incident).flatMap(({ channel, madeAt }) => {
      const took = slackTook[channel]
      return madeAt !== undefined && isLong(madeAt) && (took === undefined || isLong(took)) ? [madeAt] : []
    }),
  )
  if (since === undefined) return undefined
  const away = { since, untold: [{ is: 'away', at } as const] }
  return { incident: noted({ ...incident, slackAway: away }, { at, what: 'slack-away', about: since }), effects: [] }
}

/** What a decision changed that would have woken somebody is kept for the next mail while Slack is away. */
export function withNews(before: Incident | undefined, after: Incident, at: string): Incident {
  const { slackAway, escalation, severity } = after
  if (!before?.slackAway || !slackAway || before.id !== after.id) return after
  const { level, why } = escalation
  const news: News[] = [
    ...(level > before.escalation.level ? [{ is: 'escalated', at, level, why } as const] : []),
    ...(after.reopened > before.reopened ? [{ is: 'reopened', at } as const] : []),
    ...(gravity[severity] > gravity[before.severity] ? [{ is: 'graver', at, severity } as const] : []),
    ...(after.status === 'resolved' && before.status !== 'resolved' ? [{ is: 'resolved', at } as const] : []),
  ]
  if (news.length === 0) return after
  return { ...after, slackAway: { ...slackAway, untold: [...slackAway.untold, ...news].slice(-mostUntold) } }
}

/** When the last message that waited is through, Slack is back, and what no mail has told is told there. */
export function unlessSlackIsBack(incident: Incident, at: string): Incident {
  const { slackAway, ...rest } = incident
  if (!slackAway || waitingPosts(incident).length > 0) return incident
  return noted(rest, { at, what: 'slack-back', about: slackAway.since })
}

/** Whether there is something that a mail has to tell, and room for the mail. */
export const wantsMail = ({ slackAway, pending }: Incident): boolean =>
  slackAway !== undefined &&
  slackAway.untold.length > 0 &&
  pending.filter(({ effect }) => effect.kind === 'mail').length < mostWaitingMails

/** The sweep has decided which mails tell of this incident: its own, or the one of another incident. */
export function whenMailDue(incident: Incident, event: Extract<IncidentEvent, { type: 'mail-due' }>): Verdict {
  const { at, mails, toldWith } = event
  const away = incident.slackAway
  // What came after the mails were planned is left for the next ones.
  const untold = away?.untold.filter((each) => isBefore(event.until, each.at)) ?? []
  const news = away?.untold.filter((each) => !untold.includes(each)) ?? []
  if (!away || news.length === 0) return 'nothing-due'
  const told: Incident = { ...incident, slackAway: { ...away, untold, mailedAt: at } }
  const about = away.mailedAt === undefined ? 'slack-away' : 'slack-away-news'
  return {
    because: mails.length > 0 ? 'a mail tells of it' : 'the mail of another incident tells of it',
    incident: toldWith === undefined ? told : noted(told, { at, what: 'mailed', about: toldWith }),
    effects: mails.map((mail) => ({ kind: 'mail', about, at, since: away.since, news, ...mail })),
  }
}
