import { calm } from './scenarios/calm.ts'
import { tableThrottled, upstream429, upstreamDown } from './scenarios/dependencies.ts'
import { automaticRollbackFails, badDeploy, canaryCaught, rollbackDoesNotHelp } from './scenarios/deployments.ts'
import { keyLeaked } from './scenarios/key-leaked.ts'
import { concurrency, slackDown, slow } from './scenarios/load.ts'
import { storm } from './scenarios/storm.ts'
import type { Scenario } from './scenarios/world.ts'

export { calm } from './scenarios/calm.ts'
export type { Scenario, World } from './scenarios/world.ts'

/** Every story the sandbox can play. Each heals the world first, so they can follow one another. */
export const scenarios: readonly Scenario[] = [
  badDeploy,
  canaryCaught,
  automaticRollbackFails,
  rollbackDoesNotHelp,
  upstreamDown,
  upstream429,
  tableThrottled,
  slow,
  concurrency,
  keyLeaked,
  storm,
  slackDown,
  { name: 'calm', says: 'Everything heals and every alarm turns OK.', run: calm },
]

export const scenarioNamed = (name: string): Scenario | undefined => scenarios.find((each) => each.name === name)
