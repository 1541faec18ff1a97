const since = (at: string | undefined): string => (at ? ` since ${at}` : '')
const ofTime = (at: string | undefined): string => (at ? ` (${at})` : '')

/** The feed of deployments. Every string that comes in is ready for where it will stand. */
export const deploy = {
  names: { api: 'API', updater: 'Price updater' },
  /** A headline: what is deployed, and how it stands. */
  headline: (name: string, versions: string, state: string) => `${name} ${versions}: ${state}`,
  unknownVersions: 'a new version',
  states: {
    created: 'deployment is about to start',
    started: 'deployment started',
    canary: (share: string) => `canary with ${share} of the traffic`,
    succeeded: 'deployed, all traffic',
    stopped: 'deployment stopped',
    failed: 'deployment failed',
    undoing: 'being rolled back automatically',
    undone: 'rolled back automatically',
    undoFailed: 'the automatic rollback failed',
    takenBack: 'rolled back',
    lost: 'nobody knows how it ended',
  },
  compare: 'compare',
  started: (at: string) => `Started ${at}`,
  took: (span: string) => `took ${span}`,
  /** How it went on, each a sentence. */
  succeeded: (to: string, at: string | undefined) => `v${to} has all the traffic${since(at)}.`,
  stopped: (at: string | undefined, why: string | undefined) => `Stopped${ofTime(at)}${why ? `: ${why}` : '.'}`,
  failed: (at: string | undefined, why: string | undefined) => `Failed${ofTime(at)}${why ? `: ${why}` : '.'}`,
  alarmsRang: (alarms: string) => `an alarm rang, ${alarms}.`,
  undoing: (back: string, deployment: string, at: string | undefined) =>
    `CodeDeploy is putting v${back} back by ${deployment}${since(at)}.`,
  undone: (back: string, deployment: string, at: string | undefined) =>
    `Rolled back automatically to v${back}, by ${deployment}${ofTime(at)}`,
  undoFailed: (deployment: string, at: string | undefined) =>
    `CodeDeploy's own rollback ${deployment} failed${ofTime(at)}. Look where the alias points: both versions may get traffic.`,
  takenBack: (from: string, to: string, who: string, at: string) => `Rolled back v${from} → v${to} by ${who} (${at})`,
  outcomes: {
    verifying: 'whether it helps is being checked',
    helped: 'it helped',
    'did-not-help': 'it did not help',
    'not-proven': 'whether it helped is not proven',
    failed: 'it could not be ended',
  },
  sentence: (what: string, outcome: string) => `${what}, ${outcome}.`,
  incident: (link: string) => `Incident: ${link}`,
  thread: 'to the thread',
  lost: 'CodeDeploy does not tell any more how it ended.',
  id: (deployment: string) => `Deployment ${deployment}`,
}
