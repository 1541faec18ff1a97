import type { Names } from '../../common/names.ts'
import type { FunctionEvidence } from '../incident/evidence.ts'
import type { Deployments } from './aws-deployments.ts'
import type { Functions } from './aws-functions.ts'
import type { SharedMarks } from './shared-marks.ts'

export interface FunctionReaders {
  functions: Functions
  deployments: Deployments
  marks: SharedMarks
  names: Names
}

const mostVersions = 10

/** Reads, at the same time, everything a rollback of one function is planned from. */
export async function readFunction(
  readers: FunctionReaders,
  role: 'api' | 'updater',
  signal: AbortSignal,
): Promise<FunctionEvidence> {
  const name = readers.names.functions[role]
  const [alias, versions, deployments, mark] = await Promise.all([
    readers.functions.alias(name, signal),
    readers.functions.versions(name, signal),
    readers.deployments.latest(readers.names.application, readers.names.deploymentGroups[role], signal),
    readers.marks.functionMark(name, signal),
  ])
  return { name, alias, versions: versions.slice(0, mostVersions), deployments, left: mark.left }
}

/** Only what was deployed, and by whom. */
export async function readDeployments(
  { functions, deployments, names }: FunctionReaders,
  role: 'api' | 'updater',
): Promise<Pick<FunctionEvidence, 'versions' | 'deployments'>> {
  const [versions, latest] = await Promise.all([
    functions.versions(names.functions[role]),
    deployments.latest(names.application, names.deploymentGroups[role]),
  ])
  return { versions: versions.slice(0, mostVersions), deployments: latest }
}
