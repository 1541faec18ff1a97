import { aws_apigateway as apigateway, Duration, aws_lambda as lambda, aws_logs as logs, Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import {
  type GatewayResponse,
  type GatewayResponseName,
  gatewayResponseBody,
  gatewayResponses,
} from '../api/gateway-responses.ts'
import { problemContentType } from '../api/problem.ts'
import { routes } from '../api/routes.ts'
import { usagePlans } from '../api/usage-plans.ts'
import { atStage, liveAlias } from '../common/names.ts'
import { accept } from './nag.ts'
import type { StageContext } from './stage-context.ts'

/** What every request leaves in the access log. Keys are told by their id, never by their value. */
export const accessLogFormat = {
  requestId: '$context.requestId',
  at: '$context.requestTime',
  keyId: '$context.identity.apiKeyId',
  sourceIp: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  path: '$context.path',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationStatus: '$context.integration.status',
  bytes: '$context.responseLength',
  response: '$context.error.responseType',
}

/** The gateway ends a request after this long; the function's own limit is shorter. */
const integrationSeconds = 29

/** API Gateway in front of the price API: its routes, keys and plans, its log, and its own answers as problem details. */
export function addGateway(scope: Construct, context: StageContext) {
  const { names, stage, settings, arns } = context
  const accessLog = new logs.LogGroup(scope, 'AccessLog', {
    logGroupName: `/aws/apigateway/${names.gateway}`,
    retention: settings.logDays,
    removalPolicy: context.kept,
  })
  const api = new apigateway.RestApi(scope, 'Gateway', {
    restApiName: names.gateway,
    description: 'Crypto prices that say how old they are',
    endpointTypes: [apigateway.EndpointType.REGIONAL],
    cloudWatchRole: true,
    deployOptions: {
      stageName: stage,
      tracingEnabled: true,
      loggingLevel: apigateway.MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      // Everybody together; a key's own limit is its plan's.
      throttlingRateLimit: 500,
      throttlingBurstLimit: 1_000,
      accessLogDestination: new apigateway.LogGroupLogDestination(accessLog),
      accessLogFormat: apigateway.AccessLogFormat.custom(JSON.stringify(accessLogFormat)),
    },
  })

  // The CDK would tell the address once more, under a name that nobody can guess.
  api.node.tryRemoveChild('Endpoint')

  const { partition, region } = Stack.of(scope)
  const live = arns.live(names.functions.api)
  const integration = new apigateway.Integration({
    type: apigateway.IntegrationType.AWS_PROXY,
    integrationHttpMethod: 'POST',
    uri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${live}/invocations`,
    options: { timeout: Duration.seconds(integrationSeconds) },
  })
  for (const { path, needsKey } of Object.values(routes))
    api.root.resourceForPath(path).addMethod('GET', integration, { apiKeyRequired: needsKey })
  const permission = new lambda.CfnPermission(scope, 'GatewayCallsApi', {
    action: 'lambda:InvokeFunction',
    functionName: `${names.functions.api}:${liveAlias}`,
    principal: 'apigateway.amazonaws.com',
    sourceArn: api.arnForExecuteApi('GET', '/*', stage),
  })

  for (const name of Object.keys(gatewayResponses) as GatewayResponseName[]) {
    const { status, headers = {} }: GatewayResponse = gatewayResponses[name]
    api.addGatewayResponse(`Response${name}`, {
      type: apigateway.ResponseType.of(name),
      ...(status !== undefined && { statusCode: String(status) }),
      responseHeaders: Object.fromEntries(
        Object.entries({ 'content-type': problemContentType, ...headers }).map(([header, value]) => [
          header,
          // The gateway takes a text for an expression unless it is quoted.
          `'${value}'`,
        ]),
      ),
      templates: { 'application/json': JSON.stringify(gatewayResponseBody(name, '$context.requestId')) },
    })
  }

  const smokeKey = new apigateway.ApiKey(scope, 'SmokeKey', {
    apiKeyName: atStage('smoke-test', stage),
    description: 'For `npm run smoke`, which asks for a price after each deployment',
  })
  for (const { name, perSecond, burst, quotaPerDay } of Object.values(usagePlans)) {
    const plan = new apigateway.CfnUsagePlan(scope, `Plan-${name}`, {
      usagePlanName: atStage(name, stage),
      apiStages: [{ apiId: api.restApiId, stage: api.deploymentStage.stageName }],
      throttle: { rateLimit: perSecond, burstLimit: burst },
      quota: { limit: quotaPerDay, period: 'DAY' },
    })
    if (name === usagePlans.trial.name)
      new apigateway.CfnUsagePlanKey(scope, 'SmokeKeyPlan', {
        keyId: smokeKey.keyId,
        keyType: 'API_KEY',
        usagePlanId: plan.ref,
      })
  }
  acceptGateway(api)

  return { url: api.url, smokeKeyId: smokeKey.keyId, permission }
}

/** What the AWS Solutions rules find at a public API with keys. */
function acceptGateway(api: apigateway.RestApi): void {
  accept(
    api,
    'APIG2',
    'The function checks every parameter itself and says what was wrong; the gateway could only refuse.',
  )
  accept(
    api,
    'APIG3',
    'A firewall costs more than the whole service. Keys, plans and throttling limit what anybody can do.',
  )
  accept(api, 'APIG4', 'Clients are programs with API keys; /health and /status are for everybody.')
  accept(api, 'COG4', 'Clients are programs with API keys, not people who sign in.')
  accept(
    api,
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    'The role through which API Gateway writes logs for the whole account takes no other policy.',
  )
}
