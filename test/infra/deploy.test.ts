import { afterEach, expect, it } from 'vitest'
import { type DeployParts, deploy } from '../../infra/commands/deploy.ts'
import type { ReleaseName } from '../../sandbox/cloud/price-service/releases.ts'
import { releasesIn } from '../support/releases.ts'
import { sampleStages } from '../support/sample-stages.ts'
import { type Story, startStory } from '../support/story.ts'

let story: Story
afterEach(() => story?.stop())

/** The command as a developer calls it; only CloudFormation is not there: its part is to upload the code. */
async function developer(options: { stacksFail?: boolean } = {}) {
  story = await startStory()
  story.cloud.traffic.setRequestsPerMinute(120)
  const release = releasesIn(story)
  const said: string[] = []
  const cdk: string[][] = []
  let code: ReleaseName = 'good'
  const parts: DeployParts = {
    stages: sampleStages,
    git: (...args) => (args[0] === 'status' ? '' : '4f6c1d2\nRen Ito\nShow decimals'),
    cdk: async (args) => {
      cdk.push([...args])
      if (options.stacksFail) return false
      release.upload(code)
      return true
    },
    release: () => release.deps,
    outputs: () => ({ ApiUrl: 'https://prices.example/prod/' }),
    say: (line) => {
      said.push(line)
    },
  }
  return {
    said,
    cdk,
    release,
    /** Answers with the exit code's meaning: did it get through? */
    deploys: (what: ReleaseName, ...args: string[]) => {
      code = what
      return deploy(parts, ['--stage', 'prod', ...args])
    },
  }
}

it('deploys the stacks in their order, releases, and tells the addresses', async () => {
  const { deploys, said, cdk, release } = await developer()
  expect(await deploys('good')).toBe(true)
  expect(cdk).toEqual([
    [
      'deploy',
      ...['crypto-watch-alarms', 'crypto-watch-service', 'crypto-watch-bot'],
      ...['--exclusively', '--require-approval', 'broadening', '--outputs-file'],
      expect.stringMatching(/cdk\.out\/outputs-prod\.json$/),
    ],
  ])
  expect(release.live()).toEqual({ version: '42', weights: {} })
  expect(said.join('\n')).toMatch(/crypto-watch-api-function: v41 → v42, released by d-\w{9}/)
  expect(said.at(-1)).toBe('ApiUrl             https://prices.example/prod/')
})

it('fails when a bad canary is taken back, and names the alarm', async () => {
  const { deploys, said, release } = await developer()
  expect(await deploys('reads-by-index')).toBe(false)
  expect(release.live()).toEqual({ version: '41', weights: {} })
  expect(said.join('\n')).toMatch(/rolled back by CodeDeploy \(d-\w{9}\): stopped by \w+Alarm/)
})

it('releases nothing when the stacks fail', async () => {
  const { deploys, said, release } = await developer({ stacksFail: true })
  expect(await deploys('good')).toBe(false)
  expect(release.versions().at(-1)).toBe('41')
  expect(said.at(-1)).toContain('no version was published and live points where it did')
})

it('makes the role of the workflow alone, without a release', async () => {
  const { deploys, cdk, release } = await developer()
  expect(await deploys('good', '--deployer', '--yes')).toBe(true)
  expect(cdk[0]?.slice(0, 4)).toEqual(['deploy', 'crypto-watch-deployer', '--exclusively', '--require-approval'])
  expect(cdk[0]).toContain('never')
  expect(release.versions().at(-1)).toBe('41')
})

it('wants a reason before it passes over an alarm', async () => {
  const { deploys, cdk } = await developer()
  await expect(deploys('good', '--while-alarm-rings', ' ')).rejects.toThrow('--while-alarm-rings wants a reason.')
  expect(cdk).toEqual([])
})
