import type { Severity } from '../../../common/alarms.ts'
import type { EscalationReason, NothingDue, Status } from '../../incident/incident.ts'
import type { AlarmFacts } from './facts.ts'

const severity: Record<Severity, string> = { Critical: 'Critical', High: 'High', Medium: 'Medium', Low: 'Low' }
const levels = { 1: 'on-call', 2: 'the developers', 3: 'management' }

const alarm = ({ title, value, limit, isCount }: AlarmFacts): string => {
  if (value !== undefined)
    return `${title}${isCount ? ' ' : ' at '}${value}${limit === undefined ? '' : `, limit ${limit}`}`
  return limit === undefined ? title : `${title}, over the limit of ${limit}`
}

const nothingDue: Record<NothingDue, (owner: string | undefined) => string> = {
  'low-severity': () => 'No escalation: Low can wait for working hours.',
  recovering: () => 'No escalation while the alarms stay quiet.',
  'maintenance-on': () => 'No escalation while maintenance mode is on: managers have approved it.',
  'cause-over': () => 'No escalation: only what follows from it still rings.',
  'top-level': () => 'No further escalation: management has been told.',
  owned: (owner) => (owner ? `No escalation is due: ${owner} is on it.` : 'No escalation is due.'),
  drill: () => 'No escalation by itself: this is a drill.',
  resolved: () => 'No escalation: it is over.',
}

/** What becomes of a step that is due, by why it would be taken. */
const unless: Record<EscalationReason, string> = {
  'alarm-opened': '',
  reported: '',
  'not-acknowledged': ' unless someone acknowledges',
  'alarm-lasts': ' if it still rings then',
  'alarm-grew': ': the number is still growing',
  'customers-complain': ': several customers have told of it',
  'automatic-rollback-failed': ': the automatic rollback failed',
  'rollback-failed': ': the rollback failed',
  'rollback-did-not-help': ': the rollback did not help',
  'level-2-lasts': ' if it still rings then',
  'asked-by-person': ': a person asked for it',
}

const fallback: Record<Status, (owner: string | undefined) => string> = {
  open: (owner) => (owner ? `${owner} is on it.` : 'Nobody has acknowledged it yet.'),
  acknowledged: (owner) => (owner ? `${owner} is on it.` : 'Acknowledged.'),
  recovering: () => 'It resolves itself if it stays quiet.',
  resolved: () => 'It is over.',
}

export const incident = {
  /** Sentences one after the other, as the language sets them. */
  sentences: (all: string[]) => all.join(' '),
  severity,
  levels,
  alarm,
  unlisted: (name: string) => `Alarm ${name}`,
  quietHeadline: (title: string) => `Quiet again: ${title}`,
  resolvedHeadline: (title: string) => `Resolved: ${title}`,
  since: (at: string) => `since ${at}`,
  service: (name: string) => `service ${name}`,
  reopened: (times: number) => `came back ${times === 1 ? 'once' : `${times} times`}`,
  complaints: (n: number, last: string) => `*Told by customers:* ${n === 1 ? 'once' : `${n} times`}, last ${last}`,
  nobody: '*Owner:* nobody yet',
  owner: (who: string, since: string) => `*Owner:* ${who} since ${since}`,
  quietUntil: (until: string) => `*Quiet:* it resolves itself ${until} unless an alarm rings again.`,
  atLevel: (who: string, since: string, reason: string) => `*Escalated:* to ${who} since ${since}, ${reason}`,
  next: (who: string, due: string, why: EscalationReason) => `*Next:* goes to ${who} ${due}${unless[why]}.`,
  noNext: (why: NothingDue, owner: string | undefined) => `*Next:* ${nothingDue[why](owner)}`,
  officeHours: (hours: string) => `Medium waits for office hours (${hours}).`,
  hours: (open: string, close: string, zone: string) => `Mon–Fri ${open}–${close} ${zone}`,
  alsoRinging: (alarms: string) => `*Also ringing:* ${alarms}`,
  /** What only follows from the incident, and why, in a half sentence. */
  followsFromIt: (alarms: string, why: string) => `*Follows from it:* ${alarms}: ${why}`,
  explained: {
    'prices-too-old': (served: string) => `prices are older than ${served}, so the API refuses them`,
    'maintenance-mode': (_served: string) => 'maintenance mode is on, so the API answers no prices',
  },
  nowQuiet: (alarms: string) => `*Quiet by now:* ${alarms}`,
  andMore: (n: number) => `and ${n} more`,
  reasonOver: (n: string, m: string, isAbove: boolean, limit: string, values: string) =>
    `${n} of the last ${m} readings ${isAbove ? 'above' : 'below'} ${limit}: ${values}`,
  reasonNoData: 'No data arrived, which this alarm takes for a failure.',
  firstSteps: '*First steps*',
  stepsDone: (n: number, latest: string) => `*Runbook:* ${n === 1 ? '1 step' : `${n} steps`} done. Last: ${latest}`,
  logs: (where: string) => `Logs: ${where}`,
  onCall: (who: string) => `${who}: please acknowledge.`,
  fallback: (level: string, headline: string, status: Status, owner: string | undefined) =>
    `${status === 'recovering' ? '' : `${level}: `}${headline}. ${fallback[status](owner)}`,
  resolvedFallback: (headline: string, lasted: string) => `${headline}, after ${lasted}.`,
  lasted: (lasted: string, from: string, to: string) => `Lasted ${lasted}, from ${from} to ${to}.`,
  endedBy: (who: string) => `Closed by ${who}.`,
  endedAlone: (quiet: string) => `Ended by itself: every alarm stayed quiet for ${quiet}.`,
  wasOwned: (who: string) => `Owner: ${who}`,
  wasNotOwned: 'Owner: nobody',
  wasEscalated: (who: string) => `It had gone up to ${who}.`,
}
