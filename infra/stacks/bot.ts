import {
  CfnDynamicReference,
  CfnDynamicReferenceService,
  CfnOutput,
  aws_dynamodb as dynamodb,
  aws_lambda as lambda,
  Stack,
  aws_secretsmanager as secrets,
  aws_sns as sns,
} from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { type QueueName, queueSettings } from '../../common/queue-settings.ts'
import { incidentsTable } from '../../common/tables.ts'
import { botEnvironment } from '../bot-environment.ts'
import { watchBot } from '../bot-health.ts'
import { Lambda } from '../constructs/lambda.ts'
import { MailTopic } from '../constructs/mail-topic.ts'
import { Schedule } from '../constructs/schedule.ts'
import { admit, WatchedQueue } from '../constructs/watched-queue.ts'
import { accept } from '../nag.ts'
import { rights } from '../rights.ts'
import { type StageContext, stackProps } from '../stage-context.ts'

type BotLambda = 'alarms' | 'slack' | 'sweep' | 'sender' | 'evidence' | 'worker' | 'remedy' | 'mailer'

const lambdas: Record<BotLambda, { description: string; memoryMb: number; timeoutSeconds: number }> = {
  alarms: { description: 'Door: alarms and deployments become events', memoryMb: 512, timeoutSeconds: 30 },
  // A person waits three seconds at most, and a cold start is the first of them: more memory is more processor.
  slack: { description: 'Door: what people press in Slack', memoryMb: 1_024, timeoutSeconds: 10 },
  sweep: { description: 'Door: a minute passes', memoryMb: 512, timeoutSeconds: 55 },
  sender: { description: 'Performer: talks to Slack', memoryMb: 512, timeoutSeconds: 30 },
  evidence: { description: 'Performer: reads AWS, changes nothing', memoryMb: 512, timeoutSeconds: 30 },
  worker: { description: 'Performer: changes AWS, one step at a time', memoryMb: 512, timeoutSeconds: 30 },
  remedy: {
    description: 'Performer: settings, keys and limits, to ease an incident',
    memoryMb: 512,
    timeoutSeconds: 30,
  },
  mailer: { description: 'Performer: writes mails to people', memoryMb: 512, timeoutSeconds: 30 },
}

/** The bot: its record, its queues, eight Lambdas with a role each, and the mail that tells when it is broken itself. */
export class BotStack extends Stack {
  constructor(scope: Construct, id: string, context: StageContext) {
    super(scope, id, stackProps(context, 'The incident bot: record, queues, doors and performers'))
    const { names, arns, isProd } = context

    new dynamodb.TableV2(this, 'Incidents', {
      tableName: names.tables.incidents,
      partitionKey: { name: incidentsTable.key, type: dynamodb.AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: incidentsTable.liveIndex.name,
          partitionKey: { name: incidentsTable.liveIndex.key, type: dynamodb.AttributeType.STRING },
          sortKey: { name: incidentsTable.liveIndex.sort, type: dynamodb.AttributeType.STRING },
          projectionType: dynamodb.ProjectionType.INCLUDE,
          nonKeyAttributes: ['service', 'id'],
        },
      ],
      billing: dynamodb.Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: incidentsTable.expires,
      deletionProtection: isProd,
      removalPolicy: context.kept,
    })
    // Made empty: its value is put in by hand, and no template ever holds it.
    const secret = new secrets.CfnSecret(this, 'SlackSecret', {
      name: names.slackSecret,
      description: 'Slack: { "botToken": …, "signingSecret": … }',
    })
    accept(secret, 'SMG4', 'Slack gives these tokens out by hand; the bot reads them anew every five minutes.')

    const queues = {} as Record<QueueName, WatchedQueue>
    for (const name of Object.keys(queueSettings) as QueueName[])
      queues[name] = new WatchedQueue(this, `Queue-${name}`, context, name)
    admit(queues.alarms.queue, 'sns.amazonaws.com', arns.topic)
    new sns.CfnSubscription(this, 'AlarmsToQueue', {
      topicArn: arns.topic,
      protocol: 'sqs',
      endpoint: queues.alarms.queue.queueArn,
      redrivePolicy: { deadLetterTargetArn: arns.queue(names.undelivered) },
    })

    const mail = new MailTopic(this, 'Mail', context)
    const all = rights(names, arns, { slack: secret.ref, mailKey: mail.key.keyArn })
    // Read by name at each deployment, so that this stack imports nothing from the one of the price service.
    const apiUrl = new CfnDynamicReference(CfnDynamicReferenceService.SSM, names.apiUrlParameter).toString()
    const environment = botEnvironment(context, (name) => queues[name].queue.queueUrl, apiUrl)
    const made = {} as Record<BotLambda, Lambda>
    for (const name of Object.keys(lambdas) as BotLambda[])
      made[name] = new Lambda(this, `Lambda-${name}`, context, {
        ...lambdas[name],
        name: names.bot[name],
        deployed: name,
        rights: all[name],
        environment,
        errors: { atLeast: 3, withinMinutes: 5 },
        ...(name === 'sweep' && { calledAsync: { retries: 0, maxAgeSeconds: 60 } }),
      })

    for (const name of Object.keys(queueSettings) as QueueName[]) {
      const { batchSize, maximumConcurrency } = queueSettings[name]
      new lambda.CfnEventSourceMapping(this, `Wakes-${name}`, {
        functionName: made[name].fn.functionName,
        eventSourceArn: queues[name].queue.queueArn,
        batchSize,
        functionResponseTypes: ['ReportBatchItemFailures'],
        scalingConfig: { maximumConcurrency },
      })
    }
    const url = made.slack.fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE })
    new Schedule(this, 'EveryMinute', {
      name: names.bot.sweep,
      description: 'The sweep looks at the world every minute',
      every: 'rate(1 minute)',
      target: made.sweep.fn.functionArn,
      maxAgeSeconds: 60,
      deadLetters: arns.queue(names.undelivered),
    })
    watchBot(this, context)

    new CfnOutput(this, 'SlackRequestUrl', { value: `${url.url}slack/events` })
    new CfnOutput(this, 'SlackSecretName', { value: names.slackSecret })
  }
}
