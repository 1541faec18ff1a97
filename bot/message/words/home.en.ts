import type { NumbersFacts } from './facts.ts'

const beforeThat = (days: number, before: string): string => `${before} in the ${days} days before`

export const home = {
  title: 'Incidents of the price service',
  asOf: (at: string) => `As of ${at}.`,
  refresh: 'Refresh',
  showDays: (days: number) => `Show ${days} days`,
  open: 'Open now',
  nothingOpen: 'Nothing is open.',
  openMessage: 'Open its message',
  listHelp: (command: string) => `What else there is: ${command} help`,
  people: 'Who to ask',
  groups: { oncall: '*On call:*', developers: '*Developers:*', managers: '*Managers:*' },
  deployments: 'Last deployments',
  noDeployments: 'No deployments known.',
  deployment: (what: string, versions: string, at: string, state: string) => `${what}: ${versions}, ${at}, ${state}`,
  numbers: (days: number) => `Last ${days} days`,
  noIncidents: (days: number) => `No incident of these ${days} days is over yet.`,
  incidents: ({ days, now, before }: NumbersFacts) => `*Incidents that are over:* ${now} (${beforeThat(days, before)})`,
  acknowledged: ({ days, now, median, before }: NumbersFacts) =>
    `*MTTA*, from the opening until somebody took it: *${now}* on average, median ${median} (${beforeThat(days, before)})`,
  resolved: ({ days, now, median, before }: NumbersFacts) =>
    `*MTTR*, from the opening to the end: *${now}* on average, median ${median} (${beforeThat(days, before)})`,
  none: 'none',
  inTime: (met: number, of: number) => `*Taken in time:* ${met} of ${of}`,
  weeks: '*Incidents by week*, each from the day on its left',
  times: '*MTTA* and *MTTR*: the days before, these days, and these days by severity',
  loudest: '*Loudest alarms*: how often they fired (in how many incidents)',
  postmortems: 'Postmortems',
  noPostmortems: 'No postmortem of these days is written.',
  postmortem: (title: string, at: string, by: string) => `*${title}*, ${at}, by ${by}`,
  actions: (open: number, of: number) =>
    open === 0 ? `all ${of} action items are done` : `${open} of ${of} action items open`,
  unread: {
    open: 'The open incidents could not be read. Press Refresh.',
    openTyped: 'The open incidents could not be read. Please type it again.',
    people: 'Slack did not say who is in this group.',
    deployments: 'The deployments could not be read. Press Refresh.',
    history: 'The history could not be read. Press Refresh.',
  },
  notDrawn: 'The page could not be drawn anew; what you see is older. Please press again.',
}
