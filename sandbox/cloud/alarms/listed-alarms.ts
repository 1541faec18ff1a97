import type { AlarmDefinition } from '../../../common/alarms.ts'
import { cloudWatchAlarm } from '../../../common/cloudwatch-alarm.ts'
import type { MetricAlarm } from './metric-alarm.ts'

/** The alarm of a definition as the infrastructure makes it. */
export const listedAlarm = (
  definition: AlarmDefinition,
  { stage, topicArn, configuredAt }: { stage: string; topicArn: string; configuredAt: string },
): MetricAlarm => ({ ...cloudWatchAlarm(definition, stage), actions: [topicArn], configuredAt })
