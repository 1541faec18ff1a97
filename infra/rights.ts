import type { Names } from '../common/names.ts'
import { pricesTable } from '../common/prices.ts'
import type { Arns } from './arns.ts'
import type { Deployed } from './bundle/bundles.ts'
import { sharedRights } from './shared-rights.ts'

/** One thing a Lambda may do. `docs/deploy.md` tells the same in words. */
export interface Right {
  actions: readonly string[]
  on: readonly string[]
  why: string
  /** The only partition of a table that it is about; absent where it is about all of them. */
  partition?: string
}

/** ARNs of secrets and keys end in letters that AWS draws, so the stack that makes them hands them over. */
export interface SecretArns {
  slack: string
  /** The key that encrypts mails on their way. */
  mailKey: string
  /** Absent where CoinGecko is asked without a key. */
  upstream?: string | undefined
}

const everything = ['*']

/** Every right of every Lambda, complete: a role has nothing else. */
export function rights(names: Names, arns: Arns, secrets: SecretArns): Record<Deployed, Right[]> {
  const { functions, bot, deploymentGroups } = names
  const both = [functions.api, functions.updater]
  // AWS names an alias now by its function, now by itself; the one function and its one alias cover either.
  const liveOfBoth = both.flatMap((name) => [arns.function(name), arns.live(name)])
  const groups = [deploymentGroups.api, deploymentGroups.updater].map(arns.deploymentGroup)

  const { own, reads, putsOff, lost, record, marks, handOver, slackSecret } = sharedRights(names, arns, secrets.slack)
  const measures: Right = { actions: ['cloudwatch:GetMetricData'], on: everything, why: 'what alarms measure, now' }
  const deployments: Right = {
    actions: ['codedeploy:ListDeployments', 'codedeploy:BatchGetDeployments'],
    on: groups,
    why: 'which deployments there were, and how they ended',
  }
  const alias: Right = { actions: ['lambda:GetAlias'], on: liveOfBoth, why: 'where the alias points' }

  return {
    api: [
      ...own(functions.api),
      { actions: ['dynamodb:BatchGetItem', 'dynamodb:Query'], on: [arns.pricesTable], why: 'prices and their history' },
      {
        actions: ['dynamodb:BatchGetItem'],
        on: [arns.incidentsTable],
        why: 'the open incident, for a 503 and /status',
      },
    ],
    updater: [
      ...own(functions.updater),
      {
        actions: ['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:BatchWriteItem'],
        on: [arns.pricesTable],
        why: 'prices, settings and history',
      },
      ...(secrets.upstream === undefined
        ? []
        : [
            {
              actions: ['secretsmanager:GetSecretValue'],
              on: [secrets.upstream],
              why: 'the key for CoinGecko',
            },
          ]),
      lost,
    ],
    beforeTraffic: [
      ...own(names.beforeTraffic),
      { actions: ['codedeploy:GetDeployment'], on: groups, why: 'which version is about to get traffic' },
      { actions: ['lambda:InvokeFunction'], on: both.map(arns.anyVersion), why: 'tries that version' },
      {
        actions: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
        on: groups,
        why: 'tells CodeDeploy whether it works',
      },
      lost,
    ],
    alarms: [...own(bot.alarms), reads('alarms'), record, handOver],
    slack: [
      ...own(bot.slack),
      record,
      handOver,
      slackSecret,
      { actions: ['lambda:GetAlias'], on: liveOfBoth, why: 'where the alias points at the moment of a press' },
      { actions: ['dynamodb:Query'], on: [arns.liveIndex], why: 'which incidents are open, for lists of them' },
      {
        actions: ['dynamodb:BatchGetItem'],
        on: [arns.incidentsTable],
        why: 'incidents that are over, for the Home tab',
      },
    ],
    sweep: [
      ...own(bot.sweep),
      record,
      marks,
      { actions: ['dynamodb:Query'], on: [arns.liveIndex], why: 'incidents and bulletins that are not over' },
      {
        actions: ['dynamodb:BatchGetItem'],
        on: [arns.incidentsTable],
        why: 'incidents that are over, for the weekly digest',
      },
      handOver,
      { actions: ['cloudwatch:DescribeAlarms'], on: everything, why: 'alarms that ring without an incident' },
      lost,
    ],
    sender: [
      ...own(bot.sender),
      reads('sender'),
      putsOff('sender'),
      record,
      marks,
      handOver,
      slackSecret,
      {
        actions: ['dynamodb:BatchGetItem'],
        on: [arns.incidentsTable],
        why: 'names of the people a postmortem speaks of',
      },
    ],
    evidence: [
      ...own(bot.evidence),
      reads('evidence'),
      record,
      handOver,
      slackSecret,
      alias,
      {
        actions: ['lambda:ListVersionsByFunction'],
        on: both.map(arns.function),
        why: 'which versions there are, and who made them',
      },
      deployments,
      measures,
      { actions: ['dynamodb:GetItem'], on: [arns.pricesTable], why: 'how old prices are, and the settings' },
      { actions: ['dynamodb:BatchGetItem'], on: [arns.incidentsTable], why: 'what the bot has changed of late' },
      {
        actions: ['logs:FilterLogEvents'],
        on: [...both.map((name) => `/aws/lambda/${name}`), `/aws/apigateway/${names.gateway}`].map(arns.logGroup),
        why: 'the errors that functions log, and which requests failed',
      },
      {
        actions: ['lambda:GetFunctionConcurrency'],
        on: [arns.function(functions.api)],
        why: 'how many calls of the API may run at a time',
      },
      {
        actions: ['lambda:GetAccountSettings'],
        on: everything,
        why: 'how many the account has left',
      },
    ],
    worker: [
      ...own(bot.worker),
      reads('worker'),
      putsOff('worker'),
      record,
      marks,
      handOver,
      alias,
      deployments,
      measures,
      { actions: ['lambda:GetFunctionConfiguration'], on: both.map(arns.anyVersion), why: 'whether the target exists' },
      { actions: ['lambda:UpdateAlias'], on: liveOfBoth, why: 'the rollback itself' },
      { actions: ['codedeploy:StopDeployment'], on: groups, why: 'ends a deployment that is under way first' },
      {
        actions: ['lambda:InvokeFunction'],
        on: both.map(arns.live),
        why: 'a known price, to prove a rollback or maintenance mode',
      },
    ],
    remedy: [
      ...own(bot.remedy),
      reads('remedy'),
      putsOff('remedy'),
      record,
      handOver,
      {
        actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
        on: [arns.pricesTable],
        why: 'the settings of the price service; the condition on `dynamodb:LeadingKeys` keeps it from everything else there',
        partition: pricesTable.settings.pk,
      },
      slackSecret,
      {
        actions: ['apigateway:GET'],
        on: [arns.apiKeyList, arns.apiKeys, arns.usagePlanList],
        why: 'API keys and the plans that they are on; nobody else in the bot may, because who reads a key can read its value',
      },
      { actions: ['apigateway:PATCH'], on: [arns.apiKeys], why: 'disables a key, and enables it again' },
      {
        actions: ['apigateway:POST'],
        on: [arns.apiKeyList, arns.usagePlanKeys],
        why: 'issues a new key and puts it on the plans of the old one',
      },
      {
        actions: ['logs:FilterLogEvents'],
        on: [arns.logGroup(`/aws/apigateway/${names.gateway}`)],
        why: 'what was asked with each key in the last hour',
      },
      {
        actions: ['lambda:GetFunctionConcurrency', 'lambda:PutFunctionConcurrency'],
        on: [arns.function(functions.api)],
        why: 'raises what is reserved for the API',
      },
      { actions: ['dynamodb:UpdateItem'], on: [arns.incidentsTable], why: 'what was changed, written down' },
    ],
    mailer: [
      ...own(bot.mailer),
      reads('mailer'),
      putsOff('mailer'),
      record,
      handOver,
      { actions: ['dynamodb:BatchGetItem'], on: [arns.incidentsTable], why: 'names of the people a mail speaks of' },
      { actions: ['sns:Publish'], on: [arns.mailTopic], why: 'the mail itself' },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        on: [secrets.mailKey],
        why: 'the key of that topic, which SNS uses on behalf of whoever publishes',
      },
    ],
  }
}
