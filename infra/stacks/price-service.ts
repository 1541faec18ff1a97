import {
  CfnDeletionPolicy,
  CfnOutput,
  aws_dynamodb as dynamodb,
  aws_lambda as lambda,
  Stack,
  aws_secretsmanager as secrets,
  aws_ssm as ssm,
} from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { liveAlias } from '../../common/names.ts'
import { pricesTable } from '../../common/prices.ts'
import { addGateway } from '../api-gateway.ts'
import { addCodeDeploy } from '../code-deploy.ts'
import { Lambda } from '../constructs/lambda.ts'
import { Schedule } from '../constructs/schedule.ts'
import { accept } from '../nag.ts'
import { rights } from '../rights.ts'
import { type StageContext, stackProps } from '../stage-context.ts'

/** What the bot protects: the prices table, the API behind its gateway, the updater, and how both are deployed. */
export class PriceServiceStack extends Stack {
  constructor(scope: Construct, id: string, context: StageContext) {
    super(scope, id, stackProps(context, 'The price service: table, API, updater, and their deployments'))
    const { names, settings, stage, arns, isProd } = context
    const { functions, tables, upstreamSecret } = names

    new dynamodb.TableV2(this, 'Prices', {
      tableName: tables.prices,
      partitionKey: { name: pricesTable.key, type: dynamodb.AttributeType.STRING },
      sortKey: { name: pricesTable.sort, type: dynamodb.AttributeType.STRING },
      billing: dynamodb.Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: pricesTable.expires,
      deletionProtection: isProd,
      removalPolicy: context.kept,
    })
    // Made empty: its value is put in by hand, and no template ever holds it.
    const upstream = settings.coinGeckoKey
      ? new secrets.CfnSecret(this, 'UpstreamSecret', {
          name: upstreamSecret,
          description: 'The API key for CoinGecko, as { "apiKey": … }',
        })
      : undefined
    if (upstream) accept(upstream, 'SMG4', 'CoinGecko gives the key out by hand.')
    const all = rights(names, arns, { slack: '', mailKey: '', upstream: upstream?.ref })

    const api = new Lambda(this, 'Api', context, {
      name: functions.api,
      deployed: 'api',
      rights: all.api,
      description: 'The price API',
      memoryMb: 512,
      timeoutSeconds: 25,
      environment: { STAGE: stage, PRICES_TABLE: tables.prices, INCIDENTS_TABLE: tables.incidents },
      reservedConcurrency: settings.apiReservedConcurrency,
    })
    const apiAlias = addLive(this, 'Api', api.fn)
    const updater = new Lambda(this, 'Updater', context, {
      name: functions.updater,
      deployed: 'updater',
      rights: all.updater,
      description: 'Fetches prices every five minutes',
      memoryMb: 256,
      timeoutSeconds: 60,
      environment: {
        STAGE: stage,
        PRICES_TABLE: tables.prices,
        COINGECKO_SECRET: upstream && upstreamSecret,
      },
      errors: { atLeast: 3, withinMinutes: 15 },
      // The next run is five minutes away; an older one has nothing to add.
      calledAsync: { retries: 1, maxAgeSeconds: 240, qualifier: liveAlias },
    })
    const updaterAlias = addLive(this, 'Updater', updater.fn)
    updater.async?.addResourceDependency(updaterAlias)
    new Schedule(this, 'EveryFiveMinutes', {
      name: functions.updater,
      description: 'Prices are fetched every five minutes; the settings item may skip every other run',
      every: 'rate(5 minutes)',
      target: arns.live(functions.updater),
      maxAgeSeconds: 240,
      deadLetters: arns.queue(names.undelivered),
    }).node.addDependency(updaterAlias)

    new Lambda(this, 'BeforeTraffic', context, {
      name: names.beforeTraffic,
      deployed: 'beforeTraffic',
      rights: all.beforeTraffic,
      description: 'Tries a new version before it gets traffic: does it start, does it read its table',
      memoryMb: 256,
      timeoutSeconds: 60,
      environment: { STAGE: stage },
      errors: { atLeast: 1, withinMinutes: 5 },
      calledAsync: { retries: 1, maxAgeSeconds: 300 },
    })
    addCodeDeploy(this, context)
    const { url, smokeKeyId, permission } = addGateway(this, context)
    permission.addResourceDependency(apiAlias)

    new ssm.CfnParameter(this, 'ApiUrlParameter', {
      name: names.apiUrlParameter,
      type: 'String',
      value: url,
      description: 'Where clients reach the price API',
    })
    new CfnOutput(this, 'ApiUrl', { value: url })
    new CfnOutput(this, 'SmokeKeyId', { value: smokeKeyId })
  }
}

/**
 * The alias that traffic goes through, made once at the first version and never touched by a template again: from
 * then on it belongs to deployments and rollbacks. So nothing here may ever depend on the code.
 */
function addLive(scope: Construct, id: string, fn: lambda.Function): lambda.CfnAlias {
  const first = new lambda.CfnVersion(scope, `${id}FirstVersion`, { functionName: fn.functionName })
  first.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN
  first.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN
  return new lambda.CfnAlias(scope, `${id}Live`, {
    functionName: fn.functionName,
    name: liveAlias,
    functionVersion: first.attrVersion,
  })
}
