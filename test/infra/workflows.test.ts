import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { deployOptions } from '../../infra/commands/deploy.ts'
import { stageNames } from '../../infra/stages.ts'
import { read, root, section, spansOf, tableOf } from '../support/documents.ts'
import { type Synthesised, synthesised } from '../support/synthesised.ts'

const workflows = ['.github/workflows/ci.yml', '.github/workflows/deploy.yml'] as const

let made: Synthesised
beforeAll(async () => {
  made = await synthesised()
}, 60_000)

describe('workflows', () => {
  interface Step {
    uses?: string
    run?: string
    with?: Record<string, string>
  }
  interface Job {
    uses?: string
    environment?: string
    permissions?: Record<string, string>
    concurrency?: { group: string; 'cancel-in-progress': boolean }
    'timeout-minutes'?: number
    env?: Record<string, string>
    steps?: Step[]
    if?: string
  }
  interface Workflow {
    on: Record<string, unknown>
    permissions: Record<string, string>
    jobs: Record<string, Job>
  }
  const [ci, deploy] = workflows.map((file): Workflow => parse(read(file)))
  const jobs = [ci, deploy].flatMap((workflow) => Object.values(workflow?.jobs ?? {}))
  const steps = jobs.flatMap((job) => job.steps ?? [])

  it.each(workflows)('%s pins every action by its full hash, and says which version that is', (file) => {
    const used = [...read(file).matchAll(/uses: (.+)$/gm)].map(([, action = '']) => action)
    expect(used.length).toBeGreaterThan(1)
    for (const action of used.filter((each) => !each.startsWith('./')))
      expect(action).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
    for (const action of used.filter((each) => each.startsWith('./'))) expect(existsSync(join(root, action))).toBe(true)
  })

  it('one action has one version everywhere', () => {
    const used = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]))
    const actions = new Set(used.map((each) => each.split('@')[0]))
    expect(new Set(used).size).toBe(actions.size)
  })

  it('no script has text of an event or an input in it', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{')
  })

  it('the reason reaches the command through the environment, and is one word there', () => {
    for (const stage of stageNames) {
      const { env = {}, steps: own = [] } = deploy?.jobs[stage] ?? {}
      const reason = expect.stringMatching(/^\$\{\{ inputs\.while-alarm-rings \}\}$/)
      expect(env).toEqual({ STAGE: stage, WHILE_ALARM_RINGS: reason })
      const { run = '' } = own.find((step) => step.run?.includes('npm run deploy')) ?? {}
      expect(run).toContain('options=(--stage "$STAGE" --yes)')
      expect(run).toContain('options+=("--while-alarm-rings=$WHILE_ALARM_RINGS")')
      expect(run).toMatch(/npm run deploy -- "\$\{options\[@\]\}" /)
      const given = [...run.matchAll(/--([a-z-]+)/g)].map(([, option = '']) => option)
      for (const option of given) expect(['stage', ...Object.keys(deployOptions)]).toContain(option)
    }
  })

  it('every stage has its environment, its turn and its smoke test', () => {
    const staged = Object.entries(deploy?.jobs ?? {}).filter(([, job]) => job.environment !== undefined)
    expect(staged.map(([name, { environment }]) => [name, environment])).toEqual(stageNames.map((name) => [name, name]))
    for (const [name, job] of staged) {
      expect(job.concurrency).toEqual({ group: `deploy-${name}`, 'cancel-in-progress': false })
      expect(job.steps?.some(({ run }) => run?.includes('npm run smoke -- --stage "$STAGE"'))).toBe(true)
      expect(job.if).toContain("github.ref == 'refs/heads/main'")
    }
    const byHand = deploy?.on.workflow_dispatch as { inputs: { stage: { options: string[] } } } | undefined
    expect(Object.keys(byHand?.inputs ?? {})).toEqual(['stage', 'while-alarm-rings'])
    expect(byHand?.inputs.stage.options).toEqual([...stageNames])
  })

  it('a push has no reason, and production comes after staging', () => {
    expect(Object.keys(deploy?.on ?? {})).toEqual(['push', 'workflow_dispatch'])
    expect(deploy?.jobs.prod).toMatchObject({ needs: ['check', 'staging'] })
    expect(deploy?.jobs.prod?.if).toContain("needs.staging.result == 'success' && github.event_name == 'push'")
    expect(deploy?.jobs.check?.uses).toBe('./.github/workflows/ci.yml')
  })

  it('only jobs that take on a role may ask for a token, and nobody may write', () => {
    expect([ci?.permissions, deploy?.permissions]).toEqual([{ contents: 'read' }, {}])
    for (const job of jobs) {
      const takesRole =
        job.steps?.some(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@')) ?? false
      const allowed = { contents: 'read', ...(takesRole && { 'id-token': 'write' }) }
      expect(job.permissions ?? ci?.permissions).toEqual(allowed)
    }
  })

  it('every job ends', () => {
    for (const job of jobs) if (job.uses === undefined) expect(job['timeout-minutes']).toBeLessThanOrEqual(60)
  })

  it('CI runs what CONTRIBUTING names', () => {
    expect(Object.keys(ci?.on ?? {})).toEqual(['push', 'pull_request', 'workflow_call'])
    expect(ci?.jobs.check?.steps?.at(-1)?.run).toBe('.ci/run')
    expect(existsSync(join(root, '.ci/run'))).toBe(true)
  })

  it('the page explains every variable and environment', () => {
    const variables = [...read(workflows[1]).matchAll(/\$\{\{ vars\.(\w+) \}\}/g)].map(([, name]) => name)
    const told = tableOf(section(read('docs/deploy.md'), '## Deploying from GitHub'), 'environment')
    expect(told.map(([environment = '']) => spansOf(environment)[0])).toEqual([...stageNames])
    for (const [, , named = ''] of told) expect(spansOf(named).toSorted()).toEqual([...new Set(variables)].toSorted())
    expect(made.outputs('prod').DeployerRoleArn).toBeDefined()
  })
})
