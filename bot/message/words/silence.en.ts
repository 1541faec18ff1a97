const times = (n: string): string => (n === '1' ? 'once' : `${n} times`)

export const silence = {
  /** What is silenced, within a sentence. */
  what: {
    api: 'the price API',
    updater: 'the price updater',
    table: 'the prices table',
    all: 'API, updater and table',
  },
  running: (what: string) => `Alarms of ${what} are silenced`,
  until: (until: string, by: string) => `Until ${until}, by ${by}.`,
  reason: (reason: string) => `*Reason:* ${reason}`,
  rule: 'What rings is recorded here and told at the end, *Critical alarms too*: until then nobody is called for it. Mail from CloudWatch goes on, and so do incidents that are open.',
  noneYet: 'No alarm so far.',
  over: (what: string) => `Alarms of ${what} are announced again`,
  span: (from: string, to: string, by: string) => `Silenced from ${from} to ${to}, by ${by}.`,
  endedBy: (who: string) => `${who} ended it before its time.`,
  rang: '*Rang meanwhile*',
  ringsOn: '*Rings still*',
  nothingRang: 'Nothing rang.',
  alarm: (title: string, first: string, fired: string) => `${title} · first ${first} · rang ${times(fired)}`,
  ringing: 'still ringing',
  rangOn: 'rang on at the end',
  clear: (at: string) => `over since ${at}`,
  incident: (id: string) => `incident ${id}`,
  /** In the message of an incident whose alarm began inside a silence. */
  rangInside: (since: string, until: string) =>
    `*Silenced:* it has rung since ${since}, and nobody was told before ${until}`,
  endNow: 'End now',
  title: 'Silence alarms',
  submit: 'Silence',
  intro:
    'For planned work. Alarms are recorded instead of opening incidents, *Critical ones too*, and told at the end. What rings then opens its incident. Open incidents go on, and people can still report.',
  service: 'What to silence',
  services: {
    api: 'Price API',
    updater: 'Price updater',
    table: 'Prices table',
    all: 'All three: API, updater and table',
  },
  lasts: 'For how long',
  lastsHint: 'It ends by itself. You can end it earlier, and begin another.',
  why: 'Why',
  whyHint: 'What is being done. Everybody in the alerts channel reads it.',
  doneTitle: 'Silenced',
  begun: (what: string, until: string, channel: string) =>
    `Alarms of ${what} are silenced until ${until}. What rings is recorded in ${channel}.`,
  /** One running silence, in a list. */
  line: (what: string, until: string, by: string, reason: string) =>
    `🔕 Alarms of ${what} are silenced until ${until} by ${by}: ${reason}`,
  unread: 'Whether alarms are silenced could not be read.',
  ended: 'It has ended. What still rings opens its incident within a minute.',
  answers: {
    'already-silenced': (what: string, by: string, until: string) =>
      `Alarms of ${what} are silenced already, by ${by} until ${until}. End that one first; then you can begin another.`,
    'not-closed-yet': 'The silence before is just being closed. Please try again in a minute.',
    'not-silenced': 'This silence is over already.',
  },
}
