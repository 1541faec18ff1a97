import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { CloudWatchAlarm } from '../../common/cloudwatch-alarm.ts'

/** Who is told when the alarm rings, and when it is over. */
export interface Told {
  topic: string
}

const dimensionList = (dimensions: Readonly<Record<string, string>>) =>
  Object.entries(dimensions).map(([name, value]) => ({ name, value }))

/** Makes the alarm exactly as it is described: one metric by itself, or lines of metric math. */
export function putAlarm(scope: Construct, id: string, alarm: CloudWatchAlarm, told?: Told): cloudwatch.CfnAlarm {
  const { name, description, queries, comparison, threshold, periodSeconds, evaluationPeriods, treatMissing } = alarm
  const [only, ...others] = queries
  const actions = told && { alarmActions: [told.topic], okActions: [told.topic] }
  return new cloudwatch.CfnAlarm(scope, id, {
    alarmName: name,
    alarmDescription: description,
    comparisonOperator: comparison,
    threshold,
    evaluationPeriods,
    datapointsToAlarm: evaluationPeriods,
    treatMissingData: treatMissing,
    ...actions,
    ...(only?.kind === 'statistic' && others.length === 0
      ? {
          namespace: only.metric.namespace,
          metricName: only.metric.name,
          dimensions: dimensionList(only.metric.dimensions),
          period: periodSeconds,
          ...statisticOf(only.statistic),
        }
      : {
          metrics: queries.map((query) =>
            query.kind === 'expression'
              ? { id: query.id, expression: query.expression, label: query.label, returnData: query.returnData }
              : {
                  id: query.id,
                  returnData: query.returnData,
                  metricStat: {
                    metric: {
                      namespace: query.metric.namespace,
                      metricName: query.metric.name,
                      dimensions: dimensionList(query.metric.dimensions),
                    },
                    period: periodSeconds,
                    stat: query.statistic,
                  },
                },
          ),
        }),
  })
}

/** CloudWatch keeps percentiles apart from the other statistics. */
const statisticOf = (statistic: string) => (/^p\d/.test(statistic) ? { extendedStatistic: statistic } : { statistic })
