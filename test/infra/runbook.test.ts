import { beforeAll, describe, expect, it } from 'vitest'
import { type AlarmDefinition, alarms } from '../../common/alarms.ts'
import { stageNames } from '../../infra/stages.ts'
import { anchorOf, headings, read, section, spansOf, tableOf } from '../support/documents.ts'
import { type Synthesised, synthesised } from '../support/synthesised.ts'

let made: Synthesised
beforeAll(async () => {
  made = await synthesised()
}, 60_000)

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
