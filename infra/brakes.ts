import { alarms } from '../common/alarms.ts'
import { atStage } from '../common/names.ts'

/** The alarms of the list that stop a deployment of the API. The one on the new version alone comes on top of them. */
export const listedBrakes = (stage: string): string[] =>
  alarms.filter(({ brakes }) => brakes).map(({ name }) => atStage(name, stage))
