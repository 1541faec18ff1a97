/** What the control room shows; plain JSON. Times are ISO 8601 in UTC, domain time. */
export interface Room {
  clock: {
    now: string
    /** Domain seconds per second; 0 stands still between jumps. */
    speed: number
  }
  /** The scenario being played at present. */
  playing: string | null
  slackDown: boolean
  functions: FunctionView[]
  chart: ErrorChart
  alarms: AlarmView[]
  queues: { name: 'alarms' | 'sender' | 'evidence' | 'worker' | 'remedy' | 'mailer' | 'deadLetters'; waiting: number }[]
  incidents: IncidentView[]
  /** The newest mails of the bot, newest first. */
  mails: MailView[]
}

export interface MailView {
  id: string
  at: string
  to: string[]
  subject: string
  body: string
}

export interface FunctionView {
  name: string
  role: 'api' | 'updater'
  /** Those that `live` points at and a few before, newest first. */
  versions: {
    version: string
    description: string
    createdAt: string
    /** Its part of the traffic, 0 to 1. */
    share: number
  }[]
  /** Invocations of the last whole minute. */
  perMinute: number
  /** Percent of the last whole minute; null without traffic. */
  errorRate: number | null
}

/** The API's error rate, minute by minute. */
export interface ErrorChart {
  /** Percent; null for a minute without traffic. */
  points: { at: string; percent: number | null }[]
  threshold: number
  /** What happened meanwhile. */
  marks: { at: string; kind: 'deployment' | 'alarm' | 'ok' | 'rollback'; text: string }[]
}

export interface AlarmView {
  name: string
  /** Null for an alarm that is not of the list. */
  severity: string | null
  state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'
  since: string
  /** The condition in words. */
  condition: string
}

export interface IncidentView {
  id: string
  service: string
  status: string
  severity: string
  openedAt: string
  /** Names of the alarms that belong to it. */
  alarms: string[]
  /** Id of the person who took it. */
  owner: string | null
  level: number
  nextDue: string | null
  /** How far the rollback is; `none` without one. */
  rollback: string
  slack: { channel: string | null; ts: string | null }
}
