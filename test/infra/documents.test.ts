import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { slackMethods } from '../../bot/out/slack.ts'
import { type AlarmDefinition, alarms } from '../../common/alarms.ts'
import { names } from '../../common/names.ts'
import { arnsOf } from '../../infra/arns.ts'
import { deployOptions } from '../../infra/commands/deploy.ts'
import { drillOptions } from '../../infra/commands/drill.ts'
import { deployerRights, type Right, rights } from '../../infra/rights.ts'
import { deployerStackOf, ownStages, type StageName, stacksOf, stageNames } from '../../infra/stages.ts'
import { openEnds, unrestrictable } from '../../infra/wildcards.ts'
import { place, type Synthesised, synthesised } from '../support/synthesised.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const documents = [
  'docs/deploy.md',
  'docs/runbook/README.md',
  'docs/decisions/0013-infrastructure.md',
  'docs/decisions/0014-releases.md',
] as const
const workflows = ['.github/workflows/ci.yml', '.github/workflows/deploy.yml'] as const
const manifestFile = 'docs/slack-manifest.yaml'

let made: Synthesised
beforeAll(async () => {
  made = await synthesised()
}, 60_000)

// Markdown, as far as these documents use it.

const fence = /^ *```.*?^ *```$/gms
const withoutCode = (text: string) => text.replace(fence, '')
const headings = (text: string) => [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title)
/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')

/** The text under a heading, up to the next one of any level. */
function section(text: string, title: string): string {
  const start = text.indexOf(`\n${title}\n`)
  if (start < 0) throw new Error(`There is no heading “${title}”.`)
  const rest = text.slice(start + title.length + 2)
  return rest.split(/^#+ /m)[0] ?? ''
}

/** Rows of the table whose head begins with this cell, as texts. */
function tableOf(text: string, firstHead: string): string[][] {
  const lines = text.split('\n').map((line) => line.trim())
  const head = lines.findIndex((line) => line.startsWith(`| ${firstHead} |`))
  if (head < 0) throw new Error(`There is no table that begins with “${firstHead}”.`)
  const rest = lines.slice(head + 2)
  const end = rest.findIndex((line) => !line.startsWith('|'))
  return rest.slice(0, end < 0 ? undefined : end).map((line) =>
    line
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim()),
  )
}

const spansOf = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span)
/** Everything in a document that is code: spans and blocks. */
const codeOf = (text: string) => [...(text.match(fence) ?? []), ...spansOf(withoutCode(text))]

describe('commands', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const options: Record<string, readonly string[]> = {
    deploy: ['stage', ...Object.keys(deployOptions)],
    drill: ['stage', ...Object.keys(drillOptions)],
    smoke: ['stage'],
  }
  const called = (text: string) =>
    [...text.matchAll(/npm run ([\w:]+)(?: -- ([^`\n]*))?/g)].map(([, script = '', rest = '']) => ({
      script,
      given: [...rest.replace(/"[^"]*"/g, '').matchAll(/--([a-z-]+)/g)].map(([, option = '']) => option),
    }))

  const others = ['README.md', 'CONTRIBUTING.md', 'infra/README.md', 'docs/architecture.md', 'docs/recipes.md']
  it.each([...documents, ...workflows, manifestFile, ...others])(
    '%s runs scripts that exist, with options that they know',
    (file) => {
      for (const { script, given } of called(read(file))) {
        expect(Object.keys(scripts)).toContain(script)
        for (const option of given) expect(options[script] ?? []).toContain(option)
      }
    },
  )

  it('the page explains every option of the deploy command', () => {
    const explained = tableOf(section(read('docs/deploy.md'), '## 3. Deploy'), 'option').map(
      ([option = '']) => /^`--([a-z-]+)/.exec(option)?.[1],
    )
    expect(explained.toSorted()).toEqual(Object.keys(deployOptions).toSorted())
  })

  it('the page tells every output of the stacks', () => {
    const told = tableOf(section(read('docs/deploy.md'), '## 3. Deploy'), 'output').map(
      ([name = '']) => spansOf(name)[0],
    )
    const { DeployerRoleArn, ...outputs } = made.outputs('staging')
    expect(DeployerRoleArn).toBeDefined()
    expect(told.toSorted()).toEqual(Object.keys(outputs).toSorted())
  })
})

describe('names', () => {
  const nameProperties = [
    'AlarmName',
    'ApplicationName',
    'DashboardName',
    'DeploymentGroupName',
    'FunctionName',
    'LogGroupName',
    'Name',
    'QueueName',
    'RoleName',
    'TableName',
    'TopicName',
  ]
  /** What the settings of the repository say before anybody has set them, and the bot as Slack names it. */
  const samples = [
    '#crypto-watch-staging',
    '#crypto-watch-alerts',
    '#crypto-watch-dev',
    '#crypto-watch-incidents',
    '#crypto-watch-deploys',
    'your-organisation/crypto-watch',
    '@crypto-watch',
  ]
  function known(stage: StageName): Set<string> {
    const { application, deploymentGroups, upstreamSecret } = names(stage)
    return new Set([
      ...made.resources(stage).flatMap(({ properties }) => nameProperties.map((name) => String(properties[name]))),
      ...stacksOf(stage),
      deployerStackOf(stage),
      ...Object.values(deploymentGroups).map((group) => `${application}/${group}`),
      // In a template only where CoinGecko is asked with a key.
      upstreamSecret,
      ...samples,
    ])
  }
  const shortened = (token: string) =>
    token
      .replace(/[.-]$/, '')
      .replace(/^.*:/, '')
      .replace(/^table\//, '')
      .replace(/\/index\/\w+$/, '')
  const tokens = (text: string) =>
    codeOf(text).flatMap((code) => [
      ...(code.match(/[#@/\w.:-]*crypto-watch[\w./-]*/g) ?? []).map(shortened),
      ...(code.match(/(?<!:)\b[A-Z]\w*Alarm(-staging)?\b/g) ?? []),
    ])

  it.each(documents)('%s names only what the templates make, each at its stage', (file) => {
    const [staging, prod] = [known('staging'), known('prod')]
    const unknown = tokens(read(file)).filter((name) => !(name.includes('-staging') ? staging : prod).has(name))
    expect([...new Set(unknown)]).toEqual([])
  })

  it('the pages name enough for this to mean something', () => {
    expect(new Set(tokens(read('docs/deploy.md'))).size).toBeGreaterThan(50)
    expect(new Set(tokens(read('docs/runbook/README.md'))).size).toBeGreaterThan(20)
  })

  it.each(documents)('%s points at files and headings that exist', (file) => {
    const text = read(file)
    const missing = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
      if (/^https?:/.test(link)) return []
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? file : join(dirname(file), path)
      if (!existsSync(join(root, target))) return [link]
      return anchor === undefined || headings(read(target)).map(anchorOf).includes(anchor) ? [] : [link]
    })
    const paths = codeOf(text).flatMap(
      (code) => code.match(/^(?:docs|infra|test|common|bot|\.ci|\.github)\/[\w./-]+$/) ?? [],
    )
    expect([...missing, ...paths.filter((path) => !existsSync(join(root, path)))]).toEqual([])
  })
})

describe('settings', () => {
  it('the page explains every field of infra/stages.json, and no other', () => {
    const explained = tableOf(section(read('docs/deploy.md'), '## 1. Settings'), 'field').map(
      ([name = '']) => spansOf(name)[0] ?? '',
    )
    const paths = (value: unknown, before = ''): string[] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).flatMap(([name, each]) => paths(each, before === '' ? name : `${before}.${name}`))
        : [before]
    for (const stage of stageNames) expect(explained).toEqual(expect.arrayContaining(paths(ownStages()[stage])))
    // Those that may be left out stand in the schema only.
    const schema = /const StageSettings = z\.strictObject\((.*?)^\}\)/ms.exec(read('infra/stages.ts'))?.[1] ?? ''
    const fields = [...schema.matchAll(/(\w+): (?:z\.(?!strictObject)|SlackId|Channel)/g)].map(([, name]) => name)
    expect(explained.map((path) => path.split('.').at(-1)).toSorted()).toEqual(fields.toSorted())
  })
})

describe('the Slack app', () => {
  const manifest = parse(read(manifestFile))
  const table = tableOf(section(read('docs/architecture.md'), '## Slack methods and scopes'), 'method')

  it('asks for the scopes of the table, each with its reason above it', () => {
    const wanted = table.flatMap(([, , scopes = '']) => spansOf(scopes))
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([...new Set(wanted)].toSorted())
    const lines = read(manifestFile).split('\n')
    for (const [index, line] of lines.entries())
      if (/^ +- \w+:/.test(line)) expect(lines[index - 1]).toMatch(/^ +# [A-Z].+\.$/)
  })

  it('the table covers every method that the bot calls', () => {
    const covered = table.flatMap(([methods = '']) => spansOf(methods))
    expect(covered.toSorted()).toEqual([...slackMethods].toSorted())
  })

  it('sends presses where the bot listens, and nothing else', () => {
    const { settings, features } = manifest
    const path = '/slack/events'
    expect(settings.interactivity).toEqual({
      is_enabled: true,
      request_url: `https://REPLACE-WITH-SlackRequestUrl${path}`,
    })
    for (const stage of stageNames) expect(made.outputs(stage).SlackRequestUrl).toMatch(/slack\/events$/)
    expect(read('sandbox/bot-endpoints.ts')).toContain(`app.post('${path}'`)
    expect(Object.keys(settings).toSorted()).toEqual([
      'interactivity',
      'org_deploy_enabled',
      'socket_mode_enabled',
      'token_rotation_enabled',
    ])
    expect([settings.org_deploy_enabled, settings.socket_mode_enabled, settings.token_rotation_enabled]).toEqual([
      false,
      false,
      false,
    ])
    expect(Object.keys(features)).toEqual(['bot_user'])
    expect(features.bot_user.display_name).toBe('crypto-watch')
  })
})

describe('rights', () => {
  const known = names('prod')
  const arns = arnsOf(known, place)
  const secret = (name: string) => `arn:aws:secretsmanager:${place.region}:${place.account}:secret:${name}-AbCdEf`
  const { api, updater, beforeTraffic, ...bot } = rights(known, arns, {
    slack: secret(known.slackSecret),
    upstream: secret(known.upstreamSecret),
  })
  const held: [string, Right[]][] = [
    [known.functions.api, api],
    [known.functions.updater, updater],
    [known.beforeTraffic, beforeTraffic],
    ...Object.entries(bot).map(([name, each]): [string, Right[]] => [known.bot[name as keyof typeof known.bot], each]),
    [deployerStackOf('prod'), deployerRights(known, arns, arns)],
  ]
  /** What an ARN ends in, without the letters that AWS draws. */
  const ending = (arn: string) =>
    arn
      .split(':')
      .slice(arn.startsWith('arn:') ? 5 : 0)
      .join(':')
      .replace(/-AbCdEf$/, '')

  it.each(held)('of %s are told as they are', (name, all) => {
    const told = tableOf(section(read('docs/deploy.md'), `### \`${name}\``), 'may').map(([may = '', on = '', why]) => ({
      may: spansOf(may),
      on: spansOf(on),
      why,
    }))
    expect(told).toEqual(all.map(({ actions, on, why }) => ({ may: [...actions], on: on.map(ending), why })))
  })

  it('every Lambda has its table', () => {
    const functions = made.resources('prod', 'AWS::Lambda::Function').map(({ properties }) => properties.FunctionName)
    expect([...functions, 'crypto-watch-deployer'].toSorted()).toEqual(held.map(([name]) => name).toSorted())
  })

  it('every wildcard has the reason of the list', () => {
    const told = tableOf(section(read('docs/deploy.md'), '### Wildcards'), 'where')
    expect(told.slice(0, Object.keys(unrestrictable).length)).toEqual(
      Object.entries(unrestrictable).map(([action, reason]) => [`\`${action}\` on \`*\``, reason]),
    )
    const others = told.slice(Object.keys(unrestrictable).length).map(([, reason]) => reason)
    expect(others).toEqual(openEnds.map(({ reason }) => reason))
  })
})

describe('the runbook', () => {
  const text = read('docs/runbook/README.md')

  it('has the heading that every alarm links to', () => {
    const anchors = headings(text).map(anchorOf)
    for (const stage of stageNames) {
      const links = made
        .resources(stage, 'AWS::CloudWatch::Alarm')
        .flatMap(
          ({ properties }) => /docs\/runbook\/README\.md#(\S+)/.exec(properties.AlarmDescription ?? '')?.[1] ?? [],
        )
      expect(links).toHaveLength(alarms.length)
      for (const link of links) expect(anchors).toContain(link)
    }
    expect(headings(text)).toContain('NewVersionErrorAlarm')
  })

  it.each(alarms.map((alarm): [string, AlarmDefinition] => [alarm.name, alarm]))(
    'tells %s as the list has it',
    (name, alarm) => {
      const row = tableOf(section(text, '## Alarms'), 'alarm').find(
        ([cell]) => cell === `[${name}](#${name.toLowerCase()})`,
      )
      const [, severity, rings, levelTwo, brakes] = row ?? []
      const unit = alarm.unit === 'count' ? '' : alarm.unit
      const whole =
        alarm.condition.kind === 'percentage' && alarm.condition.atLeast > 1 ? alarm.condition.atLeast : undefined
      expect([severity, brakes]).toEqual([alarm.severity, alarm.brakes ? 'yes' : 'no'])
      expect(rings).toMatch(new RegExp(`\\b${alarm.threshold} ${unit}`))
      expect(rings).toMatch(new RegExp(`\\b${alarm.periodMinutes * alarm.datapoints} min`))
      if (whole !== undefined) expect(rings).toContain(`of at least ${whole} a minute`)
      const { above, afterMinutes } = alarm.escalate
      expect(levelTwo).toBe(
        above === undefined ? `after ${afterMinutes} min` : `above ${above} ${unit}, or after ${afterMinutes} min`,
      )
      expect(section(text, `## ${name}`).trim()).toMatch(new RegExp(`^\\*\\*${alarm.severity}\\.\\*\\*`))
    },
  )

  it('has no alarm that is not in the list', () => {
    expect(tableOf(section(text, '## Alarms'), 'alarm')).toHaveLength(alarms.length)
    const chapters = headings(text).filter((title) => title.endsWith('Alarm'))
    expect(chapters.toSorted()).toEqual([...alarms.map(({ name }) => name), 'NewVersionErrorAlarm'].toSorted())
  })

  it('says what each alarm of the bot itself means', () => {
    const told = tableOf(section(text, '## When the bot itself is broken'), 'alarm').map(
      ([name = '']) => spansOf(name)[0],
    )
    const own = made
      .resources('prod', 'AWS::CloudWatch::Alarm')
      .filter(({ properties }) =>
        (properties.AlarmActions ?? []).some((to: string) => to.endsWith(':crypto-watch-bot-health')),
      )
    expect(told.toSorted()).toEqual(own.map(({ properties }) => properties.AlarmName).toSorted())
  })
})

describe('the cost', () => {
  const chapter = section(read('docs/deploy.md'), '## What it costs')
  const rows = tableOf(chapter, 'what')
  const number = (cell = '') => Number(/[\d.,]+\d|\d/.exec(cell)?.[0].replaceAll(',', ''))

  it('is counted from the templates', () => {
    for (const stage of stageNames) {
      const all = made.resources(stage, 'AWS::CloudWatch::Alarm')
      const measured = all.flatMap(({ properties }) =>
        properties.Metrics === undefined ? [1] : properties.Metrics.filter((each: object) => 'MetricStat' in each),
      )
      const functions = made.resources(stage, 'AWS::Lambda::Function')
      const dashboards = made.resources(stage, 'AWS::CloudWatch::Dashboard')
      expect(chapter.replaceAll('\n', ' ')).toContain(
        `${functions.length} functions, ${all.length} alarms over ${measured.length} metrics, and ${dashboards.length} dashboard.`,
      )
      expect(rows.find(([what]) => what === 'CloudWatch, alarms')?.[1]).toBe(
        `${measured.length} metrics in ${all.length} alarms`,
      )
      const { widgets } = JSON.parse(dashboards[0]?.properties.DashboardBody) as {
        widgets: { properties: { metrics?: unknown[] } }[]
      }
      const shown = widgets.flatMap(({ properties }) => properties.metrics ?? [])
      expect(rows.find(([what]) => what === 'CloudWatch, dashboard')?.[1]).toContain(
        `${dashboards.length} dashboard with ${shown.length} metrics`,
      )
      expect(number(rows.find(([what]) => what === 'KMS, key of the topics')?.[1])).toBe(
        made.resources(stage, 'AWS::KMS::Key').length,
      )
      const secrets = made.resources(stage, 'AWS::SecretsManager::Secret').map(({ properties }) => properties.Name)
      expect(number(rows.find(([what]) => what === 'Secrets Manager')?.[1])).toBe(
        secrets.filter((name) => name !== names(stage).upstreamSecret).length,
      )
    }
  })

  it('is what quantities and prices come to', () => {
    const [total, ...lines] = rows.toReversed()
    const wrong = lines.filter(([, quantity, price, usd]) => (number(quantity) * number(price)).toFixed(2) !== usd)
    expect(wrong).toEqual([])
    const sum = lines.reduce((all, [, , , usd]) => all + number(usd), 0)
    expect(total?.at(-1)).toBe(`**${sum.toFixed(2)}**`)
  })
})

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
