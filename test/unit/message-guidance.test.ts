import { describe, expect, it } from 'vitest'
import { alarms } from '../../common/alarms.ts'
import { guidance, runbooks } from '../../common/runbook/bundled.ts'
import { guidanceFor, runbookFor } from '../../common/runbook/runbook.ts'

const names = alarms.map(({ name }) => name)

describe('guidance', () => {
  it.each(names)('%s says the same in both languages', (name) => {
    const [english, japanese] = [guidance.en[name], guidance.ja[name]]
    expect(japanese.firstSteps).toHaveLength(english.firstSteps.length)
    expect(japanese.whatToLookAt).toHaveLength(english.whatToLookAt.length)
    expect(japanese.escalateWhen).toHaveLength(english.escalateWhen.length)
    expect(japanese.logs).toEqual(english.logs)
    expect(japanese.note === undefined).toBe(english.note === undefined)
  })

  it.each(names)('%s fits a phone: three steps, each a line or two', (name) => {
    for (const { firstSteps, title } of [guidance.en[name], guidance.ja[name]]) {
      expect(firstSteps).toHaveLength(3)
      expect(Math.max(...firstSteps.map((step) => step.length))).toBeLessThanOrEqual(120)
      expect(title.length).toBeLessThanOrEqual(40)
    }
  })

  it.each(names)('%s: what a message takes word for word has no marks of Markdown', (name) => {
    for (const each of [guidance.en[name], guidance.ja[name]])
      for (const text of [each.title, each.impact, ...each.whatToLookAt, ...each.firstSteps, ...each.escalateWhen])
        expect(text).not.toMatch(/[*`<>\]]/)
  })

  it.each(['queue-depth', 'toString', '__proto__', undefined])('there is none for %s', (name) => {
    expect(guidanceFor(name, 'en')).toBeUndefined()
    expect(runbookFor(name, 'ja')).toBeUndefined()
  })
})

describe('the whole runbook', () => {
  it('is what the pages say, with the names of production', () => {
    expect(runbookFor('PricesStaleAlarm', 'en')?.firstSteps).toEqual([
      { kind: 'step', text: 'Check that the update function still runs and what it logged last.' },
      { kind: 'command', text: 'aws logs tail /aws/lambda/crypto-watch-price-update-function --since 30m' },
      {
        kind: 'step',
        text: 'It runs and fails at the provider: follow the provider alarm. It fails elsewhere: read the error.',
      },
      {
        kind: 'step',
        text: 'The updater was deployed shortly before: roll it back. Rolling back the API does not help.',
      },
    ])
  })

  it.each([
    ['LambdaErrorAlarm', ['external-api', 'table', 'code', 'timeout']],
    ['ApiGateway5xxAlarm', ['after-deployment', '502', '503', '504']],
    ['LambdaThrottleAlarm', ['after-deployment', 'jump', 'growth']],
    ['ApiLatencyP95Alarm', ['after-deployment', 'table', 'function', 'cold-start', 'external-api', 'growth']],
    ['ExternalApiErrorAlarm', ['429', '503', 'timeout', '401', 'after-deployment']],
    ['DynamoDBThrottleAlarm', ['peak', 'hot-partition', 'capacity', 'recurring']],
    ['PricesStaleAlarm', ['external-api', 'code', 'not-running', 'after-deployment']],
  ] as const)('%s knows its cases', (name, branches) => {
    for (const { [name]: runbook } of [runbooks.en, runbooks.ja])
      expect(runbook.cases.map(({ branch }) => branch)).toEqual(branches)
  })
})
