import * as z from 'zod'
import { Action } from '../../common/incident-actions.ts'
import { AlarmRecord } from './alarm-record.ts'
import { Card } from './card.ts'
import { Complaints } from './complaints.ts'
import { PendingEffect } from './effect.ts'
import { Evidence } from './evidence.ts'
import { Hold } from './hold.ts'
import { SlackAway } from './mail.ts'
import { Notice } from './notice.ts'
import { Postmortem } from './postmortem.ts'
import { RemedyRecord } from './remedy.ts'
import { Reminders } from './reminders.ts'
import { Report } from './report.ts'
import { Rollback } from './rollback.ts'
import { TickedStep } from './ticked-step.ts'
import { TimelineEntry } from './timeline.ts'

export const Severity = z.enum(['Critical', 'High', 'Medium', 'Low'])
/** The graver, the larger. */
export const gravity = { Critical: 3, High: 2, Medium: 1, Low: 0 } as const

export const Status = z.enum(['open', 'acknowledged', 'recovering', 'resolved'])
export type Status = z.output<typeof Status>

export const EscalationReason = z.enum([
  'alarm-opened',
  'reported',
  'not-acknowledged',
  'alarm-lasts',
  'alarm-grew',
  'customers-complain',
  'automatic-rollback-failed',
  'rollback-failed',
  'rollback-did-not-help',
  'level-2-lasts',
  'asked-by-person',
])
export type EscalationReason = z.output<typeof EscalationReason>

/** Why an unresolved incident has no next escalation. */
export const NothingDue = z.enum([
  'low-severity',
  'recovering',
  'cause-over',
  'top-level',
  'owned',
  'maintenance-on',
  'drill',
  'resolved',
])
export type NothingDue = z.output<typeof NothingDue>

export const Level = z.union([z.literal(1), z.literal(2), z.literal(3)])
export type Level = z.output<typeof Level>

export const Escalation = z.object({
  level: Level,
  since: z.iso.datetime(),
  why: EscalationReason,
  by: z.string().optional(),
  /** Management was asked a second time. */
  askedAgainAt: z.iso.datetime().optional(),
  /** The next step up: when, to which level and for which reason; or why there is none. */
  next: z.union([
    z.object({ due: z.iso.datetime(), level: z.union([z.literal(2), z.literal(3)]), why: EscalationReason }),
    z.object({ nothingDue: NothingDue }),
  ]),
})
export type Escalation = z.output<typeof Escalation>

/**
 * One incident is one item of the table: state, timeline and what is left to do. There is one open
 * incident per service; a resolved one stays in place for half an hour, so that it can be reopened.
 */
export const Incident = z.object({
  /** `<service>-<opening time>`, as in `api-20261123T030000Z`. */
  id: z.string().min(1),
  service: z.string().min(1),
  severity: Severity,
  status: Status,
  openedAt: z.iso.datetime(),
  /** When it opened or was last reopened: the response time counts from here. */
  ringingSince: z.iso.datetime(),
  /** When something made it graver than it was; the response time counts from here, if that is later. */
  graveSince: z.iso.datetime().optional(),
  reopened: z.int(),
  alarms: z.record(z.string(), AlarmRecord),
  owner: z.object({ user: z.string(), at: z.iso.datetime() }).optional(),
  /** When somebody first took it, whoever has it now. */
  acknowledgedAt: z.iso.datetime().optional(),
  escalation: Escalation,
  /** Somebody has asked for time, the last time anybody did. */
  hold: Hold.optional(),
  reminders: Reminders.optional(),
  rollback: Rollback.optional(),
  /** The last press of Roll back that was answered. */
  lastAsk: z.string().optional(),
  /** CodeDeploy's own rollback, as far as it is known. */
  automaticRollback: z
    .object({ deployment: z.string(), of: z.string(), state: z.enum(['running', 'succeeded', 'failed']) })
    .optional(),
  /** What was changed to ease it, one record per remedy. */
  remedies: z.array(RemedyRecord).optional(),
  /** What people have told that no alarm saw; the first one names an incident without alarms. */
  reports: z.array(Report).optional(),
  /** Steps of the runbook that somebody says are done. */
  steps: z.array(TickedStep).optional(),
  complaints: Complaints.optional(),
  /** What customers are told of it. */
  notice: Notice.optional(),
  evidence: Evidence.optional(),
  /** Nothing could be read for minutes while an alarm rang. */
  evidenceIsLate: z.boolean().optional(),
  /** Set while every alarm is quiet; the incident resolves then. */
  quietUntil: z.iso.datetime().optional(),
  resolved: z.object({ at: z.iso.datetime(), by: z.string().optional() }).optional(),
  /** The root message, once Slack has accepted it. */
  message: z.object({ channel: z.string(), ts: z.string() }).optional(),
  /** What else stands in Slack about it: outside its thread, and its action items in the thread. */
  cards: z.array(Card).optional(),
  slackAway: SlackAway.optional(),
  /** From when somebody asked for it, after the end. */
  postmortem: Postmortem.optional(),
  /** Counts what people could see change; a message drawn from an older look is drawn again. */
  look: z.int(),
  timeline: z.array(TimelineEntry),
  /** Who did what, with before and after, oldest first. */
  actions: z.array(Action).optional(),
  /** Actions from the middle that there was no room for. */
  actionsLeftOut: z.int().optional(),
  pending: z.array(PendingEffect),
  /** Effects ever made; the next one's number. */
  effects: z.int(),
  /** Counts saves; every write is on condition that nobody saved in between. */
  revision: z.int(),
  archived: z.boolean(),
})
export type Incident = z.output<typeof Incident>

export const incidentId = (service: string, openedAt: string): string =>
  `${service}-${openedAt.replace(/[-:]/g, '').replace(/\.\d+/, '')}`

export const serviceOf = (id: string): string => id.slice(0, id.lastIndexOf('-'))

/** The alarms an incident is about, without those that only follow from it. */
export const ownAlarms = ({ alarms }: Incident): AlarmRecord[] =>
  Object.values(alarms).filter((alarm) => alarm.consequence === undefined)

/** What a person has reported goes on until a person ends it: no alarm will clear. */
export const isReported = ({ reports, status }: Pick<Incident, 'reports' | 'status'>): boolean =>
  status !== 'resolved' && reports !== undefined && reports.length > 0

/** Something it is about goes on. What only follows from it keeps it open, but calls nobody. */
export const ringsItself = (incident: Incident): boolean =>
  ownAlarms(incident).some((alarm) => alarm.ringing) || isReported(incident)

export const hasRingingAlarm = ({ alarms }: Incident): boolean => Object.values(alarms).some((alarm) => alarm.ringing)

export const isRinging = (incident: Incident): boolean => hasRingingAlarm(incident) || isReported(incident)
