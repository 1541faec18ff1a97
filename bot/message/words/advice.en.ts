import type { Criterion, Met } from '../../incident/rollback-advice.ts'
import type { CriterionFacts } from './facts-changes.ts'

const marks: Record<Met, string> = { met: '✓ met', 'not-met': '✗ not met', 'not-known': '? not known' }

const criterion: Record<Criterion['criterion'], (facts: CriterionFacts) => string> = {
  'just-deployed': ({ minutesAfter, waitMinutes, taken }) => {
    if (minutesAfter === undefined) return 'the alarm came within 10 min of a deployment'
    const came = `the alarm came ${minutesAfter} min after the end of the deployment (within 10 min counts)`
    if (taken) return `${came}, and CodeDeploy is taking it back by itself`
    return waitMinutes === undefined ? came : `${came}; give the automatic rollback ${waitMinutes} min more`
  },
  errors: ({ percent, calls, least }) => {
    if (percent !== undefined) return `errors ${percent} of ${calls} calls in the last 3 min (3 % or more counts)`
    return `errors in the last 3 min (3 % or more counts)${calls === undefined ? '' : `: only ${calls} calls, ${least} are needed`}`
  },
  p95: ({ now, before }) => {
    if (now !== undefined && before !== undefined)
      return `p95 ${now}, it was ${before} in the 24 h before the deployment (twice as much counts)`
    return `p95 against the 24 h before the deployment (twice as much counts)${now === undefined ? '' : `: ${now} now`}`
  },
  complaints: ({ count }) =>
    count === undefined ? 'more customers write in' : `customers who wrote in: ${count} (any more than before counts)`,
}

/** The criteria of the runbook for a rollback. */
export const advice = {
  title: "*The runbook's criteria for a rollback*",
  criterion,
  marked: (is: Met, told: string) => `${marks[is]}: ${told}`,
  /** The one line of the message, from what is met, or else from what is not. */
  advises: (met: string[]) => `*The runbook advises a rollback:* ${met.join('; ')}.`,
  /** The automatic rollback comes first; `met` is what speaks for one by hand after it. */
  waits: (why: string, met: string[]) =>
    `*The runbook has you wait first:* ${why}.${met.length > 0 ? ` Met already: ${met.join('; ')}.` : ''}`,
  advisesNot: (known: string[]) => `*No criterion of the runbook for a rollback is met yet:* ${known.join('; ')}.`,
}
