import type { EscalationReason } from '../../incident/incident.ts'
import type { AnswerFacts, ReasonFacts } from './facts.ts'

const quoted = (reason: string | undefined): string => (reason ? `: “${reason}”` : '')

const reason: Record<EscalationReason, (facts: ReasonFacts) => string> = {
  'alarm-opened': () => 'the alarm went off',
  reported: () => 'somebody reported it',
  'not-acknowledged': ({ within }) =>
    within === undefined
      ? 'nobody acknowledged by the end of the working day'
      : `nobody acknowledged within ${within} minutes`,
  'alarm-lasts': ({ alarm, lastsMinutes }) =>
    lastsMinutes === undefined ? `it lasts too long: ${alarm}` : `it has lasted ${lastsMinutes} minutes: ${alarm}`,
  'alarm-grew': ({ alarm, above }) =>
    above ? `${above.value} is above ${above.limit} in two checks in a row: ${alarm}` : `it keeps growing: ${alarm}`,
  'customers-complain': ({ complaints }) => `${complaints ?? 'several'} customers have told of it`,
  'automatic-rollback-failed': ({ deployment }) =>
    `the automatic rollback${deployment ? ` of deployment ${deployment}` : ''} failed`,
  'rollback-failed': ({ versions, refusal }) =>
    `the rollback${versions ? ` ${versions}` : ''} failed${refusal ? `: ${refusal.replace(/\.$/, '')}` : ''}`,
  'rollback-did-not-help': ({ versions, numbers }) =>
    `the rollback${versions ? ` ${versions}` : ''} did not help${numbers ? `: ${numbers}` : ''}`,
  'level-2-lasts': ({ levelMinutes }) => `the developers have had it for ${levelMinutes} minutes and it is not over`,
  'asked-by-person': ({ by, reason }) => `${by ?? 'somebody'} asked for it${quoted(reason)}`,
}

/** The same for people who do not operate the service. */
const plainReason: Record<EscalationReason, (facts: ReasonFacts) => string> = {
  'alarm-opened': () => 'the problem was noticed',
  reported: () => 'somebody reported the problem',
  'not-acknowledged': ({ within }) =>
    within === undefined ? 'nobody answered during the working day' : `nobody answered within ${within} minutes`,
  'alarm-lasts': ({ lastsMinutes }) =>
    lastsMinutes === undefined ? 'the problem lasts too long' : `the problem has lasted ${lastsMinutes} minutes`,
  'alarm-grew': ({ above }) =>
    above ? `the problem is growing: ${above.value}, more than ${above.limit}` : 'the problem is growing',
  'customers-complain': ({ complaints }) => `${complaints ?? 'several'} customers have complained`,
  'automatic-rollback-failed': () => 'putting the previous version back automatically failed',
  'rollback-failed': () => 'putting the previous version back failed',
  'rollback-did-not-help': ({ numbers }) =>
    `putting the previous version back did not help${numbers ? `: ${numbers}` : ''}`,
  'level-2-lasts': ({ levelMinutes }) => `the developers were asked ${levelMinutes} minutes ago and it is not over`,
  'asked-by-person': ({ by, reason }) => `${by ?? 'somebody'} asked for you${quoted(reason)}`,
}

export const talk = {
  reason,
  plainReason,
  unknownReason: 'a step up was due',
  thread: {
    alarmJoined: (alarm: string, reason: string) => `Another alarm joined: ${alarm}. ${reason}`,
    followsFromIt: (alarm: string, why: string) =>
      `${alarm}: this follows from the incident, because ${why}. It needs nothing of its own.`,
    alarmMoved: (alarm: string, service: string) =>
      `${alarm} rings on without its cause here. It is an incident of its own now, of service ${service}.`,
    customerReported: (by: string, before: string, now: string) =>
      `${by} counted one more report from a customer: ${before} → ${now}.`,
    stepDone: (by: string, step: string) => `✓ ${by} did this of the runbook: ${step}`,
    stepUndone: (by: string, step: string) => `${by} says that this of the runbook is not done yet: ${step}`,
    acknowledged: (by: string) => `${by} acknowledged and is on it.`,
    escalated: (who: string, reason: string) => `Escalated to ${who}: ${reason}.`,
    rollbackAsked: (by: string, name: string, from: string, to: string) =>
      `${by} asked to roll back ${name}, v${from} → v${to}. Each step shows in the message above.`,
    rollbackRefused: (by: string, to: string, why: string) =>
      `The rollback to v${to} that ${by} asked for did not begin. ${why}`,
    stopping: (deployment: string) => `Deployment ${deployment} is being stopped; the alias moves when it has ended.`,
    stoppingItself: (deployment: string) =>
      `CodeDeploy is already undoing by deployment ${deployment}; the alias moves when that has ended.`,
    aliasMoved: (name: string, from: string, to: string) =>
      `${name} now serves v${to} instead of v${from}. The proof is being read, for at most 5 min.`,
    rollbackFailed: (name: string, to: string, why: string, said: string | undefined) =>
      `${name} could not be rolled back to v${to}. ${why}${said ? ` AWS said: “${said}”` : ''}`,
    byHand: 'To do it by hand:',
    automatic: {
      running: (of: string, by: string) =>
        `CodeDeploy has begun to undo deployment ${of} by itself (${by}). Give it 2 to 3 min.`,
      succeeded: (of: string, by: string) => `CodeDeploy has undone deployment ${of} (${by}).`,
      failed: (of: string, by: string) => `CodeDeploy could not undo deployment ${of} (${by}). Roll back by hand.`,
    },
    recovering: (until: string) => `Every alarm is quiet. It resolves itself ${until} unless one rings again.`,
    resolvedBy: (by: string) => `${by} resolved it.`,
    resolved: (quiet: string) => `Resolved: every alarm stayed quiet for ${quiet}.`,
    reopened: (alarm: string) => `It is back: ${alarm}. The same incident is open again.`,
  },
  page: {
    why: (mention: string, reason: string) => `${mention} you are asked because ${reason}.`,
    because: (headline: string, reason: string) => `${headline}. You are asked because ${reason}.`,
    affected: (what: string, since: string, impact: string) =>
      [`*Affected:* ${what}, since ${since}.`, impact].filter(Boolean).join(' '),
    owner: (who: string) => `*On it:* ${who}`,
    noOwner: '*On it:* nobody yet',
    tried: (what: string) => `*Tried:* ${what}`,
    nothingTried: '*Tried:* no rollback yet',
    look: '*Where to look*',
    thread: (url: string) => `<${url}|Open the thread of the incident>`,
    noThread: (id: string) => `Look for incident ${id} in the alerts channel.`,
    outside: 'It is outside office hours; this could not wait for them.',
  },
  answers: {
    'nothing-open': () => 'This incident is already over; nothing was done.',
    'already-known': () => 'This is already on record; nothing more was done.',
    'older-than-known': () => 'The incident has moved on since; the newest state stands.',
    'too-many-alarms': () => 'The incident already lists as many alarms as it can; the others are counted only.',
    'too-many-reports': () =>
      'This incident holds as many reports as it can. Please write it into the thread of the incident.',
    'not-its-consequence': () => 'This alarm does not follow from the incident; nothing was done.',
    'already-acknowledged': ({ owner }: AnswerFacts) =>
      owner ? `${owner.user} acknowledged it, ${owner.since}, and is on it.` : 'It is already acknowledged.',
    'already-at-top': ({ managers }: AnswerFacts) =>
      `It has already gone as high as you asked. The highest level is ${managers}.`,
    'nothing-due': () => 'There is nothing to do at the moment.',
    'already-done': () => 'This has been done already.',
    'not-permitted': ({ groups }: AnswerFacts) =>
      `Nothing was done: only ${groups} may do this. Please ask one of them.`,
    'groups-unknown': () =>
      'Slack did not say who is in the groups that may do this, so nothing was done. Please press again in a minute.',
    'incident-gone': () => 'This incident is no longer on record; nothing was done.',
    'not-readable': () => 'This button could not be read; nothing was done. Use the newest message of the incident.',
    'not-saved': () => 'This could not be saved; nothing was done. Please press again.',
    'too-late': () => 'Slack closed the window before it could open; nothing was done. Please press again.',
  },
}
