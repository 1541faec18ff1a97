const times = (n: string): string => (n === '1' ? 'once' : `${n} times`)

export const digest = {
  title: (week: string) => `The week in incidents, ${week}`,
  span: (from: string, to: string) => `Counted from ${from} to ${to}.`,
  nothing: 'No incident in these seven days nor in the seven before, and nothing is open or left to do.',
  incidents: (now: string, before: string) => `*Incidents:* ${now} (${before} the week before)`,
  times: (name: string, now: string, before: string) =>
    `*${name}:* ${now} on average (${before} in the four weeks before)`,
  none: 'none',
  rolledBack: (of: number, helped: number) =>
    `*Rolled back:* in ${of === 1 ? '1 incident' : `${of} incidents`}, ${helped} with proof that it helped`,
  drills: (n: number) => `*Drills:* ${n}, which count in no number above`,
  loudest: '*Loudest alarms*: how often they fired (in how many incidents)',
  low: '*Low alarms*, which woke nobody',
  fired: (n: string) => `fired ${times(n)}`,
  open: '*Still open*',
  unfinished: '*Action items that are not done*',
  actions: (open: string, of: string) => `${open} of ${of} open`,
}
