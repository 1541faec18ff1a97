export const mail = {
  /** What people are called where no name is known. */
  roles: {
    oncall: 'on-call',
    developers: 'the developers',
    managers: 'management',
    someone: 'an on-call engineer',
    team: 'a team',
  },
  both: (a: string, b: string) => `${a} and ${b}`,
  thread: (id: string, channel: string) => `In Slack: incident ${id} in ${channel}.`,
  alertsChannel: 'the alerts channel',
  manager: {
    subject: (impact: string) => `Decision needed: ${impact}`,
    overSubject: (impact: string) => `Over: ${impact}`,
    because: (reason: string) => `You are asked for a decision because ${reason}.`,
    over: (at: string) => `A decision was asked of you, but the problem has ended: ${at}. There is nothing to decide.`,
    slackAway: 'Slack does not take our messages at the moment. Please call the team by phone.',
  },
  outage: {
    subject: (severity: string, news: string, headline: string, others: number) =>
      `[${severity}] ${news}${headline}${others > 0 ? ` (and ${others} more)` : ''} - Slack is away`,
    away: (since: string) => `Slack does not take our messages. They wait since ${since}.`,
    later: 'They all arrive, in order, when Slack is back. Until then, news that would wake somebody comes by mail.',
    backAgain: 'Slack has taken them since, so the thread of the incident is up to date.',
    what: (headline: string) => `*What:* ${headline}`,
    severity: (severity: string, service: string) => `*Severity:* ${severity}, service ${service}`,
    since: (at: string) => `*Ringing since:* ${at}`,
    meanwhile: '*Until Slack is back*',
    status: (url: string) => `• State of the service: ${url}`,
    dashboard: (url: string) => `• Dashboard: <${url}>`,
    runbook: (url: string) => `• Runbook: <${url}>`,
    rollBack: (from: string, to: string) => `• Roll back by hand, v${from} → v${to}:`,
    buttons: '• Say on the phone who is on it: the bot cannot hear it before Slack is back, and goes on escalating.',
    beside: '*Also waiting to be told*',
    besideLine: (severity: string, title: string, since: string, level: string, isOver: boolean) =>
      `${severity}: ${title}, since ${since}, ${isOver ? 'resolved' : `with ${level}`}`,
    id: (id: string) => `Incident ${id}`,
    newsTitle: {
      escalated: (who: string) => `Now with ${who}: `,
      reopened: 'Back again: ',
      graver: 'Graver: ',
    },
    news: {
      escalated: (who: string, at: string, reason: string) =>
        `*New:* it went to ${who}, ${at}, because ${reason}. Slack does not reach them: please call.`,
      reopened: (at: string) => `*New:* it is back, ${at}.`,
      graver: (severity: string, at: string) => `*New:* it is ${severity} now, ${at}.`,
      resolved: (at: string) => `*New:* it is resolved, ${at}.`,
    },
  },
}
