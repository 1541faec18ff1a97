export const newIncident = {
  title: 'New incident',
  submit: 'Open it',
  intro:
    'For what no alarm saw. It opens an incident in the alerts channel, or joins the open one of that service; you own it, and it ends when a person resolves it.',
  notHere: (command: string) =>
    `A leaked key: *${command} key*. A security problem, or wrong answers: *${command} rollback*.`,
  what: 'What is wrong',
  whatHint: 'One line, as the headline. Customers do not see it.',
  service: 'What it is about',
  services: { api: 'Price API', updater: 'Price updater', table: 'Prices table', other: 'Something else' },
  severity: 'How grave it is',
  severities: {
    Critical: 'Critical: customers get no prices',
    High: 'High: customers notice it',
    Medium: 'Medium: it can wait for office hours',
    Low: 'Low: nobody needs to be woken',
  },
  doneTitle: 'Recorded',
  opened: (id: string, channel: string) => `Recorded as ${id} in ${channel}. You have it until somebody takes it over.`,
  joined: (id: string, channel: string, owner: string) => `It joined ${id} in ${channel}, which ${owner} has.`,
}
