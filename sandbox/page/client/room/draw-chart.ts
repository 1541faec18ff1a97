import * as Plot from '@observablehq/plot'
import type { ErrorChart } from '../../../room/room.ts'
import type { Reading } from '../times.ts'
import { inLanes } from './lanes.ts'
import { percent, shortTime } from './words.ts'

const minuteMs = 60_000
const laneHeight = 14
const margin = { left: 38, right: 10, bottom: 24 }
const colours: Record<ErrorChart['marks'][number]['kind'], string> = {
  deployment: 'var(--link)',
  alarm: 'var(--danger-strong)',
  ok: 'var(--text-soft)',
  rollback: 'var(--warn)',
}

/** Draws the chart into a new element. A point stands at the end of its minute, which is when the alarm looks at it. */
export function drawChart({ points, threshold, marks }: ErrorChart, reading: Reading, width: number) {
  const data = points.map(({ at, percent: value }) => ({ end: new Date(Date.parse(at) + minuteMs), value }))
  const [first, last] = [data[0]?.end, data.at(-1)?.end]
  const domain = [first ?? new Date(0), last ?? new Date(minuteMs)]
  const highest = Math.max(threshold * 1.6, ...data.map(({ value }) => (value ?? 0) * 1.15))
  const inner = width - margin.left - margin.right
  const [from = 0, to = 1] = domain.map((at) => at.getTime())
  const xOf = (at: string) => margin.left + Math.max(0, (Date.parse(at) - from) / (to - from)) * inner
  const placed = inLanes(
    marks.map((mark) => ({ mark, x: xOf(mark.at), width: mark.text.length * 6 + 4 })),
    width,
  )
  const lanes = placed.reduce((most, { lane }) => Math.max(most, lane + 1), 0)
  const ticks: Date[] = []
  for (let at = Math.ceil(from / (15 * minuteMs)) * 15 * minuteMs; at <= to; at += 15 * minuteMs)
    ticks.push(new Date(at))

  return Plot.plot({
    width,
    height: 170 + lanes * laneHeight,
    marginLeft: margin.left,
    marginRight: margin.right,
    marginBottom: margin.bottom,
    marginTop: 12 + lanes * laneHeight,
    style: { background: 'transparent', color: 'inherit', fontSize: '11px', overflow: 'visible' },
    x: { type: 'utc', domain },
    y: { domain: [0, Math.min(100, highest)] },
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 4 }),
      Plot.axisY({ ticks: 4, tickFormat: (value: number) => `${value} %`, tickSize: 0, label: null }),
      Plot.axisX(ticks, { tickFormat: (at: Date) => shortTime(at, reading), tickSize: 4, label: null }),
      Plot.ruleY([threshold], { stroke: 'var(--danger-strong)', strokeDasharray: '5 4' }),
      Plot.text([threshold], {
        y: (value: number) => value,
        text: (value: number) => `limit ${percent(value)}`,
        frameAnchor: 'left',
        textAnchor: 'start',
        dx: 4,
        dy: -7,
        fill: 'var(--danger-strong)',
        stroke: 'var(--bg)',
        strokeWidth: 4,
      }),
      ...placed.map(({ mark, lane }) =>
        Plot.ruleX([mark], {
          x: ({ at }) => new Date(Math.max(Date.parse(at), from)),
          stroke: colours[mark.kind],
          strokeWidth: 1.25,
          insetTop: -(lane + 1) * laneHeight + 2,
        }),
      ),
      // The texts come last, each with a rim that keeps it readable where another line passes behind it.
      ...placed.map(({ mark, lane, anchor }) =>
        Plot.text([mark], {
          x: ({ at }) => new Date(Math.max(Date.parse(at), from)),
          text: ({ text }) => text,
          frameAnchor: 'top',
          textAnchor: anchor,
          dx: anchor === 'start' ? 3 : -3,
          dy: -(lane + 1) * laneHeight + 2,
          fill: colours[mark.kind],
          stroke: 'var(--bg)',
          strokeWidth: 4,
        }),
      ),
      Plot.lineY(data, { x: 'end', y: 'value', stroke: 'currentColor', strokeWidth: 1.75 }),
      // A minute between two without traffic is a line of no length.
      Plot.dot(data, { x: 'end', y: 'value', fill: 'currentColor', r: 1.5 }),
      Plot.tip(
        data.filter(({ value }) => value !== null),
        Plot.pointerX({
          x: 'end',
          y: 'value',
          title: ({ end, value }) => `until ${shortTime(end, reading)}\n${percent(value ?? 0)}`,
          fill: 'var(--bg-raised)',
          stroke: 'var(--line-strong)',
          fontSize: 12,
        }),
      ),
    ],
  })
}
