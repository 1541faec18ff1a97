import type { Clock } from '../../common/clock.ts'
import type { Cloud } from '../cloud/cloud.ts'
import type { AlarmTurn, AliasMove } from '../cloud/happening.ts'

const kept = 200

export type TimedMove = AliasMove & { at: string }

/** Remembers what the cloud itself forgets and the room draws: the last turns of alarms, the last moves of aliases. */
export function createRecord(cloud: Pick<Cloud, 'subscribe'>, clock: Clock) {
  const turns: AlarmTurn[] = []
  const moves: TimedMove[] = []
  cloud.subscribe((happening) => {
    if (happening.kind === 'alarm-turned') turns.push(happening)
    if (happening.kind === 'alias-moved') moves.push({ ...happening, at: clock.now().toISOString() })
    if (turns.length > kept) turns.shift()
    if (moves.length > kept) moves.shift()
  })
  return { turns: turns as readonly AlarmTurn[], moves: moves as readonly TimedMove[] }
}

export type Record = ReturnType<typeof createRecord>
