import type { StateValue } from './alarms.ts'
import type { LoggedCall } from './call-log.ts'
import type { Deployment } from './deployments.ts'
import type { Alias } from './functions.ts'

/** Who moved an alias: a deployment, a client over HTTP, or somebody at the console. */
export type Mover = 'CodeDeploy' | 'a client' | 'an operator'

export interface AlarmTurn {
  kind: 'alarm-turned'
  alarm: string
  to: StateValue
  /** Domain time of the evaluation, ISO 8601. */
  at: string
  /** Whether the topic was told of it. */
  told: boolean
}

export interface AliasMove {
  kind: 'alias-moved'
  function: string
  from: Alias | undefined
  to: Alias
  by: Mover
}

/** Something that happened in the simulated cloud, for those who watch it. */
export type Happening =
  | AlarmTurn
  | AliasMove
  | { kind: 'deployment-changed'; deployment: Deployment }
  | { kind: 'called'; call: LoggedCall }
