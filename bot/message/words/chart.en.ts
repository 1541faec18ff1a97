import type { Trend } from '../../incident/trend.ts'

const trends: Record<Trend, string> = { rising: 'rising', falling: 'falling', steady: 'steady' }

export const chart = {
  title: (measure: string) => `${measure}, last 30 min`,
  measured: 'measured',
  limit: 'limit',
  time: (zone: string) => `Time in ${zone}`,
  units: { '%': '%', s: 's', min: 'min', count: 'times' },
  course: (first: string, last: string, highest: string, at: string, trend: Trend) =>
    `*Last 30 min:* ${first} → ${last}, ${trends[trend]}; highest ${highest} ${at}`,
}
