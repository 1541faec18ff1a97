import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type AlarmDefinition, alarms } from '../../common/alarms.ts'
import { names } from '../../common/names.ts'
import { guidance } from '../../common/runbook/bundled.ts'
import { sections } from '../../infra/dashboard.ts'
import { runbookUrl, stageNames } from '../../infra/stages.ts'
import { headings, read, root, section, spansOf, tableOf } from '../support/documents.ts'
import { sampleStages } from '../support/sample-stages.ts'
import { type Synthesised, synthesised } from '../support/synthesised.ts'

let made: Synthesised
beforeAll(async () => {
  made = await synthesised()
}, 60_000)

describe('the runbook', () => {
  const text = read('docs/runbook/README.md')

  it.each(stageNames)('has the page that every alarm of %s links to', (stage) => {
    const linked = made
      .resources(stage, 'AWS::CloudWatch::Alarm')
      .flatMap(
        ({ properties }) => /\/blob\/main\/(docs\/runbook\/\S+\.md)/.exec(properties.AlarmDescription ?? '')?.[1] ?? [],
      )
    expect(linked.toSorted()).toEqual(alarms.map(({ name }) => `docs/runbook/en/${name}.md`).toSorted())
    for (const page of linked) expect(existsSync(join(root, page))).toBe(true)
  })

  it('is linked in the language of the stage', () => {
    const { prod } = sampleStages
    expect(runbookUrl({ ...prod, slack: { ...prod.slack, language: 'ja' } }, 'ApiGateway5xxAlarm')).toBe(
      'https://github.com/hoshi/crypto-watch/blob/main/docs/runbook/ja/ApiGateway5xxAlarm.md',
    )
  })

  it('sends to metrics that the dashboard shows', () => {
    const shown = sections({ stage: 'prod', names: names('prod') })
      .flatMap(({ graphs }) => graphs.flatMap(({ lines }) => lines))
      .map(({ namespace, name }) => `${namespace} ${name}`)
    for (const { metrics } of Object.values(guidance.en))
      for (const { namespace, name } of metrics) expect(shown).toContain(`${namespace} ${name}`)
  })

  it.each(alarms.map((alarm): [string, AlarmDefinition] => [alarm.name, alarm]))(
    'tells %s as the list has it',
    (name, alarm) => {
      const row = tableOf(section(text, '## Alarms'), 'alarm').find(
        ([cell]) => cell === `[${name}](en/${name}.md) ([日本語](ja/${name}.md))`,
      )
      const [, severity, rings, levelTwo, brakes] = row ?? []
      const unit = alarm.unit === 'count' ? '' : alarm.unit
      const whole =
        alarm.condition.kind === 'percentage' && alarm.condition.atLeast > 1 ? alarm.condition.atLeast : undefined
      expect([severity, brakes]).toEqual([alarm.severity, alarm.brakes ? 'yes' : 'no'])
      expect(rings).toMatch(new RegExp(`\\b${alarm.threshold} ${unit}`))
      expect(rings).toMatch(new RegExp(`\\b${alarm.periodMinutes * alarm.datapoints} min`))
      if (whole !== undefined) expect(rings).toContain(`of at least ${whole} a minute`)
      const { above, afterMinutes, complaints } = alarm.escalate
      const byCustomers = complaints ? ', or when customers complain' : ''
      expect(levelTwo).toBe(
        `${above === undefined ? '' : `above ${above} ${unit}, or `}after ${afterMinutes} min${byCustomers}`,
      )
    },
  )

  it('has no alarm that is not in the list', () => {
    expect(tableOf(section(text, '## Alarms'), 'alarm')).toHaveLength(alarms.length)
    expect(headings(text).filter((title) => title.endsWith('Alarm'))).toEqual(['NewVersionErrorAlarm'])
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
