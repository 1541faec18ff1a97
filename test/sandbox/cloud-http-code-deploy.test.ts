import {
  ApplicationDoesNotExistException,
  BatchGetDeploymentsCommand,
  CodeDeployClient,
  CreateDeploymentCommand,
  DeploymentAlreadyCompletedException,
  DeploymentDoesNotExistException,
  DeploymentGroupDoesNotExistException,
  DeploymentLimitExceededException,
  GetDeploymentCommand,
  InvalidRevisionException,
  ListDeploymentsCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

let test: TestCloud
let codeDeploy: CodeDeployClient
let applicationName: string
let deploymentGroupName: string

beforeAll(async () => {
  test = await testCloud()
  codeDeploy = new CodeDeployClient(client(test.cloud))
  applicationName = test.cloud.names.application
  deploymentGroupName = test.cloud.names.deploymentGroups.api
})
afterAll(async () => {
  codeDeploy.destroy()
  await test.cloud.close()
})

const appSpec = (CurrentVersion: string, TargetVersion: string, Name = test.cloud.names.functions.api) =>
  JSON.stringify({
    version: 0.0,
    Resources: [
      { fn: { Type: 'AWS::Lambda::Function', Properties: { Name, Alias: 'live', CurrentVersion, TargetVersion } } },
    ],
  })

const create = (content: string, extra = {}) =>
  codeDeploy.send(
    new CreateDeploymentCommand({
      applicationName,
      deploymentGroupName,
      description: 'by hand',
      revision: { revisionType: 'AppSpecContent', appSpecContent: { content } },
      ...extra,
    }),
  )

const list = (input: object) => codeDeploy.send(new ListDeploymentsCommand({ applicationName, ...input }))

describe('deployments of the past', () => {
  it('are listed newest first, by group, status and time', async () => {
    const { deployments = [] } = await list({ deploymentGroupName })
    expect(deployments).toHaveLength(3)
    const { deploymentsInfo } = await codeDeploy.send(new BatchGetDeploymentsCommand({ deploymentIds: deployments }))
    const versions = deploymentsInfo?.map(({ revision }) => JSON.parse(revision?.string?.content ?? '').Resources[0])
    expect(versions?.map((resource) => Object.values(resource))).toMatchObject([
      [{ Properties: { CurrentVersion: '40', TargetVersion: '41' } }],
      [{ Properties: { CurrentVersion: '39', TargetVersion: '40' } }],
      [{ Properties: { CurrentVersion: '38', TargetVersion: '39' } }],
    ])
    expect((await list({ deploymentGroupName, includeOnlyStatuses: ['InProgress'] })).deployments).toEqual([])
    const lastDays = { start: new Date('2026-11-20T00:00:00Z'), end: new Date('2026-11-23T00:00:00Z') }
    expect((await list({ deploymentGroupName, createTimeRange: lastDays })).deployments).toEqual(
      deployments.slice(0, 1),
    )
  })

  it('are told with all that CodeDeploy tells', async () => {
    const { deployments = [] } = await list({ deploymentGroupName })
    const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId: deployments[0] }))
    expect(deploymentInfo).toMatchObject({
      applicationName,
      deploymentGroupName,
      deploymentId: expect.stringMatching(/^d-[A-Z0-9]{9}$/),
      status: 'Succeeded',
      creator: 'user',
      createTime: new Date('2026-11-20T22:01:00.000Z'),
      completeTime: new Date('2026-11-20T22:07:00.000Z'),
      description: expect.stringContaining('by Mika Sato'),
      computePlatform: 'Lambda',
      revision: { revisionType: 'String' },
    })
  })
})

describe('a batch', () => {
  it('leaves out unknown deployments', async () => {
    const { deploymentsInfo } = await codeDeploy.send(
      new BatchGetDeploymentsCommand({ deploymentIds: ['d-NOBODY123'] }),
    )
    expect(deploymentsInfo).toEqual([])
  })
})

describe('a deployment by hand', () => {
  it('is created, refused a second time, stopped, and cannot be stopped again', async () => {
    const { deploymentId } = await create(appSpec('41', '40'))
    await expect(create(appSpec('41', '40'))).rejects.toBeInstanceOf(DeploymentLimitExceededException)
    await test.minutes(1)
    const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId }))
    expect(deploymentInfo).toMatchObject({
      status: 'InProgress',
      description: 'by hand',
      revision: { revisionType: 'AppSpecContent', appSpecContent: { content: expect.stringContaining('"40"') } },
    })
    const stopped = await codeDeploy.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }))
    expect(stopped.status).toBe('Succeeded')
    const again = codeDeploy.send(new StopDeploymentCommand({ deploymentId }))
    await expect(again).rejects.toBeInstanceOf(DeploymentAlreadyCompletedException)

    const after = await codeDeploy.send(new GetDeploymentCommand({ deploymentId }))
    expect(after.deploymentInfo).toMatchObject({ status: 'Stopped', errorInformation: { code: 'MANUAL_STOP' } })
    const rollback = after.deploymentInfo?.rollbackInfo?.rollbackDeploymentId
    await test.minutes(1)
    const { deploymentInfo: undone } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId: rollback }))
    expect(undone).toMatchObject({
      status: 'Succeeded',
      creator: 'codeDeployRollback',
      rollbackInfo: { rollbackTriggeringDeploymentId: deploymentId, rollbackMessage: expect.any(String) },
    })
  })

  it.each([
    ['a text that is no AppSpec', () => create('resources:'), InvalidRevisionException],
    ['an AppSpec of another function', () => create(appSpec('1', '2', 'other')), InvalidRevisionException],
    [
      'another application',
      () => create(appSpec('41', '40'), { applicationName: 'other' }),
      ApplicationDoesNotExistException,
    ],
    [
      'another group',
      () => create(appSpec('41', '40'), { deploymentGroupName: 'other' }),
      DeploymentGroupDoesNotExistException,
    ],
    [
      'an unknown id',
      () => codeDeploy.send(new GetDeploymentCommand({ deploymentId: 'd-NOBODY123' })),
      DeploymentDoesNotExistException,
    ],
  ])('is refused for %s', async (_, attempt, kind) => {
    await expect(attempt()).rejects.toBeInstanceOf(kind)
  })
})
