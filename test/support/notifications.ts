/** CloudWatch's notification of one metric alarm, as SNS hands it over; one change away from normal. */
export function alarmNotification(change: {
  name?: string
  state?: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA'
  at?: string
  description?: string
  dimensions?: { name: string; value: string }[]
  reason?: string
}): object {
  const { name = 'LambdaErrorAlarm', state = 'ALARM', at = '2026-11-23T03:00:00.000+0000', description = '' } = change
  return {
    AlarmName: name,
    AlarmDescription: description,
    AWSAccountId: '123456789012',
    AlarmConfigurationUpdatedTimestamp: '2026-11-01T00:00:00.000+0000',
    NewStateValue: state,
    NewStateReason:
      change.reason ??
      'Threshold Crossed: 2 out of the last 2 datapoints [12.4 (23/11/26 02:59:00), 11.9 (23/11/26 02:58:00)] were greater than the threshold (5.0).',
    StateChangeTime: at,
    Region: 'Asia Pacific (Tokyo)',
    AlarmArn: `arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:${name}`,
    OldStateValue: state === 'ALARM' ? 'OK' : 'ALARM',
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    Trigger: {
      MetricName: 'Errors',
      Namespace: 'AWS/Lambda',
      StatisticType: 'Statistic',
      Statistic: 'SUM',
      Unit: null,
      Dimensions: change.dimensions ?? [],
      Period: 60,
      EvaluationPeriods: 2,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 5,
      TreatMissingData: 'notBreaching',
      EvaluateLowSampleCountPercentile: '',
    },
  }
}

/** The envelope around a message, as SNS posts it to an HTTP endpoint or puts it into a queue. */
export const snsEnvelope = (message: object, id = '11111111-2222-3333-4444-555555555555'): object => ({
  Type: 'Notification',
  MessageId: id,
  TopicArn: 'arn:aws:sns:ap-northeast-1:123456789012:crypto-watch-alarms',
  Subject: 'ALARM',
  Message: JSON.stringify(message),
  Timestamp: '2026-11-23T03:00:01.000Z',
  SignatureVersion: '1',
  Signature: 'c2FuZGJveA==',
  SigningCertURL: 'https://sns.ap-northeast-1.amazonaws.com/x.pem',
  UnsubscribeURL: 'https://sns.ap-northeast-1.amazonaws.com/?Action=Unsubscribe',
})
