import { useEffect, useRef, useState } from 'react'
import type { ErrorChart } from '../../../room/room.ts'
import type { Reading } from '../times.ts'
import { drawChart } from './draw-chart.ts'
import { Part } from './part.tsx'
import { percent, shortTime } from './words.ts'

/** What the chart says, for those who do not see it and those who only glance. */
export function chartInWords({ points, threshold }: ErrorChart, reading: Reading): string {
  const known = points.flatMap(({ at, percent: value }) => (value === null ? [] : [{ at, value }]))
  const last = known.at(-1)
  if (!last) return `No traffic in the last ${points.length} minutes. The alarm’s limit is ${percent(threshold)}.`
  const highest = known.reduce((most, each) => (each.value > most.value ? each : most), last)
  const top =
    highest.value === 0
      ? 'no errors before'
      : `highest ${percent(highest.value)} at ${shortTime(new Date(highest.at), reading)}`
  return `Last minute ${percent(last.value)}, ${top}, limit ${percent(threshold)}.`
}

/** The API's error rate over time, with what happened meanwhile. */
export function ErrorChartPart({ chart, reading }: { chart: ErrorChart; reading: Reading }) {
  const { tz, locale } = reading
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!frame.current) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [])
  // The room arrives anew every few seconds; the drawing only changes with its data.
  const data = JSON.stringify(chart)
  useEffect(() => {
    if (width < 120) return
    const drawing = drawChart(JSON.parse(data) as ErrorChart, { tz, locale }, width)
    // The frame around it says in words what it shows.
    drawing.setAttribute('aria-hidden', 'true')
    frame.current?.replaceChildren(drawing)
  }, [data, tz, locale, width])

  const words = chartInWords(chart, reading)
  return (
    <Part title="Error rate">
      <figure className="room-chart">
        <div ref={frame} role="img" aria-label={`Error rate of the price API. ${words}`} />
        <figcaption className="small soft">
          {words}
          {chart.marks.length > 0 && (
            <ul className="visually-hidden">
              {chart.marks.map(({ at, kind, text }) => (
                <li key={`${at} ${kind} ${text}`}>
                  {shortTime(new Date(at), reading)}: {text}
                </li>
              ))}
            </ul>
          )}
        </figcaption>
      </figure>
    </Part>
  )
}
