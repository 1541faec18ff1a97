import type { Wall } from '../../common/clock.ts'
import type { Log } from '../../common/logger.ts'
import type { Changes } from './changes.ts'
import type { Ids } from './ids.ts'
import type { OneTime } from './one-time.ts'
import type { OpenViews } from './open-views.ts'
import type { State } from './state.ts'
import type { BlockRules } from './validate-blocks.ts'
import type { Workspace } from './workspace.ts'

/** What the parts of this Slack share. */
export interface Inside {
  wall: Wall
  log: Log
  state: State
  ids: Ids
  changes: Changes
  workspace: Workspace
  views: OpenViews
  oneTime: OneTime
  rules: BlockRules
  /** The bot user's id. */
  botId: string
  /** Where this server is reached, without a slash at the end. */
  baseUrl(): string
  /** A fresh address for a socket. */
  socketUrl(): string
  /** True while Slack is down. */
  down(): boolean
}
