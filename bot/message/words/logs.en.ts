const counted = (n: number): string => n.toLocaleString('en-US')

/** What the logs say. Every string that comes in is ready for mrkdwn. */
export const logs = {
  topErrors: '*Top errors*',
  noErrors: (since: string) => `*Top errors:* none in the logs since ${since}`,
  error: (facts: {
    count: number
    isLeast: boolean
    isWarning: boolean
    sample: string
    function: string
    versions: string
    first: string
  }) => {
    const count = `${facts.isLeast ? 'at least ' : ''}${counted(facts.count)} ×`
    const where = `in ${facts.function}${facts.versions ? ` ${facts.versions}` : ''}${facts.isWarning ? ' (warning)' : ''}`
    return `${count} ${facts.sample} ${where}, first ${facts.first}`
  },
  impact: (facts: { failed: number; total: number; share: string; since: string; until: string | undefined }) => {
    const span =
      facts.until === undefined ? `since ${facts.since}` : `from ${facts.since} to ${facts.until}, as far as read`
    if (facts.failed === 0) return `*Impact:* none of ${counted(facts.total)} requests failed ${span}`
    return `*Impact:* ${counted(facts.failed)} of ${counted(facts.total)} requests failed (${facts.share}) ${span}`
  },
  endpoint: (resource: string, failed: number, total: number) => `${resource} ${counted(failed)} of ${counted(total)}`,
  noRoute: 'paths that are none of ours',
  limited: (key: string | undefined, count: number) =>
    `${key === undefined ? 'requests without a key' : `key ${key}`} ${counted(count)} ×`,
  refused: (keys: string[]) => `429 for ${keys.join(', ')}`,
  /** The line of impact, with where requests failed and who was told to wait. */
  details: (impact: string, endpoints: string, refused: string) =>
    `${impact}: ${[endpoints, refused].filter(Boolean).join('; ')}`,
  links: { insights: 'Logs Insights', traces: 'X-Ray', dashboard: 'Dashboard' },
}
