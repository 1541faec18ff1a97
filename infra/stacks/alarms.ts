import {
  CfnOutput,
  CfnResource,
  Duration,
  aws_events as events,
  aws_iam as iam,
  aws_kms as kms,
  Stack,
  aws_sns as sns,
  aws_sqs as sqs,
} from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { type AlarmDefinition, alarms } from '../../common/alarms.ts'
import { cloudWatchAlarm } from '../../common/cloudwatch-alarm.ts'
import { atStage } from '../../common/names.ts'
import { newVersionBrake } from '../../common/new-version-brake.ts'
import { putAlarm } from '../constructs/cloudwatch-alarm.ts'
import { watchHealth } from '../constructs/health-alarm.ts'
import { admit } from '../constructs/watched-queue.ts'
import { addDashboard } from '../dashboard.ts'
import { accept } from '../nag.ts'
import { type StageContext, stackProps } from '../stage-context.ts'
import { runbookUrl } from '../stages.ts'

/** What watches: alarms and where they are told, the dashboard, and the mail that does not need the bot. */
export class AlarmsStack extends Stack {
  constructor(scope: Construct, id: string, context: StageContext) {
    super(scope, id, stackProps(context, 'Alarms of the price service, who is told of them, and the dashboard'))
    const { names, settings, stage, arns } = context

    const key = new kms.Key(this, 'TopicKey', {
      description: 'Encrypts notifications of alarms and deployments',
      enableKeyRotation: true,
      removalPolicy: context.kept,
    })
    // With the key that AWS manages, CloudWatch could not publish to the topic, and nobody would be told why.
    for (const service of ['cloudwatch', 'events'])
      key.addToResourcePolicy(
        new iam.PolicyStatement({
          principals: [new iam.ServicePrincipal(`${service}.amazonaws.com`)],
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: ['*'],
        }),
      )

    const topic = topicFor(this, 'AlarmTopic', names.topic, key)
    mailGraveAlarms(this, topic, context)
    const health = topicFor(this, 'HealthTopic', names.healthTopic, key)
    for (const [index, address] of settings.healthMail.entries())
      new sns.Subscription(this, `HealthMail${index + 1}`, {
        topic: health,
        protocol: sns.SubscriptionProtocol.EMAIL,
        endpoint: address,
      })

    const undelivered = new sqs.Queue(this, 'Undelivered', {
      queueName: names.undelivered,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    accept(undelivered, 'SQS3', 'It is itself where messages end that reached nobody, and it rings at the first one.')
    watchHealth(
      this,
      'UndeliveredMessages',
      {
        name: names.undelivered,
        says: `A notification or a call reached nobody; it waits in ${names.undelivered}. docs/deploy.md says how to look at it and send it again.`,
        metric: {
          namespace: 'AWS/SQS',
          name: 'ApproximateNumberOfMessagesVisible',
          dimensions: { QueueName: names.undelivered },
        },
        statistic: 'Maximum',
        comparison: 'GreaterThanOrEqualToThreshold',
        threshold: 1,
        periodMinutes: 1,
        treatMissing: 'notBreaching',
      },
      arns.healthTopic,
    )

    const rule = new events.CfnRule(this, 'Deployments', {
      name: atStage('crypto-watch-deployments', stage),
      description: 'Tells the bot how deployments of the price service begin and end',
      eventPattern: {
        source: ['aws.codedeploy'],
        'detail-type': ['CodeDeploy Deployment State-change Notification'],
        detail: { application: [names.application] },
      },
      targets: [
        {
          id: 'alarm-topic',
          arn: topic.topicArn,
          deadLetterConfig: { arn: undelivered.queueArn },
          retryPolicy: { maximumRetryAttempts: 24, maximumEventAgeInSeconds: 3_600 },
        },
      ],
    })
    // EventBridge takes no condition in the policy of a topic.
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('events.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
      }),
    )
    admit(undelivered, 'sns.amazonaws.com', topic.topicArn)
    admit(undelivered, 'events.amazonaws.com', rule.attrArn)

    const dashboardUrl = addDashboard(this, context)
    for (const definition of alarms) {
      const alarm = cloudWatchAlarm(definition, stage)
      const links = `Runbook: ${runbookUrl(settings, definition.name)} · Dashboard: ${dashboardUrl}`
      putAlarm(
        this,
        definition.name,
        { ...alarm, description: `${alarm.description}. ${links}` },
        { topic: arns.topic },
      )
    }
    // The release command aims it at each new version before it deploys; the template has it as for the first one.
    // Template and release command describe it with the same words, so that neither changes what the other made.
    new CfnResource(this, 'NewVersionErrorAlarm', {
      type: 'AWS::CloudWatch::Alarm',
      properties: newVersionBrake(stage, '1'),
    })

    new CfnOutput(this, 'DashboardUrl', { value: dashboardUrl })
  }
}

/** Critical and High by mail, from the topic itself: Medium and Low can wait for whoever reads Slack. */
function mailGraveAlarms(scope: Construct, topic: sns.Topic, { settings, stage }: StageContext): void {
  const quiet = alarms
    .filter(({ severity }: AlarmDefinition) => severity === 'Medium' || severity === 'Low')
    .map(({ name }) => atStage(name, stage))
  for (const [index, address] of settings.alarmMail.entries())
    new sns.CfnSubscription(scope, `AlarmMail${index + 1}`, {
      topicArn: topic.topicArn,
      protocol: 'email',
      endpoint: address,
      // A deployment's notification names no alarm, so none of them matches.
      filterPolicyScope: 'MessageBody',
      filterPolicy: { AlarmName: [{ 'anything-but': quiet }] },
    })
}

function topicFor(scope: Construct, id: string, name: string, key: kms.Key): sns.Topic {
  const topic = new sns.Topic(scope, id, { topicName: name, masterKey: key, enforceSSL: true })
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  )
  return topic
}
