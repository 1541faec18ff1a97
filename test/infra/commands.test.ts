import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import { afterEach, describe, expect, it } from 'vitest'
import { parseDescription } from '../../bot/incident/evidence.ts'
import { readArguments, UsageError } from '../../infra/commands/arguments.ts'
import { changeFrom, deployOptions, refuseSamples } from '../../infra/commands/deploy.ts'
import { drill, drillOptions } from '../../infra/commands/drill.ts'
import { smoke } from '../../infra/commands/smoke.ts'
import { describeVersion } from '../../infra/release/describe.ts'
import { ownStages, readStages, samplesIn, stageNames } from '../../infra/stages.ts'
import { sampleKey } from '../../sandbox/cloud/gateway/api-keys.ts'
import { type Story, startStory } from '../support/story.ts'
import { createVirtualWall } from '../support/virtual-wall.ts'

let story: Story | undefined
afterEach(async () => {
  await story?.stop()
  story = undefined
})

function lines() {
  const said: string[] = []
  return { said, say: (line: string) => said.push(line) }
}

function clientsOf({ cloud }: Story) {
  const settings = {
    endpoint: cloud.endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'developer', secretAccessKey: 'sandbox' },
  }
  return { cloudwatch: new CloudWatchClient(settings), codedeploy: new CodeDeployClient(settings) }
}

describe('how commands are called', () => {
  const refusal = (...args: string[]): string => {
    try {
      readArguments('deploy', deployOptions, args)
    } catch (error) {
      if (error instanceof UsageError) return error.message
      throw error
    }
    throw new Error('It was taken.')
  }

  it('takes a stage and the options of the command', () => {
    expect(
      readArguments('deploy', deployOptions, ['--stage', 'prod', '--while-alarm-rings', 'the fix', '--yes']),
    ).toEqual({
      stage: 'prod',
      'while-alarm-rings': 'the fix',
      yes: true,
    })
    expect(readArguments('drill', drillOptions, ['--stage=staging'])).toEqual({ stage: 'staging' })
  })

  it.each([
    [[], 'Which stage?'],
    [['--stage', 'production'], 'There is no stage production.'],
    [['--stage', 'prod', '--force'], "Unknown option '--force'"],
    [['prod'], 'Unexpected argument'],
  ])('%j is answered with what was wrong and how to call it', (args, why) => {
    const said = refusal(...args)
    expect(said).toContain(why)
    expect(said).toContain('npm run deploy -- --stage <stage>')
    expect(said).toContain('--while-alarm-rings <reason>')
  })
})

describe('settings of the stages', () => {
  it('that came with the repository are refused by a deployment, each by its value', () => {
    for (const stage of stageNames) {
      const settings = ownStages()[stage]
      if (samplesIn(settings).length === 0) continue
      expect(() => refuseSamples(stage, settings)).toThrow(/samples for (staging|prod): .*S00EXAMPLE1/)
    }
  })

  it('of a real team pass', () => {
    const { prod } = ownStages()
    const real = {
      ...prod,
      repository: 'hoshi/crypto-watch',
      alarmMail: ['night@hoshi.jp'],
      managerMail: ['management@hoshi.jp'],
      healthMail: ['keepers@hoshi.jp'],
      slack: { ...prod.slack, oncall: 'S0ABC12DEF', developers: 'U0AAAAAAA1,U0AAAAAAA2', managers: 'S0ABC12GHI' },
    }
    expect(() => refuseSamples('prod', real)).not.toThrow()
    expect(readStages(JSON.stringify({ staging: real, prod: real })).prod).toEqual(real)
  })

  it('that are wrong are all told at once, by their place', () => {
    const { prod } = ownStages()
    const wrong = { ...prod, region: 'Tokyo', slack: { ...prod.slack, oncall: '@oncall' }, logDays: 45 }
    expect(() => readStages(JSON.stringify({ staging: prod, prod: wrong }))).toThrow(
      /region[\s\S]*slack\.oncall[\s\S]*logDays|expected an AWS region[\s\S]*expected the id of a Slack user group/,
    )
  })
})

describe('what is deployed', () => {
  const git =
    (status: string) =>
    (...args: string[]) =>
      args[0] === 'status' ? status : '0123abc\nAiko Tanaka\nAnswer 404: unknown coins'

  it('is told by its commit, so that the bot can name it', () => {
    const change = changeFrom(git(''), 'prod')
    expect(parseDescription(describeVersion(change))).toEqual({
      commit: '0123abc',
      author: 'Aiko Tanaka',
      subject: 'Answer 404: unknown coins',
    })
  })

  it('has a commit in production; elsewhere one may try, and the version says so', () => {
    expect(() => changeFrom(git(' M api/handler.ts'), 'prod')).toThrow(/commit first/)
    expect(changeFrom(git(' M api/handler.ts'), 'staging').subject).toBe(
      'Answer 404: unknown coins (and changes without a commit)',
    )
  })
})

describe('npm run drill', () => {
  const channel = '#crypto-watch-alerts'

  it('lets an alarm ring: the message appears, CloudWatch takes it back, and the incident resolves by itself', async () => {
    story = await startStory()
    const { said, say } = lines()
    expect(await drill(clientsOf(story), { stage: 'prod', alarm: 'LambdaErrorAlarm', channel }, say)).toBe(true)
    await story.quiet()
    expect(await story.incident('api')).toMatchObject({ severity: 'Critical', status: 'open' })
    expect((await story.incident('api')).alarms.LambdaErrorAlarm?.reason).toMatch(/^Drill/)
    expect(said.join('\n')).toContain(`one message in ${channel}: severity Critical, the reason begins with "Drill"`)
    expect(await story.press('aiko', 'api', 'Acknowledge')).toMatchObject({ ok: true })
    await story.forward(8)
    expect(await story.incident('api')).toMatchObject({ status: 'resolved' })
  })

  it('does nothing while the alarm rings for real, or where there is none', async () => {
    story = await startStory()
    const clients = clientsOf(story)
    await story.play('bad-deploy')
    const { said, say } = lines()
    expect(await drill(clients, { stage: 'prod', alarm: 'LambdaErrorAlarm', channel }, say)).toBe(false)
    expect(await drill(clients, { stage: 'staging', alarm: 'LambdaErrorAlarm', channel }, say)).toBe(false)
    expect(said).toEqual([
      `LambdaErrorAlarm rings already, and not for a drill. Look at ${channel}.`,
      'The account has no alarm LambdaErrorAlarm-staging. Deploy the stage first: npm run deploy -- --stage staging',
    ])
    await expect(drill(clients, { stage: 'prod', alarm: 'NoSuchAlarm', channel }, say)).rejects.toThrow(
      /There is no alarm NoSuchAlarm. There are LambdaErrorAlarm, /,
    )
  })
})

describe('npm run drill, while a deployment is under way', () => {
  it('leaves alone what the alarm would stop, and rings another one', async () => {
    story = await startStory()
    const { cloud } = story
    const clients = clientsOf(story)
    const targetVersion = cloud.functions.publish('crypto-watch-api-function', { description: 'build' })
    const { id } = cloud.deployments.create({ group: 'crypto-watch-api', targetVersion })
    const { said, say } = lines()
    const channel = '#crypto-watch-alerts'
    expect(await drill(clients, { stage: 'prod', alarm: 'LambdaErrorAlarm', channel }, say)).toBe(false)
    expect(said).toEqual([
      `The deployment ${id} is under way, and LambdaErrorAlarm would stop it. Wait for its end, or take another alarm.`,
    ])
    expect(cloud.alarms.state('LambdaErrorAlarm').value).toBe('OK')
    expect(await drill(clients, { stage: 'prod', alarm: 'ApiLatencyP95Alarm', channel }, say)).toBe(true)
  })
})

describe('npm run smoke', () => {
  it('asks the API what a client would', async () => {
    story = await startStory()
    const { said, say } = lines()
    const { prices: apiUrl } = story.addresses
    expect(await smoke({ apiUrl, apiKey: sampleKey, wall: createVirtualWall(), say })).toBe(true)
    expect(said[0]).toBe('✓ without a key: 403, API key missing or wrong')
    expect(said[1]).toMatch(/^✓ with a key: bitcoin \d+(\.\d+)?, ethereum \d+(\.\d+)?$/)
    expect(said[2]).toBe('✓ /health: 200')
  })

  it('waits for the first prices of a new stage, and gives up after some minutes', async () => {
    story = await startStory()
    await story.play('upstream-down')
    story.cloud.traffic.setRequestsPerMinute(0)
    await story.sandboxForward(20 * 60)
    const { said, say } = lines()
    const wall = createVirtualWall()
    const { prices: apiUrl } = story.addresses
    expect(await smoke({ apiUrl, apiKey: sampleKey, wall, say })).toBe(false)
    expect(said.at(1)).toMatch(/^… with a key: bitcoin .*\(stale\)/)
    expect(said.at(-1)).toBe('✗ no fresh prices in 7 min. The log of the updater says why.')
  })

  it('tells when there is no answer at all', async () => {
    const { said, say } = lines()
    const nobody = () => Promise.reject(new TypeError('fetch failed'))
    const apiUrl = 'https://prices.example/prod/'
    expect(await smoke({ apiUrl, apiKey: sampleKey, wall: createVirtualWall(), say, fetch: nobody })).toBe(false)
    expect(said).toEqual(['✗ without a key: no answer, TypeError: fetch failed'])
  })

  it('sees that a key no longer opens anything', async () => {
    story = await startStory()
    const { said, say } = lines()
    const { prices: apiUrl } = story.addresses
    expect(await smoke({ apiUrl, apiKey: 'no-such-key', wall: createVirtualWall(), say })).toBe(false)
    expect(said.at(1)).toBe('… with a key: 403')
  })
})
