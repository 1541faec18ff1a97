import type { Clock } from '../../common/clock.ts'
import type { Cloud } from '../cloud/cloud.ts'
import type { AlarmTurn, AliasMove } from '../cloud/happening.ts'

const kept = 200

export type TimedMove = AliasMove & { at: string }

/** What a record holds, oldest first; plain JSON. */
export interface Recorded {
  turns: readonly AlarmTurn[]
  moves: readonly TimedMove[]
}

/**
 * Remembers what the cloud itself forgets and the room draws: the last turns of alarms, the last moves of aliases.
 * `saved` is what an earlier record held.
 */
export function createRecord(cloud: Pick<Cloud, 'subscribe'>, clock: Clock, saved?: Recorded): Recorded {
  const turns = [...(saved?.turns ?? [])]
  const moves = [...(saved?.moves ?? [])]
  cloud.subscribe((happening) => {
    if (happening.kind === 'alarm-turned') turns.push(happening)
    if (happening.kind === 'alias-moved') moves.push({ ...happening, at: clock.now().toISOString() })
    if (turns.length > kept) turns.shift()
    if (moves.length > kept) moves.shift()
  })
  return { turns, moves }
}
