import { beforeAll, describe, expect, it } from 'vitest'
import { names } from '../../common/names.ts'
import { stageNames } from '../../infra/stages.ts'
import { read, section, tableOf } from '../support/documents.ts'
import { type Synthesised, synthesised } from '../support/synthesised.ts'

let made: Synthesised
beforeAll(async () => {
  made = await synthesised()
}, 60_000)

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
