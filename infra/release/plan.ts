import { liveAlias } from '../../common/names.ts'
import type { Brake } from './aws-alarms.ts'
import type { Deployment } from './aws-deployments.ts'
import type { AliasState } from './aws-functions.ts'

/** Why nothing was deployed. */
export type RefusalReason =
  /** The alias points at two versions, and no deployment is under way that would take one of them away. */
  | 'two-versions'
  | 'deployment-under-way'
  /** An alarm that stops deployments rings already. */
  | 'alarm-rings'
  | 'alarm-missing'
  /** The version was live before, and somebody took it back. */
  | 'taken-back'
  | 'update-failed'
  | 'update-not-ended'
  /** Other code was uploaded while this run looked. */
  | 'code-changed'
  /** The brake on the new version still rings for the version before. */
  | 'own-brake-rings'

export interface Refused {
  is: 'refused'
  why: RefusalReason
  /** What is so, and what to do now. */
  sentence: string
}

export const refused = (why: RefusalReason, sentence: string): Refused => ({ is: 'refused', why, sentence })

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** What was read before anything is published. */
export interface Beginning {
  functionName: string
  live: AliasState
  /** The commit that is to be released. */
  commit: string
  /** The hash of the code on `$LATEST`. */
  sha: string
  /** With the hash of the code that it leads to. */
  underWay: (Deployment & { sha?: string }) | undefined
}

/** Begins anew, goes on with the deployment that an interrupted run of this very release left, or does not begin. */
export function begin(seen: Beginning): { is: 'publish' } | { is: 'follow'; deployment: Deployment } | Refused {
  const { functionName, live, commit, sha, underWay } = seen
  if (underWay !== undefined) {
    const isOurs = !underWay.isRollback && underWay.sha === sha && underWay.description.startsWith(`${commit} by `)
    if (isOurs) return { is: 'follow', deployment: underWay }
    const what = underWay.isRollback
      ? 'CodeDeploy is taking a version back'
      : `v${underWay.from} → v${underWay.to}, ${underWay.description || 'without a description'}`
    return refused(
      'deployment-under-way',
      `The deployment ${underWay.id} of ${functionName} is under way (${what}). Wait for its end and deploy again, or stop it: ` +
        `aws deploy stop-deployment --deployment-id ${underWay.id} --auto-rollback-enabled`,
    )
  }
  const extra = Object.entries(live.weights)
  if (extra.length > 0) {
    const others = extra.map(([version, share]) => `v${version} (${percent(share)})`).join(' and ')
    return refused(
      'two-versions',
      `${liveAlias} of ${functionName} points at v${live.version} and ${others}: a deployment that was stopped left them. ` +
        `Give all traffic to one and deploy again: aws lambda update-alias --function-name ${functionName} --name ${liveAlias} ` +
        `--function-version ${live.version} --routing-config 'AdditionalVersionWeights={}'`,
    )
  }
  return { is: 'publish' }
}

/** What is known once there is a version to release. */
export interface Releasable {
  functionName: string
  stage: string
  live: AliasState
  version: string
  /** The latest deployments of the function, newest first. */
  latest: readonly Deployment[]
  /** The alarms of its deployment group, without the one on the new version alone. */
  brakes: readonly Brake[]
  /** Why it is released although a brake rings. */
  whileAlarmRings?: string | undefined
  /** It is released although it was live before and was taken back. */
  again?: boolean | undefined
}

export type Plan =
  | { is: 'unchanged'; version: string }
  /** `ringing` are passed over; `quiet` stay on. */
  | { is: 'deploy'; from: string; to: string; ringing: string[]; quiet: string[] }
  | Refused

/** Whether the version may be released, from where, and which alarms may stop it. */
export function plan(seen: Releasable): Plan {
  const { functionName, stage, live, version, latest, brakes, whileAlarmRings, again = false } = seen
  if (version === live.version) return { is: 'unchanged', version }
  const named = (state: Brake['state']) => brakes.filter((brake) => brake.state === state).map(({ name }) => name)
  const [ringing, quiet, missing] = [named('rings'), named('quiet'), named('missing')]
  if (missing.length > 0)
    return refused(
      'alarm-missing',
      `CloudWatch has no alarm ${missing.join(' and ')}, so nothing would stop a bad version of ${functionName}. Deploy the stacks first.`,
    )
  const before = latest.find(({ to, status, isRollback }) => !isRollback && to === version && status === 'Succeeded')
  if (before !== undefined && !again)
    return refused(
      'taken-back',
      `v${version} of ${functionName} was live after the deployment ${before.id}, and ${liveAlias} was put back to v${live.version} since. ` +
        `Release a fix or a revert; or this version once more: npm run deploy -- --stage ${stage} --again`,
    )
  if (ringing.length > 0 && whileAlarmRings === undefined)
    return refused(
      'alarm-rings',
      `${ringing.join(' and ')} ${ringing.length === 1 ? 'rings' : 'ring'}, so CodeDeploy would stop v${version} of ${functionName} at once. ` +
        `Wait until it is over; or, if this release is the fix: npm run deploy -- --stage ${stage} --while-alarm-rings "<reason>"`,
    )
  return { is: 'deploy', from: live.version, to: version, ringing, quiet }
}
