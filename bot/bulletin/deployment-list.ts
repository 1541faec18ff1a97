import * as z from 'zod'
import { Role } from '../incident/logged-change.ts'
import type { Bulletin } from './bulletin.ts'
import { DeploymentState, deploymentState } from './deployment-state.ts'

/** A deployment as a list has it: what went where, and how it stands. */
export const ListedDeployment = z.object({
  deployment: z.string(),
  role: Role,
  /** When it began. */
  at: z.iso.datetime(),
  from: z.string().optional(),
  to: z.string().optional(),
  author: z.string().optional(),
  state: DeploymentState,
  /** The look of the bulletin that this was taken from. */
  look: z.int(),
})
export type ListedDeployment = z.output<typeof ListedDeployment>

/** The newest deployments, the newest first. */
export const DeploymentList = z.object({
  deployments: z.array(ListedDeployment),
  /** Counts saves; every write is on condition that nobody saved in between. */
  revision: z.int(),
})
export type DeploymentList = z.output<typeof DeploymentList>

export const mostListed = 10

/** How a bulletin is listed; undefined when it is about no deployment. */
export function listedDeployment({ facts, openedAt, look }: Bulletin): ListedDeployment | undefined {
  if (facts.kind !== 'deployment') return undefined
  const { deployment, role, startedAt, from, to, author } = facts
  return {
    deployment,
    role,
    at: startedAt ?? openedAt,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(author !== undefined && { author }),
    state: deploymentState(facts),
    look,
  }
}

/** The list with this in it. The very same list when it has nothing newer to say, or is older than all of a full one. */
export function withDeployment(list: DeploymentList, listed: ListedDeployment): DeploymentList {
  const known = list.deployments.find(({ deployment }) => deployment === listed.deployment)
  if (known && known.look >= listed.look) return list
  const others = list.deployments.filter((each) => each !== known)
  const deployments = [...others, listed].toSorted((a, b) => b.at.localeCompare(a.at)).slice(0, mostListed)
  return deployments.includes(listed) ? { deployments, revision: list.revision + 1 } : list
}
