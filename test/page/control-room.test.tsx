import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ControlRoom, type ControlRoomProps } from '../../sandbox/page/client/room/control-room.tsx'
import { chartInWords } from '../../sandbox/page/client/room/error-chart-part.tsx'
import { inLanes } from '../../sandbox/page/client/room/lanes.ts'
import { countdown, percent } from '../../sandbox/page/client/room/words.ts'
import { anIncident, aRoom, now, roomProps } from './room-builders.ts'

const drawn = (change: Partial<ControlRoomProps> = {}) => renderToStaticMarkup(<ControlRoom {...roomProps(change)} />)
/** What a section says, without its tags. */
const section = (title: string, change: Partial<ControlRoomProps> = {}) => {
  const found = drawn(change)
    .split('<section')
    .find((each) => each.includes(`>${title}</h3>`))
  return found ?? ''
}
const said = (title: string, change: Partial<ControlRoomProps> = {}) =>
  section(title, change)
    .replace(/^[^>]*>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

describe('the control room', () => {
  it('has its sections in the order in which they are needed', () => {
    const titles = [...drawn().matchAll(/<h3[^>]*>([^<]+)<\/h3>/g)].map(([, title]) => title)
    expect(titles).toEqual([
      'Time',
      'Error rate',
      'Service',
      'Scenarios',
      'Slack',
      'Incidents',
      'Mail',
      'Alarms',
      'Queues',
      'People',
      'What travels',
    ])
  })

  it('tells the time in the zone of the person who looks', () => {
    expect(said('Time')).toContain('12:12:30')
    expect(said('Time')).toContain('Asia/Tokyo')
    expect(said('Time', { me: 'U0BEN000001' })).toContain('22:12:30')
    expect(section('Time')).toContain('aria-pressed="true">10×')
    expect(said('Time', { room: aRoom({ clock: { now: now.toISOString(), speed: 600 } }) })).toContain('runs at 600×')
  })

  it('offers every scenario with its sentence, and healing apart', () => {
    const text = said('Scenarios')
    expect(text).toContain('Break a deployment ▶ A version turns bad.')
    expect(text).toContain('Brand new ▶ Nobody has named it yet.')
    expect(text).toMatch(/Heal everything ▶ Everything heals\.$/)
  })

  it('plays one scenario at a time', () => {
    const playing = section('Scenarios', { room: aRoom({ playing: 'bad-deploy' }) })
    expect(playing).toContain('playing…')
    expect(playing.match(/aria-busy="true"/g)).toHaveLength(1)
    expect(playing.match(/disabled=""/g)).toHaveLength(3)
  })

  it('shows how a canary shares the traffic', () => {
    expect(said('Service')).toContain('120 calls in the last minute, errors 7.9 %')
    expect(said('Service')).toContain('v42 share of the traffic: 10 % by Ren Ito: Round prices')
    expect(section('Service')).toContain('width:90%')
  })

  it('puts ringing alarms first, in a word and a shape', () => {
    expect(said('Alarms')).toBe(
      'Alarms 1 ringing ▲ ALARM LambdaErrorAlarm Critical · over 5 % · since 12:12 ● OK ApiGateway5xxAlarm Critical · over 10 % · since 12:12',
    )
  })

  it('counts down to the next escalation of an incident, and leads to its message', () => {
    expect(said('Incidents')).toContain('api Critical Open level 1 · level 2 in 14:30 Show message of api-20261123')
    const waiting = aRoom({ incidents: [anIncident({ slack: { channel: null, ts: null }, rollback: 'verifying' })] })
    expect(said('Incidents', { room: waiting })).toContain('rollback done, proof outstanding no message yet')
    expect(said('Incidents', { room: aRoom({ incidents: [] }) })).toContain('Nothing has happened yet')
  })

  it('shows open incidents before older ones, and a long list on demand', () => {
    const incidents = Array.from({ length: 9 }, (_, index) =>
      anIncident({ id: `i-${index}`, service: `s${index}`, status: index === 3 ? 'open' : 'resolved', nextDue: null }),
    )
    const text = said('Incidents', { room: aRoom({ incidents }) })
    expect(text).toMatch(/^Incidents 1 open s3 /)
    expect(text).toMatch(/Show all 9 incidents$/)
  })

  it('lets dead letters stand out', () => {
    expect(section('Queues')).toContain('<li class="bad">')
    expect(said('Queues')).toMatch(/▲ 2$/)
  })

  it('says who is acting, and offers the others', () => {
    expect(section('People')).toMatch(/aria-current="true">.*?Aiko Tanaka/)
    expect(said('People')).toContain('Act as Eve')
    expect(said('People')).not.toContain('Crypto Watch')
    expect(said('People')).not.toContain('Act as Aiko')
  })

  it('has a switch that takes Slack away', () => {
    expect(section('Slack')).toContain('role="switch" aria-checked="false"')
    expect(section('Slack', { room: aRoom({ slackDown: true }) })).toContain('role="switch" aria-checked="true"')
  })

  it('tells what travels, with details on demand', () => {
    const text = said('What travels')
    expect(text).toContain('12:12:30 Alarm LambdaErrorAlarm turned ALARM')
    expect(text).toContain('Decision Event “alarm changed” → decided details incident api-1 effects show, page')
    expect(section('What travels').match(/aria-pressed="true"/g)).toHaveLength(8)
    expect(section('What travels').match(/<details>/g)).toHaveLength(1)
  })
})

describe('the chart in words', () => {
  const reading = { tz: 'Asia/Tokyo', locale: 'ja-JP' }

  it('says the last value, the highest, and the limit', () => {
    const chart = { threshold: 5, marks: [], points: [] }
    const at = (minute: number, value: number | null) => ({ at: `2026-11-23T03:1${minute}:00.000Z`, percent: value })
    expect(chartInWords({ ...chart, points: [at(0, 12.4), at(1, 0.55), at(2, null)] }, reading)).toBe(
      'Last minute 0.6 %, highest 12 % at 12:10, limit 5 %.',
    )
    expect(chartInWords({ ...chart, points: [at(0, 0)] }, reading)).toBe(
      'Last minute 0 %, no errors before, limit 5 %.',
    )
    expect(chartInWords({ ...chart, points: [at(0, null)] }, reading)).toBe(
      'No traffic in the last 1 minutes. The alarm’s limit is 5 %.',
    )
  })

  it('has the events as a list', () => {
    expect(said('Error rate')).toContain('12:12: alarm rings')
  })
})

describe('labels of the chart', () => {
  it('stand in lanes of their own where they would cover each other', () => {
    const labels = [
      { mark: 'deployment', x: 100, width: 80 },
      { mark: 'alarm', x: 150, width: 60 },
      { mark: 'rollback', x: 150, width: 90 },
      { mark: 'ok', x: 290, width: 50 },
    ]
    const placed = inLanes(labels, 300)
    expect(placed.map(({ mark, lane, anchor }) => `${mark} ${lane} ${anchor}`)).toEqual([
      'ok 0 end',
      'rollback 1 start',
      'alarm 0 start',
      'deployment 2 start',
    ])
    const spans = placed.map(({ x, lane, anchor, mark }) => {
      const width = labels.find((each) => each.mark === mark)?.width ?? 0
      return { lane, from: anchor === 'start' ? x : x - width, to: anchor === 'start' ? x + width : x }
    })
    const covering = spans.filter((a) =>
      spans.some((b) => a !== b && a.lane === b.lane && a.from < b.to && b.from < a.to),
    )
    expect(covering).toEqual([])
  })
})

it.each([
  ['2026-11-23T03:12:30.000Z', undefined],
  ['2026-11-23T03:12:31.000Z', '0:01'],
  ['2026-11-23T03:27:35.000Z', '15:05'],
  ['2026-11-23T05:14:30.000Z', '2 h 02 min'],
])('until %s it is %s', (until, left) => {
  expect(countdown(new Date(until), now)).toBe(left)
})

it.each([
  [0, '0 %'],
  [0.04, '0 %'],
  [7.94, '7.9 %'],
  [10.4, '10 %'],
  [100, '100 %'],
])('%d is %s', (value, text) => {
  expect(percent(value)).toBe(text)
})
