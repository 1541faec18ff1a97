import { Duration, aws_iam as iam, aws_lambda as lambda, aws_logs as logs } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import type { Env } from '../../common/env.ts'
import type { Deployed } from '../bundle/bundles.ts'
import { acceptWildcards } from '../nag.ts'
import type { Right } from '../rights.ts'
import type { StageContext } from '../stage-context.ts'
import { watchHealth } from './health-alarm.ts'

interface LambdaProps {
  name: string
  /** Which bundle it runs and which rights it has. */
  deployed: Deployed
  rights: readonly Right[]
  description: string
  memoryMb: number
  timeoutSeconds: number
  environment: Env
  reservedConcurrency?: number | undefined
  /** Errors that ring by mail; absent where the alarm list watches them already. */
  errors?: { atLeast: number; withinMinutes: number }
  /** Set where AWS calls it without waiting: how often and how long it tries, before the call is left in the queue. */
  calledAsync?: { retries: number; maxAgeSeconds: number; qualifier?: string }
}

/**
 * Every Lambda of the system: Node.js 24 on arm64, an ES module with a source map, its own role with the rights of
 * `infra/rights.ts` and no other, its own log with an end, traces, and an alarm for its own errors.
 */
export class Lambda extends Construct {
  readonly fn: lambda.Function
  /** How AWS calls it without waiting; with a qualifier it needs that alias first. */
  readonly async: lambda.CfnEventInvokeConfig | undefined

  constructor(scope: Construct, id: string, context: StageContext, props: LambdaProps) {
    super(scope, id)
    const { name, deployed, description, memoryMb, timeoutSeconds, environment, reservedConcurrency } = props
    const { settings, arns, names, bundles } = context

    const logGroup = new logs.LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${name}`,
      retention: settings.logDays,
      removalPolicy: context.kept,
    })
    const role = new iam.Role(this, 'Role', {
      description: `What ${name} may do`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        rights: new iam.PolicyDocument({
          statements: props.rights.map(
            ({ actions, on, partition }) =>
              new iam.PolicyStatement({
                actions: [...actions],
                resources: [...on],
                ...(partition !== undefined && {
                  conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [partition] } },
                }),
              }),
          ),
        }),
      },
    })
    acceptWildcards(role, props.rights)
    this.fn = new lambda.Function(this, 'Function', {
      functionName: name,
      description,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(bundles[deployed].folder),
      handler: 'index.handler',
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      environment: { ...given(environment), NODE_OPTIONS: '--enable-source-maps' },
      // The list of rights is complete; what the CDK would add on its own is in it already.
      role: role.withoutPolicyUpdates(),
      logGroup,
      tracing: lambda.Tracing.ACTIVE,
      ...(reservedConcurrency !== undefined && { reservedConcurrentExecutions: reservedConcurrency }),
    })
    this.fn.node.addDependency(role)

    if (props.calledAsync) {
      const { retries, maxAgeSeconds, qualifier = '$LATEST' } = props.calledAsync
      this.async = new lambda.CfnEventInvokeConfig(this, 'Async', {
        functionName: this.fn.functionName,
        qualifier,
        maximumRetryAttempts: retries,
        maximumEventAgeInSeconds: maxAgeSeconds,
        destinationConfig: { onFailure: { destination: arns.queue(names.undelivered) } },
      })
    }
    if (props.errors) {
      const { atLeast, withinMinutes } = props.errors
      watchHealth(
        this,
        'Errors',
        {
          name: `${name}-errors`,
          says: `${name} failed ${atLeast} times or more within ${withinMinutes} min. Its log /aws/lambda/${name} says why.`,
          metric: { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: name } },
          statistic: 'Sum',
          comparison: 'GreaterThanOrEqualToThreshold',
          threshold: atLeast,
          periodMinutes: withinMinutes,
          treatMissing: 'notBreaching',
        },
        arns.healthTopic,
      )
    }
  }
}

const given = (env: Env): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
