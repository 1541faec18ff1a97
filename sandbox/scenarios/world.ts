import type { Clock } from '../../common/clock.ts'
import type { Cloud } from '../cloud/cloud.ts'

/** What a scenario may touch. */
export interface World {
  cloud: Cloud
  clock: Clock
  /** Advances domain time, minute by minute: the cloud plays each minute, then the bot works. */
  forward(seconds: number): Promise<void>
  slack: { setDown(down: boolean): void }
}

export interface Scenario {
  name: string
  /** What happens, in one sentence. */
  says: string
  /** Plays the back-story and returns as soon as the alarm has rung, or what people are to notice can be seen. */
  run(world: World): Promise<void>
}
