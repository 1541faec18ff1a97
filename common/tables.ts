/** How the tables are keyed. Infra and the sandbox create them by this, the code reads by it. */
export const incidentsTable = {
  key: 'pk',
  /** Where the present incident of a service stands. */
  openKey: (service: string) => `SERVICE#${service}`,
  /** Time to live, in seconds since 1970: set only on items that are worthless after some days. */
  expires: 'expires',
  /** Sparse: only items that still have something to do carry its key. */
  liveIndex: { name: 'live', key: 'live', sort: 'pk' },
} as const
