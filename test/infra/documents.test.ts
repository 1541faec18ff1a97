import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { names } from '../../common/names.ts'
import { runbookLanguages } from '../../common/runbook/types.ts'
import { auditOptions } from '../../infra/commands/audit.ts'
import { deployOptions } from '../../infra/commands/deploy.ts'
import { drillOptions } from '../../infra/commands/drill.ts'
import { deployerStackOf, ownStages, type StageName, stacksOf, stageNames } from '../../infra/stages.ts'
import { anchorOf, codeOf, headings, read, root, section, spansOf, tableOf, withoutCode } from '../support/documents.ts'
import { type Synthesised, synthesised } from '../support/synthesised.ts'

const runbookPages = runbookLanguages.flatMap((language) =>
  readdirSync(join(root, 'docs/runbook', language)).map((file) => `docs/runbook/${language}/${file}`),
)
const documents = [
  'docs/deploy.md',
  'docs/runbook/README.md',
  ...runbookPages,
  'docs/decisions/0013-infrastructure.md',
  'docs/decisions/0014-releases.md',
]
const workflows = ['.github/workflows/ci.yml', '.github/workflows/deploy.yml'] as const
const manifestFile = 'docs/slack-manifest.yaml'

let made: Synthesised
beforeAll(async () => {
  made = await synthesised()
}, 60_000)

describe('commands', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const options: Record<string, readonly string[]> = {
    deploy: ['stage', ...Object.keys(deployOptions)],
    drill: ['stage', ...Object.keys(drillOptions)],
    smoke: ['stage'],
    audit: ['stage', ...Object.keys(auditOptions)],
  }
  const called = (text: string) =>
    [...text.matchAll(/npm run (?:-s )?([\w:]+)(?: -- ([^`\n]*))?/g)].map(([, script = '', rest = '']) => ({
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

  it.each([
    ['deploy', '## 3. Deploy', deployOptions],
    ['audit', '## Who did what', auditOptions],
  ])('the page explains every option of the %s command', (_command, heading, known) => {
    const explained = tableOf(section(read('docs/deploy.md'), heading), 'option').map(
      ([option = '']) => /^`--([a-z-]+)/.exec(option)?.[1],
    )
    expect(explained.toSorted()).toEqual(Object.keys(known).toSorted())
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
    expect(new Set(tokens(runbookPages.map(read).join('\n'))).size).toBeGreaterThan(10)
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
