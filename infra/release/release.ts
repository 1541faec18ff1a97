import type { FunctionRole } from '../../common/names.ts'
import { newVersionBrake } from '../../common/new-version-brake.ts'
import { listedBrakes } from '../brakes.ts'
import type { ReleaseDeps } from './deps.ts'
import { type Change, describeDeployment, describeVersion } from './describe.ts'
import { type Ended, follow } from './follow.ts'
import { begin, plan, type Refused, refused } from './plan.ts'

/** What is to be released of which function. */
export interface Wanted extends Change {
  role: FunctionRole
  /** Why it is released although an alarm rings that stops deployments. Those that are quiet stay on. */
  whileAlarmRings?: string | undefined
  /** Releases a version that was live before and was taken back. */
  again?: boolean | undefined
}

export type Outcome = Ended | { is: 'unchanged'; version: string } | Refused

const pollMs = 10_000
const patienceMs = 5 * 60_000

/**
 * Publishes what is on `$LATEST` and moves `live` there by a deployment, from where it points now: whoever moved it in
 * between, such as the bot's rollback, breaks nothing. A run that was interrupted can be repeated.
 */
export async function releaseFunction(deps: ReleaseDeps, wanted: Wanted): Promise<Outcome> {
  const { names, stage, functions, deployments, alarms, say } = deps
  const { role, commit, whileAlarmRings, again } = wanted
  const functionName = names.functions[role]
  const [application, group] = [names.application, names.deploymentGroups[role]]
  const brakes = role === 'api' ? listedBrakes(stage) : []
  const all = role === 'api' ? [...brakes, names.newVersionAlarm] : []

  const latest = await whenReady(deps, functionName)
  if ('is' in latest) return latest
  const live = await functions.live(functionName)
  const running = await deployments.underWay(application, group)
  const underWay = running && { ...running, ...(running.to && (await shaOf(deps, functionName, running.to))) }
  const beginning = begin({ functionName, live, commit, sha: latest.sha, underWay })
  switch (beginning.is) {
    case 'refused':
      return beginning
    case 'follow': {
      const { id, from = live.version, to = '' } = beginning.deployment
      say(`${functionName}: the deployment ${id} of this release is under way, going on with it`)
      return follow(deps, { deployment: id, functionName, from, to, brakes: all })
    }
    case 'publish':
      break
    default:
      return beginning satisfies never
  }

  const made = await functions.publish(functionName, { sha: latest.sha, description: describeVersion(wanted) })
  if (made === 'code-changed') return codeChanged(functionName)
  const planned = plan({
    functionName,
    stage,
    live,
    version: made.version,
    latest: made.version === live.version ? [] : await deployments.latest(application, group),
    brakes: made.version === live.version ? [] : await alarms.brakes(brakes),
    whileAlarmRings,
    again,
  })
  if (planned.is !== 'deploy') return planned

  const { from, to, ringing, quiet } = planned
  const onOwnBrake = role === 'api' ? await brakeOn(deps, to) : undefined
  if (onOwnBrake !== undefined) return onOwnBrake
  const created = await deployments.create({
    application,
    group,
    functionName,
    from,
    to,
    hook: names.beforeTraffic,
    description: describeDeployment(wanted, ringing, whileAlarmRings),
    ...(ringing.length > 0 && { alarms: [...quiet, names.newVersionAlarm] }),
  })
  if (created === 'busy')
    return refused(
      'deployment-under-way',
      `Somebody began another deployment of ${functionName} just now. Deploy again when it has ended.`,
    )
  say(`${functionName}: v${from} → v${to} by the deployment ${created.id}`)
  return follow(deps, { deployment: created.id, functionName, from, to, brakes: all })
}

/** The hash of a version's code; nothing where the version is gone. */
async function shaOf({ functions }: ReleaseDeps, name: string, version: string): Promise<{ sha?: string }> {
  try {
    return { sha: (await functions.code(name, version)).sha }
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return {}
    throw error
  }
}

const codeChanged = (functionName: string): Refused =>
  refused('code-changed', `Other code of ${functionName} was uploaded while this run looked. Deploy again.`)

/** Lambda takes a moment to take over code and settings; a version that is published before would be the old one. */
async function whenReady({ functions, wall, say }: ReleaseDeps, name: string): Promise<{ sha: string } | Refused> {
  const until = wall.now().getTime() + patienceMs
  for (;;) {
    const { sha, state, why = 'Lambda gives no reason' } = await functions.code(name, '$LATEST')
    if (state === 'ready') return { sha }
    if (state === 'failed')
      return refused('update-failed', `The last update of ${name} failed: ${why}. Deploy the stacks again.`)
    if (wall.now().getTime() >= until)
      return refused('update-not-ended', `The last update of ${name} has not ended for 5 min: ${why}. Deploy again.`)
    say(`${name}: waiting for Lambda to take over the new code`)
    await wall.pause(pollMs)
  }
}

/**
 * Puts the brake on the new version. CloudWatch leaves an alarm's state when its settings change, so one that rang for
 * the version before would stop this one at once: it is waited for.
 */
async function brakeOn(
  { alarms, wall, stage, names, say }: ReleaseDeps,
  version: string,
): Promise<Refused | undefined> {
  const name = names.newVersionAlarm
  await alarms.put(newVersionBrake(stage, version))
  const until = wall.now().getTime() + patienceMs
  for (;;) {
    const [brake] = await alarms.brakes([name])
    if (brake?.state !== 'rings') return undefined
    if (wall.now().getTime() >= until)
      return refused(
        'own-brake-rings',
        `${name} still rings for another version after 5 min. Look at it, then deploy again.`,
      )
    say(`${name} still rings for the version before, waiting until it looks at v${version}`)
    await wall.pause(pollMs)
  }
}
