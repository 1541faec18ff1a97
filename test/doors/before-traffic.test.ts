import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBeforeTraffic } from '../../infra/before-traffic/handler.ts'
import { newHook } from '../../sandbox/cloud/deployments/hook.ts'
import { type Doors, startDoors } from '../support/doors.ts'

let doors: Doors
beforeEach(async () => {
  doors = await startDoors()
})
afterEach(() => doors.stop())

const settings = () => ({
  STAGE: 'prod',
  AWS_ENDPOINT_URL: doors.cloud.endpoint,
  AWS_ACCESS_KEY_ID: 'hook',
  AWS_SECRET_ACCESS_KEY: 'hook',
})
const hook = () => createBeforeTraffic(settings(), doors.world)

/** A deployment of this code whose hook is at work, and the event that CodeDeploy calls it with. */
function waiting(code: string, role: 'api' | 'updater' = 'api') {
  const { functions, deployments, names } = doors.cloud
  const version = functions.publish(names.functions[role], { description: code, code })
  const group = names.deploymentGroups[role]
  const deployment = deployments.create({ group, targetVersion: version, hook: names.beforeTraffic })
  deployment.hook = { ...newHook(names.beforeTraffic), status: 'InProgress' }
  const event = { DeploymentId: deployment.id, LifecycleEventHookExecutionId: deployment.hook.executionId }
  return { version, deployment, event }
}
const answered = (id: string) => doors.cloud.deployments.find(id).hook?.status
const calls = () => doors.cloud.calls.list().filter(({ caller }) => caller === 'hook')
const logged = () => doors.log.lines.map(({ level, message, details }) => ({ level, message, ...details }))

describe('the hook before traffic', () => {
  it.each(['api', 'updater'] as const)('lets a version of the %s pass that reads its table', async (role) => {
    const { version, deployment, event } = waiting('good', role)
    expect(await hook()(event)).toEqual({ status: 'Succeeded' })
    expect(answered(deployment.id)).toBe('Succeeded')
    expect(calls().map(({ operation, input }) => [operation, input.Qualifier])).toEqual([
      ['GetDeployment', undefined],
      ['Invoke', version],
      ['PutLifecycleEventHookExecutionStatus', undefined],
    ])
    expect(calls()[1]?.input).toMatchObject({ Payload: { check: 'before-traffic' } })
  })

  it.each([
    ['needs-a-setting', 'PRICES_TABLE'],
    ['reads-another-table', 'ResourceNotFoundException'],
  ])('stops a version that %s, and says why', async (code, why) => {
    const { version, deployment, event } = waiting(code)
    expect(await hook()(event)).toEqual({ status: 'Failed' })
    expect(answered(deployment.id)).toBe('Failed')
    expect(logged().at(-1)).toMatchObject({
      level: 'error',
      message: 'the new version gets no traffic',
      deployment: deployment.id,
      version,
      because: expect.stringContaining(why),
    })
  })

  it('does not ask how old prices are', async () => {
    const { deployment, event } = waiting('good')
    doors.wall.jump(3 * 3_600_000)
    expect(await hook()(event)).toEqual({ status: 'Succeeded' })
    expect(answered(deployment.id)).toBe('Succeeded')
  })

  it('called twice leaves what it answered first', async () => {
    const { deployment, event } = waiting('good')
    await hook()(event)
    expect(await hook()(event)).toEqual({ status: 'Succeeded' })
    expect(answered(deployment.id)).toBe('Succeeded')
    expect(logged().at(-1)?.message).toBe('this hook has been answered before')
  })

  it('stops a deployment of a function that it does not know', async () => {
    const { deployment, event } = waiting('good')
    deployment.function = 'somebody-else'
    expect(await hook()(event)).toEqual({ status: 'Failed' })
    expect(calls().map(({ operation }) => operation)).not.toContain('Invoke')
    expect(logged().at(-1)).toMatchObject({ because: 'somebody-else is none of the functions it checks' })
  })

  it.each(['GetDeployment', 'Invoke'])('reports a failure when %s is refused, and dies of it', async (operation) => {
    const { deployment, event } = waiting('good')
    doors.cloud.faults.add({ match: (call) => call.operation === operation, kind: 'refuse' })
    await expect(hook()(event)).rejects.toThrow(/not authorized/)
    expect(answered(deployment.id)).toBe('Failed')
  })

  it('reports a failure when its good news is refused: the deployment does not wait for an hour', async () => {
    const { deployment, event } = waiting('good')
    const operation = 'PutLifecycleEventHookExecutionStatus'
    doors.cloud.faults.add({ match: (call) => call.operation === operation, kind: 'refuse', times: 1 })
    await expect(hook()(event)).rejects.toThrow(/not authorized/)
    expect(answered(deployment.id)).toBe('Failed')
  })

  it('says so when nothing can be reported', async () => {
    const { deployment, event } = waiting('good')
    doors.cloud.faults.add({ match: ({ service }) => service === 'codedeploy', kind: 'refuse' })
    await expect(hook()(event)).rejects.toThrow(/not authorized/)
    expect(answered(deployment.id)).toBe('InProgress')
    expect(
      logged()
        .slice(-2)
        .map(({ message }) => message),
    ).toEqual(['the new version could not be checked', 'the failed check could not be reported'])
  })

  it('dies of an event that is none of CodeDeploy’s, and does not start without its stage', async () => {
    await expect(hook()({ deploymentId: 'd-1' })).rejects.toThrow(/DeploymentId/)
    expect(() => createBeforeTraffic({ ...settings(), STAGE: undefined }, doors.world)).toThrow(/STAGE/)
  })
})

describe('the check', () => {
  const check = { check: 'before-traffic' }
  const asked = (name: string, event: unknown = check) => doors.cloud.functions.invoke(name, 'live', event)

  it.each(['api', 'updater'] as const)('is answered by the %s with one read, and throws a failed one', async (role) => {
    const name = doors.cloud.names.functions[role]
    doors.cloud.calls.clear()
    expect(await asked(name)).toMatchObject({ ok: true, payload: { ok: true } })
    expect(doors.cloud.calls.list().map(({ operation, caller }) => [operation, caller])).toEqual([
      ['BatchGetItem', name],
    ])
    doors.cloud.faults.add({ match: ({ service }) => service === 'dynamodb', kind: 'refuse' })
    expect(await asked(name)).toMatchObject({ ok: false, failure: { errorType: 'AccessDeniedException' } })
  })

  it('starts no update', async () => {
    const before = doors.cloud.upstream.requests().length
    await asked(doors.cloud.names.functions.updater)
    expect(doors.cloud.upstream.requests()).toHaveLength(before)
  })

  it('is nothing else than that word', async () => {
    const other = await asked(doors.cloud.names.functions.api, { check: 'something else' })
    expect(other).toMatchObject({ ok: false, failure: { errorType: 'ZodError' } })
  })
})
