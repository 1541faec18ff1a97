/** How the tables are keyed. Infra and the sandbox create them by this, the code reads by it. */
export const incidentsTable = {
  key: 'pk',
  /** Sparse: only items that still have something to do carry its key. */
  liveIndex: { name: 'live', key: 'live', sort: 'pk' },
} as const
