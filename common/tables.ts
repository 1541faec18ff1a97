/** How the tables are keyed. Infra and the sandbox create them by this, the code reads by it. */
export const incidentsTable = {
  key: 'pk',
  /** Where the present incident of a service stands. */
  openKey: (service: string) => `SERVICE#${service}`,
  /** Where a finished incident stands for good. */
  archiveKey: (id: string) => `INCIDENT#${id}`,
  personKey: (user: string) => `PERSON#${user}`,
  /** Finished incidents by the month of UTC in which they opened, as in `2026-11`: an attribute each, its name with `entry` before. */
  history: {
    key: (month: string) => `HISTORY#${month}`,
    entry: 'incident#',
    /** An item stays under 400 KB: an entry takes 500 bytes, and never more than 1,800. */
    mostPerMonth: 220,
    /** After the end of the month. A year can be compared with the year before, and nobody looks further back. */
    keptDays: 400,
  },
  /** Time to live, in seconds since 1970: set only on items that are worthless after some days. */
  expires: 'expires',
  /** Sparse: only items that still have something to do carry its key. */
  liveIndex: { name: 'live', key: 'live', sort: 'pk' },
} as const
