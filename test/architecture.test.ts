import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { slackMethods } from '../bot/out/slack.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Source {
  path: string
  lines: number
  /** Without comments, so that a word in a sentence is no call. */
  code: string
  /** Paths from the root, or package names. */
  imports: string[]
}

function sourcesIn(folder: string): Source[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => /\.tsx?$/.test(name)).map((name) => read(join(folder, name)))
}

function read(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  const named = code.matchAll(
    /^(?:import|export)\s[^'=]*\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\b(?:import|require)\(\s*'([^']+)'/gm,
  )
  const imports = [...named]
    .map(([, ...found]) => found.find(Boolean) ?? '')
    .map((name) => (name.startsWith('.') ? normalize(join(dirname(path), name)) : name))
  return { path, lines: text.split('\n').length - 1, code, imports }
}

const lambdas = ['bot', 'api', 'updater']
const sources = [...lambdas, 'common', 'infra', 'sandbox'].flatMap(sourcesIn)
const under = (...folders: string[]) =>
  sources.filter(({ path }) => folders.some((folder) => path.startsWith(`${folder}/`)))
/** `who → what` for every import that is not to be. */
const crossings = (from: Source[], isForbidden: (name: string) => boolean) =>
  from.flatMap(({ path, imports }) => imports.filter(isForbidden).map((name) => `${path} → ${name}`))
const holding = (pattern: RegExp, of = sources) => of.filter(({ code }) => pattern.test(code)).map(({ path }) => path)

it('the sources are found', () => {
  expect(sources.length).toBeGreaterThan(150)
  expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(500)
  expect(read('bot/handlers.ts').imports).toEqual(expect.arrayContaining(['common/env.ts', 'bot/in/alarms.ts']))
})

it.each(lambdas)('%s imports common, and no other Lambda', (lambda) => {
  const others = lambdas.filter((other) => other !== lambda)
  expect(crossings(under(lambda), (name) => others.some((other) => name.startsWith(`${other}/`)))).toEqual([])
})

it('common imports nothing of those that stand on it', () => {
  expect(crossings(under('common'), (name) => /^(bot|api|updater|infra|sandbox|test)\//.test(name))).toEqual([])
})

it('what is deployed stands on the dependencies alone, never on those of development', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object }
  // The types of Lambda events are erased.
  const allowed = [...Object.keys(dependencies), 'aws-lambda']
  const isForeign = (name: string) =>
    !/^(bot|api|updater|common|infra\/before-traffic|node:)/.test(name) &&
    !allowed.some((each) => name === each || name.startsWith(`${each}/`))
  expect(crossings(under(...lambdas, 'common', 'infra/before-traffic'), isForeign)).toEqual([])
})

it('zod comes as a namespace to what is deployed, or each bundle would carry all of its fifty languages', () => {
  expect(holding(/import \{[^}]*\bz\b[^}]*\} from 'zod'/, under(...lambdas, 'common', 'infra'))).toEqual([])
})

it('the browser runs the page alone: nothing else imports it, and it carries nothing of the server', () => {
  const client = 'sandbox/page/client/'
  const [page, others] = [under('sandbox/page/client'), sources.filter(({ path }) => !path.startsWith(client))]
  expect(crossings(page, (name) => name.startsWith('node:'))).toEqual([])
  expect(crossings(others, (name) => name.startsWith(client))).toEqual([])
})

it('nothing deployed imports the sandbox or the tests', () => {
  expect(crossings(under(...lambdas, 'common', 'infra'), (name) => /^(sandbox|test)\//.test(name))).toEqual([])
  expect(crossings(under(...lambdas, 'common'), (name) => name.startsWith('infra/'))).toEqual([])
  expect(crossings(under('sandbox'), (name) => name.startsWith('test/'))).toEqual([])
})

it('deciding and drawing are pure: no SDK, no I/O, no doors or performers', () => {
  const pure = under('bot/incident', 'bot/message', 'bot/remedy', 'bot/bulletin')
  const isPure = (name: string) => /^(bot\/(incident|message|remedy|bulletin)\/|common\/)/.test(name) || name === 'zod'
  expect(crossings(pure, (name) => !isPure(name))).toEqual([])
  expect(crossings(under('bot/incident'), (name) => name.startsWith('bot/message/'))).toEqual([])
  expect(crossings(under('bot/remedy'), (name) => /^bot\/(incident|message|bulletin)\//.test(name))).toEqual([])
  expect(crossings(under('bot/bulletin'), (name) => name.startsWith('bot/message/'))).toEqual([])
  expect(crossings(under('bot/incident'), (name) => name.startsWith('bot/bulletin/'))).toEqual([])
  expect(holding(/\bfetch\(|\bprocess\b|\bMath\.random\b|\bsetTimeout\b|\brandomUUID\b|\bconsole\b/, pure)).toEqual([])
})

it('what pure code takes from common is pure too', () => {
  const pure = under('bot/incident', 'bot/message', 'bot/remedy', 'bot/bulletin')
  const reached = new Set<string>()
  const visit = ({ imports }: Source) => {
    for (const name of imports.filter((each) => each.startsWith('common/') && !reached.has(each))) {
      reached.add(name)
      visit(read(name))
    }
  }
  pure.forEach(visit)
  const isPure = (name: string) => name.startsWith('common/') || name === 'zod'
  const packages = [...reached].flatMap((path) => read(path).imports).filter((name) => !isPure(name))
  expect(packages).toEqual([])
})

it('the time of now is read in one file', () => {
  expect(holding(/new Date\(\s*\)|\bDate\.now\b|\bDate\(\s*\)|performance\.now|hrtime/)).toEqual(['common/clock.ts'])
})

it('the environment is read in one file', () => {
  expect(holding(/process\s*\.\s*env|process\[/)).toEqual(['common/env.ts'])
})

it('the whole bot in one function is short enough to read at once', () => {
  expect(read('bot/flow.ts').lines).toBeLessThan(80)
})

it('no file is too long to read at once', () => {
  // Written by a generator, and read as the pages that it is made of.
  const byPeople = sources.filter(({ path }) => path !== 'common/runbook/bundled.ts')
  expect(byPeople.filter(({ lines }) => lines > 250).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([])
})

it('the list of Slack methods is short, and is what is called', () => {
  const called = under('bot').flatMap(({ code }) =>
    [...code.matchAll(/\.call\(\s*'([a-zA-Z.]+)'/g)].map(([, name]) => name),
  )
  expect(slackMethods.length).toBeLessThanOrEqual(15)
  expect([...slackMethods].sort()).toEqual([...new Set(called)].sort())
  expect(holding(/\bapiCall\(|\bclient\.(chat|views|conversations|users|usergroups)\b/)).toEqual(['bot/out/slack.ts'])
})

it('tests mock nothing, skip nothing and sleep nowhere', () => {
  const tests = sourcesIn('test').filter(({ path }) => path !== 'test/architecture.test.ts')
  expect(holding(/\bvi\.(mock|fn|spyOn|useFakeTimers)\b/, tests)).toEqual([])
  expect(holding(/\.(skip|only|todo|fails)\(/, tests)).toEqual([])
})
