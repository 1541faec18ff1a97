import type { Journal } from './room/journal.ts'
import type { Scenario, World } from './scenarios.ts'

/** Plays scenarios one at a time, and knows which one is on. */
export function createScenarioPlayer(world: World, journal: Journal) {
  let playing: string | null = null
  return {
    playing: () => playing,
    /** Only while none is being played. */
    async play({ name, says, run }: Scenario): Promise<void> {
      if (playing !== null) throw new Error(`${playing} is still being played.`)
      playing = name
      journal.add({ kind: 'world', text: `The scenario ${name} began: ${says}` })
      try {
        await run(world)
        journal.add({ kind: 'world', text: `The scenario ${name} has been played` })
      } catch (error) {
        journal.add({ kind: 'trouble', text: `The scenario ${name} could not be played to its end` })
        throw error
      } finally {
        playing = null
      }
    },
  }
}

export type ScenarioPlayer = ReturnType<typeof createScenarioPlayer>
