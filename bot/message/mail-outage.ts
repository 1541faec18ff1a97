import type { Incident } from '../incident/incident.ts'
import type { Beside, Mail, News } from '../incident/mail.ts'
import { planRollback } from '../incident/rollback-plan.ts'
import { leadAlarm, rollbackRole } from '../incident/when-rollback-asked.ts'
import { dashboardLink } from './aws-links.ts'
import { commandsByHand } from './by-hand.ts'
import { escalationLines } from './escalation-part.ts'
import { code, data, when } from './format.ts'
import { guidanceOf } from './guidance-part.ts'
import { alarmTitle, headline, type Naming, plainHeadline } from './headline.ts'
import { impactLines } from './impact-part.ts'
import { type Look, person, words } from './look.ts'
import type { MailDraft, MailPlaces } from './mail.ts'
import { decisionLines, plainImpact } from './manager-card.ts'
import { reasonSentence } from './reasons.ts'
import { reportedImpact } from './report-part.ts'
import { automaticLine, endOf } from './rollback-part.ts'
import { triedLines } from './tried-part.ts'

/** Says by mail what Slack would have said, and how to go on without it. */
export function mailOfOutage(effect: Mail, incident: Incident, look: Look, places: MailPlaces): MailDraft {
  const { mail: say, talk, incident: about } = words(look)
  const { severity, service, owner, ringingSince, rollback, slackAway, status } = incident
  const what = headline(incident, look)
  const guidance = guidanceOf(incident, look)
  const tried = [rollback && endOf(rollback, incident, look), automaticLine(incident, look)].filter(Boolean)
  const news =
    effect.about === 'slack-away-news' ? (effect.news ?? []).map((each) => newsLine(each, incident, look)) : []
  const isOver = status === 'resolved'
  return {
    subject: say.outage.subject(
      about.severity[severity],
      titleOf(effect, look),
      what,
      (effect.beside?.length ?? 0) + (effect.more ?? 0),
    ),
    parts: [
      [say.outage.away(when(effect.since ?? effect.at)), slackAway ? say.outage.later : say.outage.backAgain],
      news,
      [
        say.outage.what(what),
        say.outage.severity(about.severity[severity], data(service, 80)),
        say.outage.since(when(ringingSince)),
        guidance?.impact ?? reportedImpact(incident, look),
      ],
      isOver
        ? []
        : [
            owner ? about.owner(person(owner.user), when(owner.at)) : about.nobody,
            ...escalationLines(incident, look),
            ...(tried.length > 0 ? [talk.page.tried(tried.join(' '))] : [talk.page.nothingTried]),
          ],
      isOver ? [] : meanwhile(incident, look, places),
      besideLines(effect, look),
      [say.outage.id(code(incident.id, 200))],
    ],
  }
}

/** What is new, in front of the subject. The headline tells by itself that something is over. */
function titleOf({ about, news = [] }: Mail, look: Look): string {
  const { mail: say, incident } = words(look)
  const last = news.at(-1)
  if (about === 'slack-away' || !last || last.is === 'away' || last.is === 'resolved') return ''
  return last.is === 'escalated'
    ? say.outage.newsTitle.escalated(incident.levels[last.level])
    : say.outage.newsTitle[last.is]
}

function newsLine(news: News, incident: Incident, look: Look, isPlain = false): string {
  const { mail: say, incident: about } = words(look)
  const at = when(news.at)
  switch (news.is) {
    case 'away':
      return ''
    case 'escalated': {
      const { by } = incident.escalation
      const reason = reasonSentence({ why: news.why, by }, incident, look, isPlain)
      return say.outage.news.escalated(about.levels[news.level], at, reason)
    }
    case 'reopened':
      return say.outage.news.reopened(at)
    case 'graver':
      return say.outage.news.graver(about.severity[news.severity], at)
    case 'resolved':
      return say.outage.news.resolved(at)
    default:
      return news satisfies never
  }
}

/** The same for management, without a word of how the service is built: what customers notice, and what is asked. */
export function managersMailOfOutage(effect: Mail, incident: Incident, look: Look, places: MailPlaces): MailDraft {
  const { mail: say, manager: card, incident: about } = words(look)
  const { severity, slackAway, status } = incident
  const isOver = status === 'resolved'
  const others = (effect.beside?.length ?? 0) + (effect.more ?? 0)
  return {
    subject: say.outage.subject(about.severity[severity], titleOf(effect, look), plainHeadline(incident, look), others),
    parts: [
      [say.outage.away(when(effect.since ?? effect.at)), slackAway ? say.outage.later : say.outage.backAgain],
      (effect.news ?? []).map((each) => newsLine(each, incident, look, true)),
      [card.impact, plainImpact(incident, look), ...impactLines(incident, look)],
      [card.tried, ...triedLines(incident, look)],
      isOver ? [] : [card.decide, ...decisionLines(incident, look)],
      [say.outage.status(places.statusUrl)],
      besideLines(effect, look, 'plainMeasure'),
      [say.outage.id(code(incident.id, 200))],
    ],
  }
}

/** Where to look and what to do until Slack is back. */
function meanwhile(incident: Incident, look: Look, { statusUrl }: MailPlaces): string[] {
  const { outage: say } = words(look).mail
  const { awsConsole, repository, stage, language } = look
  const listed = leadAlarm(incident)?.listed
  const runbook =
    repository && `https://github.com/${repository}/blob/main/docs/runbook/${language}/${listed ?? 'README'}.md`
  return [
    say.meanwhile,
    say.status(statusUrl),
    ...(awsConsole ? [say.dashboard(dashboardLink({ home: awsConsole, stage }))] : []),
    ...(runbook ? [say.runbook(runbook)] : []),
    ...byHand(incident, look),
    say.buttons,
  ]
}

/** The commands of the rollback that the bot would offer, if it would. */
function byHand(incident: Incident, look: Look): string[] {
  const { outage: say } = words(look).mail
  const role = rollbackRole(incident)
  const known = role && incident.evidence?.functions[role]
  const plan = known && planRollback(role, known, leadAlarm(incident)?.firedAt ?? incident.openedAt)
  if (!role || !plan?.possible) return []
  const { from, to, underWay } = plan
  return [say.rollBack(from, to), commandsByHand({ role, to, deployment: underWay?.id }, look.stage)]
}

function besideLines({ beside = [], more = 0 }: Mail, look: Look, naming?: Naming): string[] {
  const { mail: say, incident: about } = words(look)
  if (beside.length === 0) return []
  const line = ({ alarm, service, severity, level, since, isOver }: Beside) => {
    const title = alarm ? alarmTitle(alarm, look, naming) : about.service(data(service, 80))
    return `• ${say.outage.besideLine(about.severity[severity], title, when(since), about.levels[level], isOver === true)}`
  }
  return [say.outage.beside, ...beside.map(line), ...(more > 0 ? [about.andMore(more)] : [])]
}
