import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch'
import {
  CodeDeployClient,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  InvalidAlarmConfigException,
  InvalidLifecycleEventHookExecutionIdException,
  InvalidLifecycleEventHookExecutionStatusException,
  LifecycleEventAlreadyCompletedException,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy'
import {
  GetFunctionConfigurationCommand,
  InvalidParameterValueException,
  LambdaClient,
  ListAliasesCommand,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newVersionBrake } from '../../common/new-version-brake.ts'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

let test: TestCloud
let lambda: LambdaClient
let codeDeploy: CodeDeployClient
let cloudWatch: CloudWatchClient
const FunctionName = 'crypto-watch-api-function'

beforeEach(async () => {
  test = await testCloud()
  lambda = new LambdaClient(client(test.cloud))
  codeDeploy = new CodeDeployClient(client(test.cloud))
  cloudWatch = new CloudWatchClient(client(test.cloud))
})
afterEach(async () => {
  for (const each of [lambda, codeDeploy, cloudWatch]) each.destroy()
  await test.cloud.close()
})

describe('publishing', () => {
  const latest = async () => (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).CodeSha256

  it('makes a version of what was uploaded, once', async () => {
    const before = await latest()
    test.cloud.functions.upload(FunctionName, 'rounds-changes')
    const CodeSha256 = await latest()
    expect(CodeSha256).not.toBe(before)
    const made = await lambda.send(new PublishVersionCommand({ FunctionName, CodeSha256, Description: 'first' }))
    expect(made).toMatchObject({ Version: '42', Description: 'first', CodeSha256, $metadata: { httpStatusCode: 201 } })
    const again = await lambda.send(new PublishVersionCommand({ FunctionName, CodeSha256, Description: 'second' }))
    expect(again).toMatchObject({ Version: '42', Description: 'first' })
    expect(test.cloud.functions.version(FunctionName, '42').code).toBe('rounds-changes')
  })

  it('of unchanged code answers with the newest version', async () => {
    expect(await lambda.send(new PublishVersionCommand({ FunctionName }))).toMatchObject({ Version: '41' })
    expect(test.cloud.functions.versions(FunctionName).at(-1)?.version).toBe('41')
  })

  it.each([
    ['of other code than was looked at', { CodeSha256: 'another' }, 'CodeSHA256 (another) is different from current'],
    ['with a description that is too long', { Description: 'x'.repeat(257) }, 'Description'],
  ])('is refused %s', async (_, input, message) => {
    const refused = lambda.send(new PublishVersionCommand({ FunctionName, ...input }))
    await expect(refused).rejects.toBeInstanceOf(InvalidParameterValueException)
    await expect(refused).rejects.toThrow(message)
  })

  it('leaves the alias alone, which is listed with its function', async () => {
    test.cloud.functions.upload(FunctionName, 'good', 'next')
    await lambda.send(new PublishVersionCommand({ FunctionName }))
    const { Aliases } = await lambda.send(new ListAliasesCommand({ FunctionName }))
    expect(Aliases).toMatchObject([{ Name: 'live', FunctionVersion: '41' }])
    const other = await lambda.send(new ListAliasesCommand({ FunctionName, FunctionVersion: '42' }))
    expect(other.Aliases).toEqual([])
  })

  it('$LATEST runs what was uploaded, before it is published and after a restart', async () => {
    const failing = async ({ functions }: TestCloud['cloud']) =>
      (await functions.invoke(FunctionName, '$LATEST', { check: 'before-traffic' })).ok === false
    test.cloud.functions.upload(FunctionName, 'needs-a-setting')
    expect(await failing(test.cloud)).toBe(true)
    const restored = await testCloud({ saved: JSON.parse(JSON.stringify(test.cloud.snapshot())) })
    expect(await failing(restored.cloud)).toBe(true)
    expect(restored.cloud.functions.publishLatest(FunctionName, '').code).toBe('needs-a-setting')
    await restored.cloud.close()
  })
})

describe('an alarm that is put', () => {
  it('measures one version behind the alias, tells nobody, and keeps its state when it gets another version', async () => {
    await cloudWatch.send(new PutMetricAlarmCommand(newVersionBrake('prod', '42')))
    const described = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ['NewVersionErrorAlarm'] }))
    expect(described.MetricAlarms).toMatchObject([
      { AlarmActions: [], Threshold: 5, EvaluationPeriods: 2, TreatMissingData: 'notBreaching', StateValue: 'OK' },
    ])
    test.cloud.functions.publish(FunctionName, { description: 'fails', code: 'reads-by-index' })
    test.cloud.functions.updateAlias(FunctionName, { weights: { '42': 0.1 } })
    await test.minutes(2)
    expect(test.cloud.alarms.rings('NewVersionErrorAlarm')).toBe(true)
    expect(test.published.map((message) => JSON.stringify(message))).not.toContain('NewVersionErrorAlarm')
    await cloudWatch.send(new PutMetricAlarmCommand(newVersionBrake('prod', '43')))
    expect(test.cloud.alarms.rings('NewVersionErrorAlarm')).toBe(true)
    await test.minutes(1)
    expect(test.cloud.alarms.rings('NewVersionErrorAlarm')).toBe(false)
  })

  it.each([
    ['two lines that return data', { Metrics: [line('a'), line('b')] }, 'Exactly one'],
    ['two periods', { Metrics: [line('a'), { ...line('b', 120), ReturnData: false }] }, 'one period'],
    ['some of its periods', { DatapointsToAlarm: 1 }, 'every period'],
    ['a single metric', { Metrics: undefined, MetricName: 'Errors' }, 'Metrics'],
  ])('is refused with %s', async (_, change, message) => {
    const alarm = { ...newVersionBrake('prod', '42'), ...change }
    await expect(cloudWatch.send(new PutMetricAlarmCommand(alarm))).rejects.toThrow(message)
  })
})

function line(Id: string, Period = 60) {
  return { Id, MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: 'Errors' }, Period, Stat: 'Sum' } }
}

describe('a deployment', () => {
  const create = (code: string, extra: { Hooks?: object[]; overrideAlarmConfiguration?: object } = {}) => {
    const { Hooks, ...settings } = extra
    const TargetVersion = test.cloud.functions.publish(FunctionName, { description: code, code })
    const Properties = { Name: FunctionName, Alias: 'live', CurrentVersion: '41', TargetVersion }
    const resource = { fn: { Type: 'AWS::Lambda::Function', Properties } }
    const content = JSON.stringify({ version: 0.0, Resources: [resource], ...(Hooks && { Hooks }) })
    const revision = { revisionType: 'AppSpecContent' as const, appSpecContent: { content } }
    const group = { applicationName: 'crypto-watch-backend', deploymentGroupName: 'crypto-watch-api' }
    return codeDeploy.send(new CreateDeploymentCommand({ ...group, revision, ...settings }))
  }
  const info = async (deploymentId: string | undefined) =>
    (await codeDeploy.send(new GetDeploymentCommand({ deploymentId }))).deploymentInfo
  const hookOf = (name: string) => ({ Hooks: [{ BeforeAllowTraffic: name }] })
  const alias = () => test.cloud.functions.alias(FunctionName)

  it('gets traffic once its hook has let it pass', async () => {
    const { deploymentId } = await create('good', hookOf('crypto-watch-before-traffic'))
    await test.minutes(1)
    expect(alias()).toMatchObject({ version: '41', weights: { '42': 0.1 } })
    expect((await info(deploymentId))?.revision?.appSpecContent?.content).toContain(
      '"Hooks":[{"BeforeAllowTraffic":"crypto-watch-before-traffic"}]',
    )
    await test.minutes(5)
    expect([(await info(deploymentId))?.status, alias().version]).toEqual(['Succeeded', '42'])
  })

  it('fails and is rolled back when its hook says no, and the version never had traffic', async () => {
    const arn = 'arn:aws:lambda:ap-northeast-1:123456789012:function:crypto-watch-before-traffic'
    const { deploymentId } = await create('needs-a-setting', hookOf(arn))
    await test.minutes(2)
    const failed = await info(deploymentId)
    expect(failed).toMatchObject({ status: 'Failed', errorInformation: { code: 'HOOK_EXECUTION_FAILURE' } })
    expect(await info(failed?.rollbackInfo?.rollbackDeploymentId)).toMatchObject({ status: 'Succeeded' })
    expect(alias()).toMatchObject({ version: '41', weights: {} })
  })

  it('fails when its hook does not exist, or is of another kind', async () => {
    const { deploymentId } = await create('good', hookOf('nobody'))
    await test.minutes(1)
    expect((await info(deploymentId))?.status).toBe('Failed')
    await expect(create('good', { Hooks: [{ AfterAllowTraffic: 'nobody' }] })).rejects.toThrow(/AppSpec/)
  })

  it('waits an hour for a hook that says nothing, and takes one answer', async () => {
    test.cloud.faults.add({ match: ({ operation }) => operation === 'GetDeployment', kind: 'refuse', times: 1 })
    test.cloud.faults.add({
      match: ({ operation }) => operation === 'PutLifecycleEventHookExecutionStatus',
      kind: 'refuse',
      times: 1,
    })
    const { deploymentId = '' } = await create('good', hookOf('crypto-watch-before-traffic'))
    await test.minutes(59)
    expect([test.cloud.deployments.find(deploymentId).status, alias().weights]).toEqual(['InProgress', {}])
    const answer = (
      status: 'Succeeded' | 'Pending',
      id = test.cloud.deployments.find(deploymentId).hook?.executionId,
    ) =>
      codeDeploy.send(
        new PutLifecycleEventHookExecutionStatusCommand({ deploymentId, lifecycleEventHookExecutionId: id, status }),
      )
    await expect(answer('Pending')).rejects.toBeInstanceOf(InvalidLifecycleEventHookExecutionStatusException)
    await expect(answer('Succeeded', 'other')).rejects.toBeInstanceOf(InvalidLifecycleEventHookExecutionIdException)
    await answer('Succeeded')
    await expect(answer('Succeeded')).rejects.toBeInstanceOf(LifecycleEventAlreadyCompletedException)
    await test.minutes(1)
    expect(alias().weights).toEqual({ '42': 0.1 })
  })

  it('brakes on the alarms that it names, in place of those of its group', async () => {
    test.cloud.functions.setBehaviour(FunctionName, 'every', { errorRate: 0.5 })
    await test.minutes(2)
    const others = { enabled: true, alarms: [{ name: 'LambdaThrottleAlarm' }] }
    const { deploymentId } = await create('good', { overrideAlarmConfiguration: others })
    await test.minutes(1)
    expect((await info(deploymentId))?.status).toBe('InProgress')
    test.cloud.alarms.setAlarmState('LambdaThrottleAlarm', 'ALARM', 'by hand')
    await test.cloud.deployments.tick(test.world.clock.now())
    expect(await info(deploymentId)).toMatchObject({
      status: 'Stopped',
      errorInformation: { code: 'ALARM_ACTIVE', message: expect.stringContaining('<LambdaThrottleAlarm>') },
    })
  })

  it.each([[[]], [[{ name: 'A' }, { name: 'A' }]], [[{ name: '' }]]])('is refused the alarms %j', async (alarms) => {
    const refused = create('good', { overrideAlarmConfiguration: { enabled: true, alarms } })
    await expect(refused).rejects.toBeInstanceOf(InvalidAlarmConfigException)
  })

  it('of an older sandbox goes on where it was', async () => {
    await create('good')
    await test.minutes(3)
    const { deployments, ...saved } = test.cloud.snapshot()
    const older = deployments.deployments.map(({ shiftedAt: _, hook: __, alarms: ___, ...known }) => known)
    const now = test.world.clock.now().toISOString()
    const restored = await testCloud({
      saved: { ...saved, deployments: { ...deployments, deployments: older } },
      start: now,
    })
    await restored.cloud.traffic.update(new Date(now))
    await restored.minutes(3)
    expect(restored.cloud.functions.alias(FunctionName)).toMatchObject({ version: '42', weights: {} })
    await restored.cloud.close()
  })
})
