import * as z from 'zod'
import { names } from '../../common/names.ts'
import { moment } from '../../common/time.ts'
import { AlarmState } from '../incident/alarm-record.ts'
import type { ToldAlarm } from './alarm-identity.ts'

/** What a message of the alarm queue says. */
export type AlarmMessage =
  | { is: 'alarm'; alarm: ToldAlarm }
  | { is: 'deployment'; role: 'api' | 'updater'; deployment: string; state: string }
  /** Readable, but about something that is not ours. */
  | { is: 'unrelated'; what: string }

/** CloudWatch writes `2026-11-23T03:00:00.000+0000`, which is not quite ISO 8601. */
const AwsTime = z.string().transform((text, context) => {
  const at = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  // A year of more than four digits is a date to JavaScript, and to nobody who reads the record.
  if (!Number.isNaN(at) && /^\d{4}-/.test(moment(at))) return moment(at)
  context.addIssue({ code: 'custom', message: 'expected a time such as 2026-11-23T03:00:00.000+0000' })
  return z.NEVER
})

const Dimension = z
  .union([
    z.object({ name: z.string(), value: z.string() }),
    z.object({ Name: z.string(), Value: z.string() }).transform(({ Name, Value }) => ({ name: Name, value: Value })),
  ])
  .array()

/** Metric, metric-math and composite alarms; only the first has its dimensions on top, the last has none. */
const CloudWatchAlarm = z.object({
  AlarmName: z.string().min(1).max(255),
  AlarmDescription: z.string().nullish(),
  NewStateValue: AlarmState,
  NewStateReason: z.string().nullish(),
  StateChangeTime: AwsTime,
  Trigger: z
    .object({
      Threshold: z.number().nullish(),
      Dimensions: Dimension.nullish(),
      Metrics: z
        .object({ MetricStat: z.object({ Metric: z.object({ Dimensions: Dimension.nullish() }) }).nullish() })
        .array()
        .nullish(),
    })
    .nullish(),
})

const CodeDeployEvent = z.object({
  source: z.literal('aws.codedeploy'),
  detail: z.object({
    deploymentId: z.string().min(1).max(100),
    deploymentGroup: z.string(),
    application: z.string(),
    state: z.string().min(1),
  }),
})

/** The rule that feeds the topic lets only CodeDeploy's events through; any other is told apart, not retried. */
const OtherEvent = z.object({ source: z.string(), 'detail-type': z.string() })

const SnsEnvelope = z.object({ Type: z.literal('Notification'), Message: z.string() })

/** Reads the body of a queue message: an SNS envelope, or the message itself where raw delivery is on. Throws on anything else. */
export function readAlarmMessage(body: string, stage: string): AlarmMessage {
  const outer: unknown = JSON.parse(body)
  const envelope = SnsEnvelope.safeParse(outer)
  const message: unknown = envelope.success ? JSON.parse(envelope.data.Message) : outer
  const deployment = CodeDeployEvent.safeParse(message)
  if (deployment.success) return readDeployment(deployment.data.detail, stage)
  const other = OtherEvent.safeParse(message)
  if (other.success && other.data.source !== 'aws.codedeploy') {
    return { is: 'unrelated', what: `${other.data.source}: ${other.data['detail-type']}` }
  }
  return { is: 'alarm', alarm: toldBy(CloudWatchAlarm.parse(message)) }
}

function readDeployment(detail: z.output<typeof CodeDeployEvent>['detail'], stage: string): AlarmMessage {
  const { deploymentGroups } = names(stage)
  const { deploymentGroup, deploymentId: deployment, state } = detail
  if (deploymentGroup === deploymentGroups.api) return { is: 'deployment', role: 'api', deployment, state }
  if (deploymentGroup === deploymentGroups.updater) return { is: 'deployment', role: 'updater', deployment, state }
  return { is: 'unrelated', what: `a deployment of ${deploymentGroup}` }
}

function toldBy(alarm: z.output<typeof CloudWatchAlarm>): ToldAlarm {
  const trigger = alarm.Trigger
  const sets = [trigger?.Dimensions, ...(trigger?.Metrics ?? []).map(({ MetricStat }) => MetricStat?.Metric.Dimensions)]
  const dimensions = sets.flatMap((set) => set ?? []).map(({ name, value }): [string, string] => [name, value])
  return {
    name: alarm.AlarmName,
    description: alarm.AlarmDescription ?? '',
    state: alarm.NewStateValue,
    changedAt: alarm.StateChangeTime,
    reason: alarm.NewStateReason ?? '',
    ...(typeof trigger?.Threshold === 'number' && { threshold: trigger.Threshold }),
    dimensions: Object.fromEntries(dimensions),
  }
}
