import type { ReportKind } from '../../incident/report.ts'

const kind: Record<ReportKind, string> = {
  'leaked-key': 'An API key may have leaked',
  'wrong-data': 'The service answers wrongly',
  security: 'A security problem was found',
  other: 'A problem that no alarm sees',
  drill: 'Rehearsal of an incident, nothing is broken',
}

/** What customers may notice, for people who do not operate the service. */
const impact: Record<ReportKind, string> = {
  'leaked-key': 'Somebody else may be using the access of one of our customers.',
  'wrong-data': 'Customers may get wrong prices.',
  security: 'A security problem was found in the service.',
  other: 'A person has told of a problem. What customers notice of it has to be found out.',
  drill: 'Customers notice nothing: this is a rehearsal.',
}

const firstSteps: Record<ReportKind, readonly string[]> = {
  'leaked-key': [
    'Disable the key at once: a customer without access is better off than one whose access others use.',
    'Read in the access log what was asked with it, from where and since when.',
    'Issue a new key and hand it over by a channel that did not leak.',
  ],
  'wrong-data': [
    'Compare an answer of the API with the price source: which coin, which currency, since when.',
    'See what changed before it began; a rollback is safe even though no alarm rings.',
    'When it is cured, press Resolve: no alarm will do it.',
  ],
  security: [
    'Stop it first: roll back the version that brought it, or disable the key that is used.',
    'Keep what proves it: logs, requests, times. Do not discuss details in open channels.',
    'When it is cured, press Resolve: no alarm will do it.',
  ],
  other: [
    'Find out what customers notice of it, and say so in this thread.',
    'See what changed before it began.',
    'When it is cured, press Resolve: no alarm will do it.',
  ],
  drill: [
    'Press Acknowledge, and say in this thread what you would do first.',
    'Open the runbook of the alarm that you want to practise, and follow it up to the buttons.',
    'To practise it with others, press Escalate. When you are through, press Resolve.',
  ],
}

export const report = {
  kind,
  impact,
  firstSteps,
  security: '*Security incident*',
  line: (by: string, at: string, text: string) => `*Reported* by ${by}, ${at}: ${text}`,
  staysOpen: 'It stays open until a person resolves it: no alarm tells its end.',
  joined: (by: string, kind: string, text: string) => `${by} reported: ${kind}. “${text}”`,
  keyShown: (by: string, name: string) => `The new key ${name} was shown to ${by}, once. Nobody can see it again.`,
  checkIt: 'Whether this cures what was reported, a person has to check.',
  modal: {
    keyTitle: 'Leaked API key',
    rollbackTitle: 'Roll back',
    submit: 'Record and go on',
    keyIntro: 'This records a *security incident* in the alerts channel and then shows the keys with their use.',
    rollbackIntro:
      'For what no alarm sees. This records an incident in the alerts channel and then shows what a rollback would do.',
    joins: (id: string) => `Incident ${id} of this service is open; what you write joins it.`,
    what: 'What did you see?',
    whatHint: 'Who told you, what shows it, since when. Never write a key here.',
    kind: 'What is wrong',
    kinds: { 'wrong-data': 'Wrong data or behaviour', security: 'A security problem' },
    service: 'Which function',
    services: { api: 'Price API', updater: 'Price updater' },
  },
  keys: {
    pick: 'Key to disable',
    pickHint: 'By its use in the last hour. Its requests are refused as soon as the gateway knows.',
    usage: '*Use in the last hour*, from the access log',
    usageUnread: (why: string) => `The use of the last hour could not be read: ${why}`,
    noUsage: 'No request with a key in the last hour.',
    atLeast: 'There were more requests than are read; the numbers are the least that there were.',
    line: (bar: string, name: string, facts: { count: string; share: string; refused: string; addresses: string }) =>
      `\`${bar}\` ${name}: ${facts.count} requests (${facts.share}), ${facts.refused} refused with 429, ${facts.addresses}`,
    addresses: (n: number, isLeast: boolean) =>
      `${isLeast ? 'at least ' : ''}${n === 1 ? '1 address' : `${n} addresses`}`,
    option: (count: string) => `${count} requests in the last hour`,
    noOption: 'not used in the last hour',
    none: 'Every API key is disabled already.',
    more: (n: number) => `${n} more keys are not listed. Look for them in API Gateway.`,
  },
  show: {
    button: 'Show the new key',
    title: 'New API key',
    loading: 'Reading the new key. It is shown here, once.',
    key: (name: string, value: string) => `${name}\n\`${value}\``,
    once: 'This is the only time that it is shown. Copy it now, hand it to the customer by a safe channel, and do not paste it into Slack.',
    unread: 'The key could not be read; nothing was shown. Close this and press again.',
  },
  command: {
    help: (command: string) =>
      [
        `*${command}* – what is open, who has it, what comes next`,
        `*${command} key* – an API key may have leaked: record, disable and replace it`,
        `*${command} rollback* – something is wrong that no alarm sees: record it, roll back`,
        `*${command} new* – open an incident that no alarm opened`,
        `*${command} drill* – rehearse an incident; nothing is touched`,
        `*${command} silence* – hold alarms back during planned work`,
        `*${command} help* – this list`,
      ].join('\n'),
    unknown: (word: string) => `There is no “${word}”.`,
    unreadable: 'The command could not be read; nothing was done. Please type it again.',
  },
}
