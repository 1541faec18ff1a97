import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { beforeAll, describe, expect, it } from 'vitest'
import { gatewayResponses } from '../../api/gateway-responses.ts'
import { routes } from '../../api/routes.ts'
import { readApiSettings } from '../../api/settings.ts'
import { readBotSettings } from '../../bot/settings.ts'
import { type Bundles, deployed } from '../../infra/bundle/bundles.ts'
import { PriceServiceStack } from '../../infra/stacks/price-service.ts'
import { stageContext } from '../../infra/stage-context.ts'
import { type StageSettings, stacksOf, stageNames } from '../../infra/stages.ts'
import { readUpdaterSettings } from '../../updater/settings.ts'
import { sampleStages } from '../support/sample-stages.ts'
import { type Synthesised, synthesised } from '../support/synthesised.ts'

let made: Synthesised
beforeAll(async () => {
  made = await synthesised()
}, 60_000)

const only = <T>(found: T[]): T => {
  const [first, ...others] = found
  if (first === undefined || others.length > 0) throw new Error(`Expected one, found ${found.length}.`)
  return first
}

describe('the alias live', () => {
  /** The stack of the price service with other code and other settings than the repository has. */
  function stackWith(code: string, change: Partial<StageSettings>): Record<string, { Type: string }> {
    const folder = mkdtempSync(join(tmpdir(), 'crypto-watch-code-'))
    writeFileSync(join(folder, 'index.mjs'), `export const handler = async () => ${JSON.stringify(code)}\n`)
    const bundles = Object.fromEntries(deployed.map((name) => [name, { folder, bytes: 0, parts: [] }]))
    const app = new App()
    const settings = { ...sampleStages.prod, ...change }
    new PriceServiceStack(app, 'service', stageContext('prod', settings, bundles as Record<string, unknown> as Bundles))
    return app.synth().getStackByName('service').template.Resources
  }

  const byType = (resources: Record<string, { Type: string }>, ...types: string[]) =>
    Object.fromEntries(Object.entries(resources).filter(([, { Type }]) => types.includes(Type)))

  it('is not moved by any update of the template, whatever code and settings it brings', () => {
    const before = stackWith('one', {})
    const after = stackWith('two', { apiReservedConcurrency: 20, logDays: 7, coinGeckoKey: true })
    const code = (resources: object) => byType(resources as never, 'AWS::Lambda::Function')
    expect(code(after)).not.toEqual(code(before))
    const aliases = byType(before, 'AWS::Lambda::Alias', 'AWS::Lambda::Version')
    expect(Object.keys(aliases)).toHaveLength(4)
    expect(byType(after, 'AWS::Lambda::Alias', 'AWS::Lambda::Version')).toEqual(aliases)
  })

  it.each(stageNames)('of %s points at the first version, which CloudFormation never removes', (stage) => {
    const versions = made.resources(stage, 'AWS::Lambda::Version')
    expect(versions).toHaveLength(2)
    for (const { deletionPolicy, updateReplacePolicy, properties } of versions) {
      expect([deletionPolicy, updateReplacePolicy]).toEqual(['Retain', 'Retain'])
      // A description or a hash would come with each build, and each build would be a new version.
      expect(Object.keys(properties)).toEqual(['FunctionName'])
    }
    const aliases = made.resources(stage, 'AWS::Lambda::Alias').map(({ properties }) => properties)
    expect(aliases.map(({ Name, FunctionVersion }) => [Name, FunctionVersion])).toEqual([
      ['live', 'ApiFirstVersion.Version'],
      ['live', 'UpdaterFirstVersion.Version'],
    ])
  })

  it('is what the gateway and the schedule call', () => {
    const [integration] = made.resources('prod', 'AWS::ApiGateway::Method')
    expect(integration?.properties.Integration.Uri).toContain('function:crypto-watch-api-function:live/invocations')
    const schedule = only(
      made
        .resources('prod', 'AWS::Scheduler::Schedule')
        .filter(({ properties }) => properties.Name.includes('price-update')),
    )
    expect(schedule.properties.ScheduleExpression).toBe('rate(5 minutes)')
    expect(schedule.properties.Target.Arn).toMatch(/function:crypto-watch-price-update-function:live$/)
    const permission = only(
      made
        .resources('prod', 'AWS::Lambda::Permission')
        .filter(({ properties }) => properties.Principal === 'apigateway.amazonaws.com'),
    )
    expect(permission.properties.FunctionName).toBe('crypto-watch-api-function:live')
  })

  it('is moved by a canary of 10 % for 5 minutes, and at once for the updater; either is taken back when it fails', () => {
    const groups = made.resources('prod', 'AWS::CodeDeploy::DeploymentGroup').map(({ properties }) => properties)
    expect(
      groups.map(({ DeploymentGroupName, DeploymentConfigName }) => [DeploymentGroupName, DeploymentConfigName]),
    ).toEqual([
      ['crypto-watch-api', 'CodeDeployDefault.LambdaCanary10Percent5Minutes'],
      ['crypto-watch-price-update', 'CodeDeployDefault.LambdaAllAtOnce'],
    ])
    for (const { AutoRollbackConfiguration } of groups)
      expect(AutoRollbackConfiguration).toEqual({
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      })
  })
})

describe('Lambdas', () => {
  it.each(stageNames)('of %s run on Node.js 24 and arm64, with traces and logs that end', (stage) => {
    const functions = made.resources(stage, 'AWS::Lambda::Function')
    expect(functions).toHaveLength(11)
    const logs = made.resources(stage, 'AWS::Logs::LogGroup').map(({ properties }) => properties)
    for (const { properties } of functions) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        Handler: 'index.handler',
      })
      expect(properties.Environment.Variables.NODE_OPTIONS).toBe('--enable-source-maps')
      const log = only(logs.filter(({ LogGroupName }) => LogGroupName === properties.LoggingConfig.LogGroup))
      expect(log.LogGroupName).toBe(`/aws/lambda/${properties.FunctionName}`)
      expect(log.RetentionInDays).toBe(stage === 'prod' ? 90 : 14)
    }
  })

  it.each(stageNames)('of %s get an environment that they can read', (stage) => {
    const suffix = stage === 'prod' ? '' : `-${stage}`
    for (const { properties } of made.resources(stage, 'AWS::Lambda::Function')) {
      const { FunctionName, Environment } = properties
      const name = FunctionName.replace(/^crypto-watch-/, '').replace(/-staging$/, '')
      if (name === 'api-function')
        expect(readApiSettings(Environment.Variables).pricesTable).toBe(`crypto-watch-data${suffix}`)
      else if (name === 'price-update-function') expect(readUpdaterSettings(Environment.Variables).stage).toBe(stage)
      else if (name !== 'before-traffic')
        expect(readBotSettings(Environment.Variables)).toMatchObject({
          stage,
          incidentsTable: `crypto-watch-incidents${suffix}`,
          alarmTopicArn: `arn:aws:sns:ap-northeast-1:123456789012:crypto-watch-alarms${suffix}`,
          slackSecret: `crypto-watch/slack${suffix}`,
          apiUrl: made.outputs(stage).ApiUrl,
        })
    }
  })

  it.each(stageNames)('of %s learn where the API is from a parameter that an earlier stack writes', (stage) => {
    const suffix = stage === 'prod' ? '' : `-${stage}`
    const name = `/crypto-watch${suffix}/api-url`
    const { properties } = only(made.resources(stage, 'AWS::SSM::Parameter'))
    expect(properties).toMatchObject({ Name: name, Type: 'String', Value: made.outputs(stage).ApiUrl })
    expect(properties.Value).toMatch(/^https:\/\/.+\.execute-api\.ap-northeast-1\.amazonaws\.com\/\w+\/$/)
    const reads = made.texts.filter((text) => text.includes(`{{resolve:ssm:${name}}}`))
    expect(reads).toHaveLength(1)
    expect(stacksOf(stage)).toEqual(['alarms', 'service', 'bot'].map((part) => `crypto-watch-${part}${suffix}`))
  })

  it('the API has 512 MB and ends before the gateway does', () => {
    const api = only(
      made
        .resources('prod', 'AWS::Lambda::Function')
        .filter(({ properties }) => properties.FunctionName === 'crypto-watch-api-function'),
    )
    expect(api.properties).toMatchObject({ MemorySize: 512, Timeout: 25 })
    expect(api.properties.ReservedConcurrentExecutions).toBeUndefined()
    for (const { properties } of made.resources('prod', 'AWS::ApiGateway::Method'))
      expect(properties.Integration.TimeoutInMillis).toBe(29_000)
  })
})

describe('tables', () => {
  it.each([
    ['prod', true, 'RetainExceptOnCreate'],
    ['staging', false, 'Delete'],
  ] as const)(
    'of %s are on demand, can be restored to any second, and forget what has expired',
    (stage, isProtected, policy) => {
      const tables = made.resources(stage, 'AWS::DynamoDB::GlobalTable')
      expect(tables).toHaveLength(2)
      for (const { properties, deletionPolicy } of tables) {
        expect(properties.BillingMode).toBe('PAY_PER_REQUEST')
        expect(properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expires', Enabled: true })
        const [replica] = properties.Replicas
        expect(replica.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true)
        expect(replica.DeletionProtectionEnabled ?? false).toBe(isProtected)
        expect(deletionPolicy).toBe(policy)
      }
    },
  )
})

describe('the gateway', () => {
  it('has exactly the routes of the API, with a key where it says so', () => {
    const resources = new Map(
      made.resources('prod', 'AWS::ApiGateway::Resource').map(({ id, properties }) => [id, properties]),
    )
    const pathOf = (id: string): string => {
      const found = resources.get(id)
      return found === undefined ? '' : `${pathOf(found.ParentId)}/${found.PathPart}`
    }
    const methods = made
      .resources('prod', 'AWS::ApiGateway::Method')
      .map(({ properties }) => [properties.HttpMethod, pathOf(properties.ResourceId), properties.ApiKeyRequired])
    const described = Object.values(routes).map(({ path, needsKey }) => ['GET', path, needsKey])
    expect(methods.toSorted()).toEqual(described.toSorted())
  })

  it('answers by itself with the problem details that the sandbox answers with', () => {
    const responses = made.resources('prod', 'AWS::ApiGateway::GatewayResponse').map(({ properties }) => properties)
    expect(responses.map(({ ResponseType }) => ResponseType).toSorted()).toEqual(
      Object.keys(gatewayResponses).toSorted(),
    )
    const throttled = only(responses.filter(({ ResponseType }) => ResponseType === 'THROTTLED'))
    expect(throttled.StatusCode).toBe('429')
    expect(throttled.ResponseParameters).toEqual({
      'gatewayresponse.header.content-type': "'application/problem+json'",
      'gatewayresponse.header.retry-after': "'1'",
    })
    expect(JSON.parse(throttled.ResponseTemplates['application/json'])).toMatchObject({
      type: 'urn:crypto-watch:problem:too-many-requests',
      status: 429,
      requestId: '$context.requestId',
    })
  })

  it('logs every request by the id of its key, and never the key', () => {
    const stage = only(made.resources('prod', 'AWS::ApiGateway::Stage')).properties
    const format = JSON.parse(stage.AccessLogSetting.Format)
    expect(format).toMatchObject({ keyId: '$context.identity.apiKeyId', status: '$context.status' })
    expect(Object.values(format)).not.toContain('$context.identity.apiKey')
    expect(stage.MethodSettings[0]).toMatchObject({
      ThrottlingRateLimit: 500,
      ThrottlingBurstLimit: 1000,
      DataTraceEnabled: false,
    })
    expect(stage.TracingEnabled).toBe(true)
  })

  it('has the plans that the sandbox has', () => {
    const plans = made
      .resources('prod', 'AWS::ApiGateway::UsagePlan')
      .map(({ properties }) => [
        properties.UsagePlanName,
        properties.Throttle.RateLimit,
        properties.Throttle.BurstLimit,
        properties.Quota.Limit,
        properties.Quota.Period,
      ])
    expect(plans).toEqual([
      ['trial', 10, 20, 10_000, 'DAY'],
      ['business', 100, 200, 1_000_000, 'DAY'],
    ])
  })
})
