import { describe, expect, it } from 'vitest'
import { branchOf } from '../../bot/incident/branch.ts'
import { runbookModal } from '../../bot/message/runbook-modal.ts'
import { mrkdwn, withNamesOf } from '../../bot/message/runbook-text.ts'
import { alarms } from '../../common/alarms.ts'
import { runbooks } from '../../common/runbook/bundled.ts'
import { readView } from '../../sandbox/slack/validate-view.ts'
import { aForeignAlarm, aFunction, aLook, anAlarm, anEvidence, anIncident, byName, later } from '../support/builders.ts'
import { linesOf, textsOf } from '../support/seen.ts'

const telling = (name: string) => anIncident({ alarms: byName(anAlarm({ name, listed: name })) })
const deployed = (minutesBefore: number) =>
  anIncident({
    evidence: anEvidence({
      functions: {
        api: aFunction({
          deployments: [{ id: 'd-NEW', status: 'Succeeded', createdAt: later(-minutesBefore), from: '41', to: '42' }],
        }),
      },
    }),
  })
const languages = ['en', 'ja'] as const
const everyPage = languages.flatMap((language) => alarms.map(({ name }) => [language, name] as const))

describe('the runbook of the alarm that an incident is told by', () => {
  it('begins with what the alarm means and the first steps, each with its command', () => {
    const view = runbookModal(telling('LambdaThrottleAlarm'), aLook())
    expect(view.title.text).toBe('Runbook')
    expect(view.submit).toBeUndefined()
    expect(linesOf(view).slice(0, 11)).toEqual([
      'API calls throttled',
      '*High.* Lambda turned away more than 10 calls of `crypto-watch-api-function` in one minute: its concurrency is used up.',
      'Throttled calls are answered 503; clients have to try again.',
      'First steps',
      '1. Compare concurrent executions with the reserved concurrency and with the limit of the account.',
      '```aws lambda get-function-concurrency --function-name crypto-watch-api-function',
      'aws lambda get-account-settings --query AccountLimit```',
      'Done',
      '2. Press Raise the concurrency: it doubles what is reserved, as far as the account allows.',
      '```aws lambda put-function-concurrency --function-name crypto-watch-api-function --reserved-concurrent-executions 50```',
      'Done',
    ])
  })

  it('reads in Japanese', () => {
    const view = runbookModal(telling('PricesStaleAlarm'), aLook({ language: 'ja' }))
    expect(view.title.text).toBe('ランブック')
    expect(linesOf(view)).toEqual(
      expect.arrayContaining([
        '初動対応',
        '1. 更新関数が動いているか、最後に何を記録したかを確認します。',
        '*確認するもの*',
        'ケース別の対応',
        '*動いていない*',
        '• スケジュールの `State` は `ENABLED` のはずです。失敗した呼び出しは `crypto-watch-undelivered` に残っています。',
        '影響',
        '連絡と共有',
        'エスカレーション',
        '• 1時間より古い状態が30分続いている',
      ]),
    )
  })

  it('has the names of the stage in its commands', () => {
    const lines = linesOf(runbookModal(telling('LambdaErrorAlarm'), aLook({ stage: 'staging' })))
    expect(lines).toContain('```aws cloudwatch describe-alarms --alarm-names LambdaErrorAlarm-staging```')
    expect(lines).toContain(
      '```aws logs tail /aws/lambda/crypto-watch-api-function-staging --since 15m --filter-pattern ERROR```',
    )
  })

  it('an alarm that is not in the list has none', () => {
    const view = runbookModal(anIncident({ alarms: byName(aForeignAlarm()) }), aLook())
    expect(linesOf(view)).toEqual(['This alarm is not in the list, so it has no runbook.'])
  })
})

describe('the case that the evidence speaks for', () => {
  const casesOf = (view: ReturnType<typeof runbookModal>) => {
    const lines = linesOf(view)
    const titles = runbooks.en.LambdaErrorAlarm.cases.map(({ title }) => `*${title}*`)
    return lines.filter((line) => titles.includes(line))
  }
  const inOrder = [
    '*The price provider*',
    '*The prices table*',
    '*Our own code, new since a deployment*',
    '*Time-outs*',
  ]

  it('comes first, with the reason', () => {
    const view = runbookModal(deployed(7), aLook())
    expect(linesOf(view)).toContain('The first case is the likely one: v42 was deployed 7 min before the alarm.')
    expect(casesOf(view)).toEqual([
      '*Our own code, new since a deployment*',
      '*The price provider*',
      '*The prices table*',
      '*Time-outs*',
    ])
  })

  it('reads in Japanese', () => {
    expect(linesOf(runbookModal(deployed(7), aLook({ language: 'ja' })))).toContain(
      'v42がアラームの7分前にデプロイされているため、可能性の高いケースを先頭に表示しています。',
    )
  })

  it.each([
    ['a deployment within half an hour before the alarm', deployed(7), ['after-deployment', 'code']],
    ['one two hours before is possible only', deployed(120), undefined],
    ['one after the alarm', deployed(-2), undefined],
    ['nothing is known yet', anIncident(), undefined],
    [
      'the table has no deployments',
      { ...deployed(7), alarms: byName(anAlarm({ name: 'DynamoDBThrottleAlarm', listed: 'DynamoDBThrottleAlarm' })) },
      undefined,
    ],
  ])('%s', (_what, incident, branches) => {
    expect(branchOf(incident)?.branches).toEqual(branches)
  })

  it('otherwise the order is that of the page, and nothing is said of it', () => {
    const view = runbookModal(deployed(120), aLook())
    expect(casesOf(view)).toEqual(inOrder)
    expect(linesOf(view).join('\n')).not.toContain('the likely one')
  })
})

describe('within what Slack takes', () => {
  it.each(everyPage)('in %s, %s', (language, name) => {
    const view = runbookModal(telling(name), aLook({ language, stage: 'staging' }))
    readView(JSON.parse(JSON.stringify(view)), 'modal', { acceptsNewBlocks: false })
    expect(view.blocks.length).toBeLessThanOrEqual(60)
    const texts = textsOf(view.blocks)
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(2_000)
    const all = texts.join('\n')
    expect(all).not.toContain('…')
    expect(all).not.toMatch(/\]\(|\*\*/)
    for (const found of all.match(/crypto-watch[\w-]*/g) ?? []) expect(found).toMatch(/-staging$/)
  })

  it.each(everyPage)('in %s, no command of %s is cut or spread over two sections', (language, name) => {
    const texts = textsOf(runbookModal(telling(name), aLook({ language })).blocks)
    const commands = [
      ...JSON.stringify(runbooks[language][name]).matchAll(/"kind":"command","text":("(?:[^"\\]|\\.)*")/g),
    ]
    expect(commands.length).toBeGreaterThan(1)
    for (const [, command = ''] of commands) {
      const shown = `\`\`\`${JSON.parse(command)}\`\`\``
      expect(texts.some((text) => text.includes(shown))).toBe(true)
    }
  })
})

describe('the words of a page', () => {
  it.each([
    ['**High.** and *Roll back*', '*High.* and _Roll back_'],
    ['see [the levels](escalation.md).', 'see the levels.'],
    ['see [its status](https://status.example.com).', 'see <https://status.example.com|its status>.'],
    ['`a * b * c` stays', '`a * b * c` stays'],
    ['5 < 6 & <!channel>', '5 &lt; 6 &amp; &lt;!channel&gt;'],
  ])('%s', (markdown, shown) => {
    expect(mrkdwn(markdown)).toBe(shown)
  })

  it.each([
    ['production is bare', 'prod', 'crypto-watch-data', 'crypto-watch-data'],
    ['a table', 'staging', '--table-name crypto-watch-data --key', '--table-name crypto-watch-data-staging --key'],
    [
      'a log group',
      'staging',
      '/aws/lambda/crypto-watch-api-function',
      '/aws/lambda/crypto-watch-api-function-staging',
    ],
    ['a queue', 'staging', 'crypto-watch-sender.fifo', 'crypto-watch-sender-staging.fifo'],
    ['an alarm', 'staging', 'follow LambdaErrorAlarm', 'follow LambdaErrorAlarm-staging'],
    ['a channel is a setting', 'staging', '#crypto-watch-alarms', '#crypto-watch-alarms'],
    ['a longer name that only begins alike', 'staging', 'crypto-watch-database', 'crypto-watch-database'],
  ])('%s', (_what, stage, text, named) => {
    expect(withNamesOf(stage, text)).toBe(named)
  })
})
