import { describe, expect, it } from 'vitest'
import type { Incident } from '../../bot/incident/incident.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import { readMessageBlocks } from '../../sandbox/slack/validate-blocks.ts'
import { aLook, anAlarm, anEvidence, anIncident, aResolvedIncident, byName, later } from '../support/builders.ts'
import { linesOf } from '../support/seen.ts'

const points = (values: number[], minutesEach = 2) =>
  values.map((value, index) => ({ at: later((index - values.length) * minutesEach), value }))
const errors = (values: number[]) =>
  anIncident({
    evidence: anEvidence({ series: { alarm: 'LambdaErrorAlarm', minutesEach: 2, points: points(values) } }),
  })
const ja = aLook({ language: 'ja' })

const chartIn = (incident: Incident, look = aLook()) =>
  rootMessage(incident, look).blocks.find((block) => block.type === 'data_visualization')

describe('the chart', () => {
  it('draws the last half hour beside the limit, by the clock of the people on call', () => {
    expect(chartIn(errors([0, 0, 8.333, 12.4]))).toEqual({
      type: 'data_visualization',
      title: 'API errors, last 30 min',
      chart: {
        type: 'line',
        series: [
          {
            name: 'measured',
            data: [
              { label: '11:52', value: 0 },
              { label: '11:54', value: 0 },
              { label: '11:56', value: 8.33 },
              { label: '11:58', value: 12.4 },
            ],
          },
          {
            name: 'limit',
            data: ['11:52', '11:54', '11:56', '11:58'].map((label) => ({ label, value: 5 })),
          },
        ],
        axis_config: {
          categories: ['11:52', '11:54', '11:56', '11:58'],
          x_label: 'Time in Asia/Tokyo',
          y_label: '%',
        },
      },
    })
  })

  it('is in the language of the reader', () => {
    const chart = chartIn(errors([0, 1, 2]), ja)
    expect(JSON.stringify(chart)).toContain('APIのエラー率（直近30分）')
    expect(JSON.stringify(chart)).toContain('しきい値')
  })

  it('tells spans of minutes in minutes', () => {
    const stale = anIncident({
      alarms: byName(anAlarm({ name: 'PricesStaleAlarm', listed: 'PricesStaleAlarm', value: 4320, threshold: 3600 })),
      evidence: anEvidence({
        series: { alarm: 'PricesStaleAlarm', minutesEach: 5, points: points([3000, 3300, 3600, 3900], 5) },
      }),
    })
    const chart = chartIn(stale)
    expect(chart).toMatchObject({ chart: { axis_config: { y_label: 'min' } } })
    expect(JSON.stringify(chart)).toContain('"value":65')
    expect(JSON.stringify(chart)).toContain('"value":60')
  })

  it('is left out where there is too little to draw, for another alarm, and at the end', () => {
    expect(chartIn(errors([0, 9]))).toBeUndefined()
    const other = { alarm: 'ApiGateway5xxAlarm', minutesEach: 2, points: points([1, 2, 3]) }
    expect(chartIn(anIncident({ evidence: anEvidence({ series: other }) }))).toBeUndefined()
    const ended = { alarm: 'LambdaErrorAlarm', minutesEach: 2, points: points([1, 2, 3]) }
    expect(chartIn(aResolvedIncident({ evidence: anEvidence({ series: ended }) }))).toBeUndefined()
  })

  it('has labels that Slack takes, even where two points fall into one minute', () => {
    const twice = { alarm: 'LambdaErrorAlarm', minutesEach: 2, points: [...points([1, 2, 3]), ...points([4, 5, 6])] }
    const { blocks } = rootMessage(anIncident({ evidence: anEvidence({ series: twice }) }), aLook())
    expect(() => readMessageBlocks(JSON.parse(JSON.stringify(blocks)), { acceptsNewBlocks: true })).not.toThrow()
  })
})

describe('the same in words', () => {
  const at1156 = '<!date^1795402560^{date_short_pretty} {time}|2026-11-23 02:56 UTC>'
  it.each([
    [aLook(), `*Last 30 min:* 0 % → 8.3 %, rising; highest 12.4 % ${at1156}`],
    [ja, `*直近30分:* 0% → 8.3%、上昇中。最大 12.4%（${at1156}）`],
  ])('is for whoever sees no chart', (look, line) => {
    expect(linesOf(rootMessage(errors([0, 0, 0, 0, 12.4, 8.3]), look))).toContain(line)
  })
})
