import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { release } from '../../sandbox/scenarios/story.ts'
import { type TestCloud, testCloud } from './cloud-support.ts'

let test: TestCloud
let api: string

beforeEach(async () => {
  test = await testCloud()
  api = test.cloud.names.functions.api
})
afterEach(() => test.cloud.close())

const alias = () => {
  const { version, weights } = test.cloud.functions.alias(api)
  return { version, weights }
}
const status = (id: string) => test.cloud.deployments.find(id).status
const change = { author: 'Ren Ito', subject: 'A change' }

/** States of deployments as the topic told them, with the group for the updater's. */
const states = () =>
  test.published.flatMap((message) =>
    typeof message === 'object' && message !== null && 'detail' in message ? [message.detail] : [],
  )

describe('a canary', () => {
  it('gets a tenth of the traffic for five minutes, then all of it', async () => {
    const { version, deployment } = release(test.world, 'api', change)
    expect(status(deployment)).toBe('Created')
    await test.minutes(1)
    expect([status(deployment), alias()]).toEqual(['InProgress', { version: '41', weights: { [version]: 0.1 } }])
    await test.minutes(4)
    expect(alias()).toEqual({ version: '41', weights: { [version]: 0.1 } })
    await test.minutes(1)
    expect([status(deployment), alias()]).toEqual(['Succeeded', { version, weights: {} }])
    expect(states()).toMatchObject([
      {
        deploymentId: deployment,
        state: 'START',
        application: 'crypto-watch-backend',
        deploymentGroup: 'crypto-watch-api',
      },
      { deploymentId: deployment, state: 'SUCCESS' },
    ])
  })

  it('is stopped by a brake alarm and rolled back by a new deployment', async () => {
    const { deployment } = release(test.world, 'api', change)
    await test.minutes(2)
    test.cloud.functions.setBehaviour(api, 'every', { errorRate: 0.5 })
    await test.minutes(2)
    expect(test.cloud.deployments.find(deployment)).toMatchObject({
      status: 'Stopped',
      error: { code: 'ALARM_ACTIVE', message: expect.stringContaining('LambdaErrorAlarm') },
    })
    const rollback = test.cloud.deployments.find(deployment).rollbackInfo?.rollbackDeploymentId ?? ''
    expect(status(rollback)).toBe('Created')
    await test.minutes(1)
    expect(test.cloud.deployments.find(rollback)).toMatchObject({
      status: 'Succeeded',
      creator: 'codeDeployRollback',
      targetVersion: '41',
      rollbackInfo: { rollbackTriggeringDeploymentId: deployment },
    })
    expect(alias()).toEqual({ version: '41', weights: {} })
    expect(states()).toMatchObject([{ state: 'START' }, { state: 'STOP' }, { state: 'START' }, { state: 'SUCCESS' }])
  })

  it('goes on through a ringing brake when told so, and does not begin otherwise', async () => {
    test.cloud.functions.setBehaviour(api, 'every', { errorRate: 0.5 })
    await test.minutes(2)
    const refused = release(test.world, 'api', change)
    await test.minutes(2)
    expect(status(refused.deployment)).toBe('Stopped')
    const { id } = test.cloud.deployments.create({
      group: 'crypto-watch-api',
      targetVersion: refused.version,
      overrideAlarms: true,
    })
    await test.minutes(6)
    expect([status(id), alias().version]).toEqual(['Succeeded', refused.version])
  })

  it('leaves two versions on the alias when the rollback fails, and then CodeDeploy refuses every deployment', async () => {
    test.cloud.deployments.setFailRollback(true)
    const { version, deployment } = release(test.world, 'api', change)
    await test.minutes(1)
    test.cloud.functions.setBehaviour(api, version, { errorRate: 1 })
    test.cloud.traffic.setRequestsPerMinute(120)
    await test.minutes(3)
    const rollback = test.cloud.deployments.find(deployment).rollbackInfo?.rollbackDeploymentId ?? ''
    expect([status(deployment), status(rollback)]).toEqual(['Stopped', 'Failed'])
    expect(alias()).toEqual({ version: '41', weights: { [version]: 0.1 } })
    test.cloud.functions.heal()
    await test.minutes(3)
    const next = release(test.world, 'api', change)
    await test.minutes(1)
    expect(test.cloud.deployments.find(next.deployment)).toMatchObject({
      status: 'Failed',
      error: { code: 'INVALID_LAMBDA_CONFIGURATION' },
    })
  })
})

describe('a stop on request', () => {
  it('without automatic rollback leaves two versions on the alias', async () => {
    const { version, deployment } = release(test.world, 'api', change)
    await test.minutes(1)
    test.cloud.deployments.stop(deployment, false)
    await test.minutes(3)
    expect(alias()).toEqual({ version: '41', weights: { [version]: 0.1 } })
    expect(test.cloud.deployments.find(deployment).rollbackInfo).toBeUndefined()
  })
})

describe('a deployment that meets a moved alias', () => {
  it('fails when the alias is no longer where the deployer believed it to be', async () => {
    const { deployment } = release(test.world, 'api', change)
    test.cloud.functions.updateAlias(api, { version: '40' })
    await test.minutes(1)
    expect([status(deployment), alias().version]).toEqual(['Failed', '40'])
  })
})

describe('the updater', () => {
  it('is deployed all at once', async () => {
    const { version, deployment } = release(test.world, 'updater', change)
    await test.minutes(1)
    expect(status(deployment)).toBe('Succeeded')
    expect(test.cloud.functions.alias(test.cloud.names.functions.updater)).toMatchObject({ version, weights: {} })
  })
})
