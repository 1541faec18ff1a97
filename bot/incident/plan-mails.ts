import { isBefore } from '../../common/time.ts'
import type { IncidentEvent } from './event.ts'
import { gravity, type Incident } from './incident.ts'
import type { Audience, Beside } from './mail.ts'
import { wantsMail } from './slack-away.ts'
import { leadAlarm } from './when-rollback-asked.ts'

type MailDue = Extract<IncidentEvent, { type: 'mail-due' }>

/** A phone shows no more of a list. */
const mostBeside = 10

/**
 * Which mails the incidents need whose news Slack does not take: one for each audience, however many incidents there
 * are. The gravest tells of the others, so that a storm is one mail and not forty.
 */
export function planMails(incidents: readonly Incident[], at: string): { incident: Incident; event: MailDue }[] {
  const untold = incidents
    .filter(wantsMail)
    .toSorted((a, b) => gravity[b.severity] - gravity[a.severity] || a.openedAt.localeCompare(b.openedAt))
  const groups = (['oncall', 'managers'] as const).map((audience) => ({
    audience,
    concerned: untold.filter((incident) => concerns(incident, audience)),
  }))
  const lead = untold[0]
  const planned = untold.map((incident) => {
    const mails = groups
      .filter(({ concerned }) => concerned[0] === incident)
      .map(({ audience, concerned: [, ...others] }) => ({
        audience,
        ...(others.length > 0 && { beside: others.slice(0, mostBeside).map(besideOf) }),
        ...(others.length > mostBeside && { more: others.length - mostBeside }),
      }))
    const event: MailDue = { type: 'mail-due', at, until: newestIn(incident) ?? at, mails }
    return { incident, event: lead && incident !== lead ? { ...event, toldWith: lead.id } : event }
  })
  // The mail is saved first: killed in between, the next sweep tells of the others once more rather than never.
  return planned.toSorted((a, b) => b.event.mails.length - a.event.mails.length)
}

const newestIn = ({ slackAway }: Incident) => slackAway?.untold.at(-1)?.at

/** Managers have their own mail about the step to level 3; what was so before that is no news to them. */
function concerns({ escalation, slackAway }: Incident, audience: Audience): boolean {
  if (audience === 'oncall') return true
  return escalation.level === 3 && (slackAway?.untold ?? []).some(({ at }) => isBefore(escalation.since, at))
}

function besideOf(incident: Incident): Beside {
  const { id, service, severity, escalation, ringingSince, status } = incident
  const lead = leadAlarm(incident)
  return {
    id,
    service,
    severity,
    level: escalation.level,
    since: ringingSince,
    ...(lead && { alarm: { name: lead.name, ...(lead.listed !== undefined && { listed: lead.listed }) } }),
    ...(status === 'resolved' && { isOver: true }),
  }
}
