import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { alarms } from '../../common/alarms.ts'
import { bundledOnDisk, bundledText, readPages } from '../../docs/runbook/bundle.ts'
import { unknownIn } from '../../docs/runbook/check.ts'
import { piecesIn } from '../../docs/runbook/pieces.ts'
import { fence, headings, read, root, spansOf, withoutCode } from '../support/documents.ts'

const general = ['common-problems.md', 'escalation.md', 'rollback.md']
const filesIn = (language: string) => readdirSync(join(root, 'docs/runbook', language)).toSorted()

describe('common/runbook/bundled.ts', () => {
  it('is what the pages say: run `npm run runbook` after changing them', () => {
    expect(bundledOnDisk()).toBe(bundledText())
  })
})

describe('the pages', () => {
  it.each(['en', 'ja'])('in %s: one for each alarm of the list, and three that belong to none', (language) => {
    expect(filesIn(language)).toEqual([...alarms.map(({ name }) => `${name}.md`), ...general].toSorted())
  })

  it.each(general)('%s has the same chapters and commands in both languages', (file) => {
    const [english, japanese] = [read(`docs/runbook/en/${file}`), read(`docs/runbook/ja/${file}`)]
    expect(headings(japanese)).toHaveLength(headings(english).length)
    expect(japanese.match(fence)).toEqual(english.match(fence))
    for (const page of [english, japanese])
      expect((page.match(fence) ?? []).flatMap((command) => unknownIn(command))).toEqual([])
  })

  it.each(filesIn('ja'))('ja/%s leaves room around code, or Slack would not draw it as such', (file) => {
    const text = withoutCode(read(`docs/runbook/ja/${file}`)).replace(/^---\n.*?\n---\n/s, '')
    for (const span of spansOf(text))
      expect(text).not.toMatch(new RegExp(`[^\\s（「|]\`${span.replace(/[^\w]/g, '\\$&')}\``))
  })
})

describe('a page that is wrong is refused, by its file and in words', () => {
  const problemsWith = (changed: (text: string) => string | undefined) =>
    readPages((language, name) => {
      const text = read(`docs/runbook/${language}/${name}.md`)
      return language === 'en' && name === 'ApiLatencyP95Alarm' ? changed(text) : text
    }).problems
  const file = 'docs/runbook/en/ApiLatencyP95Alarm.md'

  it('as they stand none is', () => {
    expect(problemsWith((text) => text)).toEqual([])
  })

  it.each([
    ['it is missing', () => undefined, `${file} is missing`],
    [
      'another severity than the list',
      (text: string) => text.replace('severity: Medium', 'severity: High'),
      `${file}: the severity is Medium, not High`,
    ],
    [
      'the metric of the alarm is missing',
      (text: string) => text.replace('  - { namespace: AWS/ApiGateway, name: Latency }\n', ''),
      `${file}: the metric AWS/ApiGateway Latency is missing`,
    ],
    [
      'a metric that nobody measures',
      (text: string) => text.replace('name: DynamoDBQueryLatency', 'name: TableLatency'),
      `${file}: nobody measures TableLatency`,
    ],
    [
      'another limit than the list',
      (text: string) => text.replace('above 5 s', 'above 7 s'),
      `${file}: escalateWhen does not say 5 s`,
    ],
    [
      'another duration than the list',
      (text: string) => text.replace('longer than 1 h', 'longer than 2 h'),
      `${file}: escalateWhen does not say 1 h`,
    ],
    [
      'a command for a function of nobody',
      (text: string) => text.replace('--function-name crypto-watch-api-function', '--function-name api'),
      `${file}: api does not exist`,
    ],
    [
      'a command that asks a log of nobody',
      (text: string) => text.replace('/aws/apigateway/crypto-watch-api', '/aws/apigateway/crypto-watch-apis'),
      `${file}: /aws/apigateway/crypto-watch-apis does not exist`,
    ],
    [
      'a case that the other language does not have',
      (text: string) => text.replace('branch: cold-start', 'branch: warm-start'),
      'ApiLatencyP95Alarm: the languages differ in their branches',
    ],
    [
      'a case without its mark',
      (text: string) => text.replace('<!-- branch: cold-start -->\n', ''),
      `${file}: the case “Cold starts” has no line <!-- branch: id --> below its heading`,
    ],
    [
      'a chapter too few',
      (text: string) => text.replace('## Impact', '### Impact'),
      `${file}: the chapters are not First steps, Cases, Impact, Communication, Escalation`,
    ],
    [
      'a heading that does not say the title',
      (text: string) => text.replace('# ApiLatencyP95Alarm: ', '# '),
      `${file}: the first heading is “# API response time (p95)”, not “# ApiLatencyP95Alarm: API response time (p95)”`,
    ],
    ['no front matter', (text: string) => text.replace('---\n', ''), `${file}: there is no front matter`],
  ])('%s', (_what, changed, problem) => {
    expect(problemsWith(changed)).toContain(problem)
  })

  it.each([
    ['a log group of nobody', 'group: api', 'group: worker', 'logs'],
    ['a remedy of nobody', 'remedies: [longer-cache]', 'remedies: [pray]', 'remedies'],
    ['a field of nobody', 'note: ', 'remark: ', 'remark'],
  ])('%s', (_what, from, to, field) => {
    const [problem] = problemsWith((text) => text.replace(from, to))
    expect(problem).toContain(`${file}: the front matter is wrong`)
    expect(problem).toContain(field)
  })
})

describe('the Markdown of a page', () => {
  const pieces = (text: string) => piecesIn(text.split('\n'))

  it('is paragraphs, flat lists and commands, each whole', () => {
    expect(
      pieces(
        'One\nparagraph.\n\n1. A step\n   that goes on.\n\n   ```sh\n   aws one \\\n     --two\n   ```\n\n- A bullet.',
      ),
    ).toEqual([
      { kind: 'text', text: 'One paragraph.' },
      { kind: 'step', text: 'A step that goes on.' },
      { kind: 'command', text: 'aws one \\\n  --two' },
      { kind: 'bullet', text: 'A bullet.' },
    ])
  })

  it('joins Japanese lines without a blank', () => {
    expect(pieces('一行目と\n二行目。')).toEqual([{ kind: 'text', text: '一行目と二行目。' }])
  })

  it.each([
    ['a table', '| a | b |'],
    ['a quotation', '> said'],
    ['a list in a list', '- a\n  - b'],
    ['code that is no command', '```ts\n1\n```'],
    ['a command without an end', '```sh\naws'],
    ['a command that one section of Slack cannot hold', `\`\`\`sh\naws ${'x'.repeat(1_600)}\n\`\`\``],
  ])('%s is refused', (_what, text) => {
    expect(() => pieces(text)).toThrow()
  })
})
