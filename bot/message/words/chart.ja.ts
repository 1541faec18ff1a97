import type { Trend } from '../../incident/trend.ts'
import type { Words } from '../words.ts'

const trends: Record<Trend, string> = { rising: '上昇中', falling: '低下中', steady: '横ばい' }

export const chart: Words['chart'] = {
  title: (measure) => `${measure}（直近30分）`,
  measured: '実測値',
  limit: 'しきい値',
  time: (zone) => `時刻（${zone}）`,
  units: { '%': '%', s: '秒', min: '分', count: '回' },
  course: (first, last, highest, at, trend) =>
    `*直近30分:* ${first} → ${last}、${trends[trend]}。最大 ${highest}（${at}）`,
}
