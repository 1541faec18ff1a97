import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { awsClientSettings } from '../../common/aws-client-settings.ts'
import { releaseFunction } from '../../infra/release/release.ts'
import { releaseAll } from '../../infra/release/release-all.ts'
import { releaseCalls } from '../support/release-calls.ts'
import { releasesIn } from '../support/releases.ts'
import { api, type Story, startStory } from '../support/story.ts'

let story: Story
let release: ReturnType<typeof releasesIn>
beforeEach(async () => {
  story = await startStory()
  story.cloud.traffic.setRequestsPerMinute(120)
  release = releasesIn(story)
})
afterEach(() => story.stop())

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index))
const deploymentsTo = (version: string) =>
  story.cloud.deployments.list().filter(({ targetVersion, creator }) => targetVersion === version && creator === 'user')

describe('a run that is interrupted', () => {
  it('while it waits: the next one goes on with the deployment under way', async () => {
    release.upload('good')
    const { wall } = release.deps
    let pauses = 0
    const dying = async (ms: number) => {
      if (++pauses > 12) throw new Error('the lid of the laptop was shut')
      await wall.pause(ms)
    }
    const change = { commit: '4f6c1d2', author: 'Ren Ito', subject: 'Show decimals' }
    const broken = releaseAll({ ...release.deps, wall: { ...wall, pause: dying } }, change)
    await expect(broken).rejects.toThrow('the lid of the laptop was shut')
    expect(release.live()).toEqual({ version: '41', weights: { '42': 0.1 } })

    const [{ id } = { id: '' }] = deploymentsTo('42')
    expect((await release.run()).outcomes.api).toEqual({ is: 'released', deployment: id, from: '41', to: '42' })
    expect(release.said).toContain(`${api}: the deployment ${id} of this release is under way, going on with it`)
    expect([deploymentsTo('42').length, release.versions().at(-1)]).toEqual([1, '42'])
  })

  it('after it has published: the next one publishes nothing new', async () => {
    release.upload('good')
    story.cloud.faults.add({ match: ({ operation }) => operation === 'CreateDeployment', kind: 'refuse', times: 1 })
    await expect(release.run()).rejects.toThrow(/not authorized/)
    expect(release.versions().at(-1)).toBe('42')
    expect((await release.run()).outcomes.api).toMatchObject({ is: 'released', from: '41', to: '42' })
    expect(release.versions().at(-1)).toBe('42')
  })
})

describe('somebody else is at it', () => {
  it('another release under way is named and left alone', async () => {
    const other = story.cloud.functions.publish(api, { description: 'b7e9a10 by Aiko Tanaka: Else' })
    const group = story.cloud.names.deploymentGroups.api
    const { id } = story.cloud.deployments.create({
      group,
      targetVersion: other,
      description: 'b7e9a10 by Aiko Tanaka: Else',
    })
    release.upload('good')
    const refused = await release.run()
    expect(refused.outcomes.api).toMatchObject({ is: 'refused', why: 'deployment-under-way' })
    expect(refused.summary).toContain(
      `The deployment ${id} of ${api} is under way (v41 → v42, b7e9a10 by Aiko Tanaka: Else)`,
    )
    expect(release.versions().at(-1)).toBe('42')
  })

  it('a canary that somebody stops is rolled back, and the command says so', async () => {
    release.upload('good')
    const deps = {
      ...release.deps,
      say: (line: string) => {
        const [{ id, status } = { id: '', status: '' }] = deploymentsTo('42')
        if (line.includes('3 min left') && status === 'InProgress') story.cloud.deployments.stop(id, true)
      },
    }
    const wanted = { role: 'api', commit: '4f6c1d2', author: 'Ren Ito', subject: 'Show decimals' } as const
    expect(await releaseFunction(deps, wanted)).toMatchObject({
      is: 'rolled-back',
      alarms: [],
      because: expect.stringContaining('(MANUAL_STOP): The deployment was stopped by a user.'),
    })
    expect(release.live()).toEqual({ version: '41', weights: {} })
  })

  it('two versions that a stopped deployment left are refused, until somebody has decided', async () => {
    story.cloud.deployments.setFailRollback(true)
    release.upload('reads-by-index')
    const failed = await release.run()
    expect(failed).toMatchObject({ exitCode: 1, outcomes: { api: { is: 'failed' } } })
    expect(failed.summary).toMatch(/CodeDeploy's own rollback d-\w{9} failed too\./)

    story.cloud.deployments.setFailRollback(false)
    release.upload('good')
    expect((await release.run()).outcomes.api).toMatchObject({
      is: 'refused',
      why: 'two-versions',
      sentence: expect.stringContaining('points at v41 and v42 (10 %)'),
    })
    story.cloud.functions.updateAlias(api, { version: '41', weights: {} })
    await story.forward(3)
    expect((await release.run()).outcomes.api).toMatchObject({ is: 'released', from: '41', to: '43' })
  })
})

it('a brake that still rings for the version before is waited for', async () => {
  release.upload('knows-few-coins')
  expect((await release.run()).outcomes.api).toMatchObject({ is: 'rolled-back', alarms: ['NewVersionErrorAlarm'] })
  story.cloud.alarms.setAlarmState('NewVersionErrorAlarm', 'ALARM', 'still')
  release.upload('good')
  expect((await release.run()).outcomes.api).toMatchObject({ is: 'released', to: '43' })
  expect(release.said).toContain(
    'NewVersionErrorAlarm still rings for the version before, waiting until it looks at v43',
  )
})

describe('old versions', () => {
  it('stay while an open incident names them, and go when it is over', async () => {
    await story.play('bad-deploy')
    for (const build of numbers(43, 56)) story.cloud.functions.publish(api, { description: `build ${build}` })
    const released = await release.run({ whileAlarmRings: 'it ends the errors of v42' })
    expect(released.outcomes.api).toMatchObject({ is: 'released', from: '42', to: '56' })
    expect(release.said.at(-1)).toBe(`${api}: old versions deleted: v43, v44, v45, v46`)
    expect(release.versions()).toEqual([...numbers(38, 42), ...numbers(47, 56)])

    await story.forward(10)
    expect((await story.state()).incidents).toMatchObject([{ status: 'resolved' }])
    expect((await release.run()).outcomes.api).toEqual({ is: 'unchanged', version: '56' })
    expect(release.versions()).toEqual(numbers(47, 56))
  })

  it('stay when a record of an incident cannot be understood', async () => {
    for (const build of numbers(42, 56)) story.cloud.functions.publish(api, { description: `build ${build}` })
    story.cloud.functions.updateAlias(api, { version: '56' })
    const client = new DynamoDBClient(awsClientSettings(story.env, 'DYNAMODB', 1_000))
    const Item = { pk: 'SERVICE#api', live: 'live', evidence: { functions: { api: { alias: 41 } } } }
    await DynamoDBDocumentClient.from(client).send(new PutCommand({ TableName: 'crypto-watch-incidents', Item }))
    client.destroy()
    const done = await release.run()
    expect(done.exitCode).toBe(0)
    expect(release.said).toEqual([
      expect.stringMatching(
        /^crypto-watch-price-update-function: old versions stay, because what is still needed could not be read/,
      ),
      expect.stringMatching(/^crypto-watch-api-function: old versions stay, because/),
    ])
    expect(release.versions()).toEqual(numbers(38, 56))
  })
})

it('a whole release asks for these rights, and for no other', async () => {
  await story.play('bad-deploy')
  for (const build of numbers(43, 56)) story.cloud.functions.publish(api, { description: `build ${build}` })
  release.upload('good')
  await release.run({ whileAlarmRings: 'it ends the errors of v42' })
  const asked = story.cloud.calls.list().filter(({ caller }) => caller === 'developer')
  expect([...new Set(asked.map(({ service, operation }) => `${service}:${operation}`))].toSorted()).toEqual(
    releaseCalls,
  )
})
