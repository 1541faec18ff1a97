import { describe, expect, it } from 'vitest'
import type { Deployment } from '../../infra/release/aws-deployments.ts'
import type { Code } from '../../infra/release/aws-functions.ts'
import { createReleaseDeps, type ReleaseDeps } from '../../infra/release/deps.ts'
import { follow } from '../../infra/release/follow.ts'
import { releaseFunction } from '../../infra/release/release.ts'
import { createQuietLog } from '../support/quiet-log.ts'
import { createVirtualWall } from '../support/virtual-wall.ts'

const began = new Date('2026-11-23T03:00:00.000Z')

const aDeployment = (change: Partial<Deployment> = {}): Deployment => ({
  id: 'd-RELEASE01',
  status: 'InProgress',
  description: '',
  createdAt: began,
  startedAt: began,
  from: '41',
  to: '42',
  canaryMinutes: 5,
  isRollback: false,
  ...change,
})

/** A release whose AWS answers with one of these after the other; the last one stays. */
function releasing({ answers = [], code = [] }: { answers?: (Deployment | Error)[]; code?: Code[] }) {
  const wall = createVirtualWall(began)
  const said: string[] = []
  const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }
  const real = createReleaseDeps(env, { clock: wall, wall, log: createQuietLog() }, 'prod')
  const next = <T>(list: T[]): T => {
    const [first] = list.length > 1 ? list.splice(0, 1) : list
    if (first === undefined) throw new Error('This test has no answer for that.')
    return first
  }
  const deps: ReleaseDeps = {
    ...real,
    say: (line) => {
      said.push(line)
    },
    functions: {
      ...real.functions,
      code: async () => next(code),
      live: async () => ({ version: '41', weights: { '42': 0.1 } }),
      publish: async () => 'code-changed',
    },
    deployments: {
      ...real.deployments,
      underWay: async () => undefined,
      find: async (id) => {
        const answer = next(answers)
        if (answer instanceof Error) throw answer
        return { ...answer, id }
      },
    },
    alarms: { brakes: async (names) => names.map((name) => ({ name, state: 'rings' })), put: async () => undefined },
  }
  return { deps, said, wall }
}

const followed = {
  deployment: 'd-RELEASE01',
  functionName: 'crypto-watch-api-function',
  from: '41',
  to: '42',
  brakes: ['LambdaErrorAlarm', 'NewVersionErrorAlarm'],
}
const alarmActive = (message: string) =>
  aDeployment({ status: 'Stopped', rollback: 'd-ROLLBACK1', error: { code: 'ALARM_ACTIVE', message } })
const rollback = (status: string) => aDeployment({ status, isRollback: true, from: '42', to: '41' })

describe('following a deployment', () => {
  it('asks every ten seconds until it has succeeded', async () => {
    const { deps, wall } = releasing({ answers: [aDeployment(), aDeployment(), aDeployment({ status: 'Succeeded' })] })
    expect(await follow(deps, followed)).toEqual({ is: 'released', deployment: 'd-RELEASE01', from: '41', to: '42' })
    expect(wall.now()).toEqual(new Date('2026-11-23T03:00:20.000Z'))
  })

  it('tells what has changed, and nothing twice', async () => {
    const answers = [...Array.from({ length: 9 }, () => aDeployment()), aDeployment({ status: 'Succeeded' })]
    const { deps, said } = releasing({ answers })
    await follow(deps, followed)
    expect(said).toEqual([
      'crypto-watch-api-function: deployment d-RELEASE01 InProgress, v42 has 10 % of the traffic, about 5 min left',
      'crypto-watch-api-function: deployment d-RELEASE01 InProgress, v42 has 10 % of the traffic, about 4 min left',
    ])
  })

  it('waits for the rollback, and names the alarms that CodeDeploy names', async () => {
    const stopped = alarmActive('Activated alarms: <LambdaErrorAlarm>')
    const answers = [stopped, rollback('InProgress'), stopped, rollback('Succeeded')]
    const { deps } = releasing({ answers })
    expect(await follow(deps, followed)).toEqual({
      is: 'rolled-back',
      deployment: 'd-RELEASE01',
      rollbackDeployment: 'd-ROLLBACK1',
      because: 'The deployment d-RELEASE01 ended as Stopped (ALARM_ACTIVE): Activated alarms: <LambdaErrorAlarm>.',
      alarms: ['LambdaErrorAlarm'],
    })
  })

  it('names those that ring where CodeDeploy names none', async () => {
    const { deps } = releasing({ answers: [alarmActive('Alarms rang.'), rollback('Succeeded')] })
    expect(await follow(deps, followed)).toMatchObject({ alarms: ['LambdaErrorAlarm', 'NewVersionErrorAlarm'] })
  })

  it('says so when the rollback fails too', async () => {
    const { deps } = releasing({ answers: [alarmActive('x'), rollback('Failed')] })
    expect(await follow(deps, followed)).toEqual({
      is: 'failed',
      deployment: 'd-RELEASE01',
      because:
        "The deployment d-RELEASE01 ended as Stopped (ALARM_ACTIVE): x. CodeDeploy's own rollback d-ROLLBACK1 failed too. The deployment d-ROLLBACK1 ended as Failed.",
    })
  })

  it('gives CodeDeploy half a minute to name a rollback', async () => {
    const failed = aDeployment({ status: 'Failed', error: { code: 'INVALID_LAMBDA_CONFIGURATION', message: 'moved' } })
    const late = releasing({ answers: [failed, failed, { ...failed, rollback: 'd-ROLLBACK1' }, rollback('Succeeded')] })
    expect(await follow(late.deps, followed)).toMatchObject({ is: 'rolled-back', alarms: [] })
    const never = releasing({ answers: [failed] })
    expect(await follow(never.deps, followed)).toEqual({
      is: 'failed',
      deployment: 'd-RELEASE01',
      because:
        'The deployment d-RELEASE01 ended as Failed (INVALID_LAMBDA_CONFIGURATION): moved. CodeDeploy does not take it back.',
    })
    expect(never.wall.now()).toEqual(new Date('2026-11-23T03:00:30.000Z'))
  })

  it('bears AWS being away for a while, and not for good', async () => {
    const away = new Error('away')
    const back = releasing({ answers: [away, away, away, away, away, aDeployment({ status: 'Succeeded' })] })
    expect(await follow(back.deps, followed)).toMatchObject({ is: 'released' })
    expect(back.said).toHaveLength(5)
    await expect(follow(releasing({ answers: [away] }).deps, followed)).rejects.toThrow('away')
  })

  it('does not wait for ever', async () => {
    const { deps, wall } = releasing({ answers: [aDeployment()] })
    expect(await follow(deps, followed)).toEqual({ is: 'not-ended', deployment: 'd-RELEASE01', minutes: 20 })
    expect(wall.now()).toEqual(new Date('2026-11-23T03:20:00.000Z'))
  })
})

describe('the code that is to be published', () => {
  const wanted = { role: 'api', commit: '4f6c1d2', author: 'Ren Ito', subject: 'Show decimals' } as const
  const ready: Code = { sha: 'new', state: 'ready' }
  const onlyLive = (deps: ReleaseDeps): ReleaseDeps => ({
    ...deps,
    functions: { ...deps.functions, live: async () => ({ version: '41', weights: {} }) },
  })

  it('is waited for, and refused when other code came in between', async () => {
    const { deps, wall } = releasing({ code: [{ sha: 'old', state: 'updating' }, ready] })
    expect(await releaseFunction(onlyLive(deps), wanted)).toEqual({
      is: 'refused',
      why: 'code-changed',
      sentence: 'Other code of crypto-watch-api-function was uploaded while this run looked. Deploy again.',
    })
    expect(wall.now()).toEqual(new Date('2026-11-23T03:00:10.000Z'))
  })

  it.each([
    [
      { sha: 'x', state: 'failed', why: 'no such role' },
      'update-failed',
      'The last update of crypto-watch-api-function failed: no such role. Deploy the stacks again.',
    ],
    [
      { sha: 'x', state: 'updating' },
      'update-not-ended',
      'The last update of crypto-watch-api-function has not ended for 5 min: Lambda gives no reason. Deploy again.',
    ],
  ] as const)('is refused as %j', async (code, why, sentence) => {
    const { deps } = releasing({ code: [code] })
    expect(await releaseFunction(onlyLive(deps), wanted)).toEqual({ is: 'refused', why, sentence })
  })
})
