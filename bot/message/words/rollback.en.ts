import type { Suspicion } from '../../incident/rollback-plan.ts'
import type { RollbackRefusal } from '../../incident/say.ts'
import type { ProofFacts, RefusalFacts, RollbackFacts } from './facts.ts'

const verdict: Record<'alarm' | 'report', Record<Suspicion, string>> = {
  alarm: {
    likely: 'likely the cause (the alarm came within 30 min of its start)',
    possible: 'possibly the cause (the alarm came within a day of its start, or the start is unknown)',
    unlikely: 'unlikely to be the cause (the alarm came first, or more than a day later)',
  },
  report: {
    likely: 'likely the cause (it was reported within 30 min of its start)',
    possible: 'possibly the cause (it was reported within a day of its start, or the start is unknown)',
    unlikely: 'unlikely to be the cause (it was reported first, or more than a day later)',
  },
}

const refusal: Record<RollbackRefusal, (facts: RefusalFacts) => string> = {
  'no-function': () => 'No rollback can cure this alarm: no function of ours is behind it.',
  'evidence-missing': ({ function: name }) =>
    `The versions and deployments of ${name} could not be read, so a rollback would be blind. Try again in a minute.`,
  'no-previous-version': ({ function: name, now }) =>
    `${name} has no earlier version to go back to${now ? `; it serves v${now}` : ''}.`,
  'already-undone': ({ function: name, now }) =>
    `CodeDeploy has already put ${name} back${now ? ` to v${now}` : ''}. The versions before it are innocent.`,
  'deployment-unlikely': ({ function: name }) =>
    `${name} was not deployed in the day before the alarm, so a rollback is unlikely to cure it.`,
  'target-missing': ({ to, now }) =>
    `${to ? `Version v${to}` : 'The version you chose'} has been deleted${now ? `; the function serves v${now}` : ''}. Go back by hand to one that exists, or escalate.`,
  'equals-current': ({ to }) =>
    `${to ? `Version v${to}` : 'The version you chose'} already serves all requests. There is nothing to move.`,
  'rollback-running': ({ running }) =>
    running
      ? `${running.by} asked for a rollback v${running.from} → v${running.to}, ${running.since}. Present step: ${running.step}.`
      : 'A rollback is already running.',
  'alarm-clear': ({ quietSince, onlyFollowing }) =>
    `Every alarm${onlyFollowing ? ' of its own' : ''} is quiet${quietSince ? ` since ${quietSince}` : ''}, so nothing is rolled back.`,
  'already-resolved': ({ resolved }) =>
    resolved
      ? `This incident was resolved${resolved.by ? ` by ${resolved.by}` : ''}, ${resolved.at}.`
      : 'This incident is already resolved.',
  'alias-moved': ({ function: name, now }) =>
    `Somebody changed where ${name} points since you looked${now ? `; at the last reading it served v${now}` : ''}. Look again before rolling back.`,
  'function-busy': ({ function: name }) => `Another change of ${name} is under way. Try again when it has ended.`,
  'aws-refused': ({ function: name }) => `AWS refused to change ${name}.`,
  'took-too-long': () => 'A step did not end within 10 min.',
}

const numbers = ({ measure, before, after }: ProofFacts): string | undefined => {
  if (after === undefined) return before === undefined ? undefined : `${measure} were at ${before} before`
  return before === undefined ? `${measure} now ${after}` : `${measure} ${before} → ${after}`
}

const doubts = ({ aliasReadBack, priceAnswered }: ProofFacts, to: string): string[] => [
  ...(aliasReadBack ? [] : [`the alias does not read back v${to}`]),
  ...(priceAnswered ? [] : ['a known price is not answered']),
]

const over = (requests: number): string => (requests === 1 ? '1 request' : `${requests} requests`)

const unread = 'the numbers could not be read'

export const rollback = {
  verdict,
  refusal,
  numbers,
  helped: ({ by, from, to }: RollbackFacts, proof: ProofFacts) => {
    const alarm =
      proof.okAfter === undefined ? `under the limit over ${over(proof.requests)}` : `alarm OK after ${proof.okAfter}`
    return [`Rolled back v${from} → v${to} by ${by}`, numbers(proof), alarm].filter(Boolean).join(', ')
  },
  didNotHelp: ({ by, from, to }: RollbackFacts, proof: ProofFacts) => {
    const measured = numbers(proof)
    const standing = proof.isUnread ? `, ${unread}` : ` over ${over(proof.requests)}`
    const why = [measured && `${measured}${standing}`, ...doubts(proof, to)].filter(Boolean).join(', ')
    return `The rollback v${from} → v${to} by ${by} did not help${why ? `: ${why}` : ''}.`
  },
  notProven: ({ by, from, to }: RollbackFacts, proof: ProofFacts) => {
    const seen = proof.requests === 0 ? 'no traffic' : `only ${over(proof.requests)} since, ${proof.enough} are needed`
    const why = proof.isUnread ? unread : seen
    return `${[`Rolled back v${from} → v${to} by ${by}, not proven: ${why}`, ...doubts(proof, to)].join(', ')}.`
  },
  failed: ({ by, from, to }: RollbackFacts, why: string) => `The rollback v${from} → v${to} by ${by} failed. ${why}`,
  commandsInThread: 'The commands to do it by hand are in the thread.',
  escalated: (who: string) => `Escalated to ${who}.`,
  alreadyWith: (who: string) => `It is already with ${who}.`,
  running: ({ by, from, to }: RollbackFacts, since: string) =>
    `*Rolling back v${from} → v${to}*, asked by ${by}, ${since}`,
  steps: {
    check: 'Check the version and look for a running deployment',
    stop: (deployment: string) => `Stop deployment ${deployment} and wait for its end`,
    move: (from: string, to: string) => `Move the alias v${from} → v${to}`,
    prove: 'Prove it: alias read back, a known price answered, alarm OK',
  },
  soFar: (proof: string, requests: number) => `So far: ${proof} over ${over(requests)}`,
  automatic: {
    running: (of: string, by: string) =>
      `*Automatic rollback:* CodeDeploy is undoing deployment ${of} (${by}). Give it 2 to 3 min.`,
    succeeded: (of: string, by: string) => `*Automatic rollback:* CodeDeploy has undone deployment ${of} (${by}).`,
    failed: (of: string, by: string) =>
      `*Automatic rollback:* CodeDeploy failed to undo deployment ${of} (${by}). Roll back by hand.`,
  },
  changed: (version: string, name: string, gap: string | undefined, judged: string) =>
    `*What changed:* v${version} of ${name}${gap ? `, deployed ${gap}` : ', no deployment of it on record'}: ${judged}`,
  before: {
    alarm: (lead: string) => `${lead} before the alarm`,
    report: (lead: string) => `${lead} before it was reported`,
  },
  after: {
    alarm: (lag: string) => `${lag} after the alarm`,
    report: (lag: string) => `${lag} after it was reported`,
  },
  commit: (commit: string | undefined, author: string | undefined, subject: string | undefined) =>
    [commit, author && `by ${author}`, subject && `“${subject}”`].filter(Boolean).join(' '),
  alias: (version: string) => `*Live now:* v${version}`,
  aliasSplit: (version: string, others: string) => `*Live now:* v${version}, and ${others}`,
  share: (share: string, version: string) => `${share} of the traffic on v${version}`,
  undone: (undone: string, name: string, now: string) =>
    `*What changed:* v${undone} of ${name} failed while it was deployed; CodeDeploy has put v${now} back.`,
  noRole: 'No deployment of ours is known to be behind this, so there is nothing to roll back.',
  gathering: '*What changed:* versions, deployments and numbers are being read.',
  couldNotRead: (parts: string[], because: string) => `*Could not be read:* ${parts.join(', ')} (${because})`,
  noAnswer: (within: string) => `no answer within ${within}`,
  readAt: (at: string) => `Read ${at}.`,
  readEveryMinute: (at: string) => `Read ${at}, and again every minute while it lasts.`,
  readLongAgo: (at: string) =>
    `*Old:* what is shown was read ${at} and could not be read again since. It is tried every minute.`,
  neverRead: '*Nothing could be read so far.* It is tried every minute.',
  prices: (all: string) => `*Last prices:* ${all}`,
  pricesOf: (currency: string, at: string) => `${currency} ${at}`,
  parts: {
    function: 'versions and deployments',
    metrics: 'current numbers',
    chart: 'the last half hour',
    prices: 'age of the prices',
    errors: 'errors in the logs',
    requests: 'access log',
    changes: 'what the bot has changed',
    settings: 'settings as they stand',
    'api-deployments': 'deployments of the API',
    'updater-deployments': 'deployments of the updater',
    health: "error rate and p95 for the runbook's criteria",
  },
}
