import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Room } from '../../sandbox/room/room.ts'
import { type Story, startStory } from '../support/story.ts'

let story: Story
let room: Room
const look = async () => {
  room = await story.room.current()
}
const api = () => room.functions[0]
const shares = () => api()?.versions.map(({ version, share }) => [version, share])
const marks = () => room.chart.marks.map(({ kind, text }) => `${kind}: ${text}`)
const alarm = (name: string) => room.alarms.find((each) => each.name === name)

describe('a deployment turns bad and is rolled back', () => {
  beforeAll(async () => {
    story = await startStory()
  })
  afterAll(() => story.stop())

  it('before anything happens, all is quiet', async () => {
    await look()
    expect(room).toMatchObject({
      clock: { now: '2026-11-23T03:00:00.000Z', speed: 0 },
      playing: null,
      slackDown: false,
      incidents: [],
    })
    expect(shares()).toEqual([
      ['41', 1],
      ['40', 0],
      ['39', 0],
      ['38', 0],
    ])
    expect(room.chart.points).toHaveLength(45)
    expect(room.chart.points[0]).toEqual({ at: '2026-11-23T02:15:00.000Z', percent: 0 })
    expect(room.chart).toMatchObject({ threshold: 5, marks: [] })
    expect(room.queues.map(({ name, waiting }) => [name, waiting])).toEqual([
      ['alarms', 0],
      ['sender', 0],
      ['evidence', 0],
      ['worker', 0],
      ['remedy', 0],
      ['mailer', 0],
      ['deadLetters', 0],
    ])
  })

  it('the alarm rings: the chart is over its limit and says what was deployed', async () => {
    await story.play('bad-deploy')
    await look()
    expect(shares()?.slice(0, 2)).toEqual([
      ['42', 1],
      ['41', 0],
    ])
    expect(api()).toMatchObject({ role: 'api', perMinute: 120 })
    expect(api()?.errorRate).toBeGreaterThan(5)
    expect(room.chart.points.at(-1)?.percent).toBe(api()?.errorRate)
    expect(marks()).toEqual(['deployment: v42 by Ren Ito', 'alarm: alarm rings'])
    expect(alarm('LambdaErrorAlarm')).toEqual({
      name: 'LambdaErrorAlarm',
      severity: 'Critical',
      state: 'ALARM',
      since: '2026-11-23T03:12:00.000Z',
      condition: 'Errors of Invocations over 5 % for 2 of 2 minutes',
    })
    expect(room.incidents).toEqual([
      {
        id: 'api-20261123T031200Z',
        service: 'api',
        status: 'open',
        severity: 'Critical',
        openedAt: '2026-11-23T03:12:00.000Z',
        alarms: ['LambdaErrorAlarm'],
        owner: null,
        level: 1,
        nextDue: '2026-11-23T03:27:00.000Z',
        rollback: 'none',
        slack: { channel: 'C0ALERTS001', ts: expect.any(String) },
      },
    ])
  })

  it('rolled back, the alias points at the version before and the chart says when', async () => {
    await story.press('aiko', 'api', 'Acknowledge')
    await story.press('aiko', 'api', 'Roll back')
    await story.submit('aiko')
    await story.forward(2)
    await look()
    expect(shares()?.slice(0, 2)).toEqual([
      ['42', 0],
      ['41', 1],
    ])
    expect(marks()).toEqual([
      'deployment: v42 by Ren Ito',
      'alarm: alarm rings',
      'rollback: rolled back to v41',
      'ok: alarm OK',
    ])
    expect(room.incidents).toMatchObject([{ rollback: 'helped', owner: 'U0AIKO00001', nextDue: null }])
  })

  it('what is past leaves the chart, and a minute without traffic has no percentage', async () => {
    story.cloud.traffic.setRequestsPerMinute(0)
    await story.sandboxForward(50 * 60)
    await look()
    expect(marks()).toEqual([])
    expect(room.chart.points.at(-1)?.percent).toBeNull()
    expect(api()).toMatchObject({ perMinute: 0, errorRate: null })
  })
})

describe('other sights', () => {
  beforeAll(async () => {
    story = await startStory()
  })
  afterAll(() => story.stop())

  it('a canary shares the traffic', async () => {
    const { functions, names } = story.cloud
    functions.updateAlias(names.functions.api, { version: '41', weights: { '40': 0.1 } })
    await look()
    expect(shares()?.slice(0, 2)).toEqual([
      ['41', 0.9],
      ['40', 0.1],
    ])
  })

  it('every alarm has its condition in words', async () => {
    await look()
    expect(room.alarms.map(({ name, condition }) => `${name}: ${condition}`)).toEqual([
      'ApiGateway5xxAlarm: 5XXError of Count over 10 % for 2 of 2 minutes',
      'ApiLatencyP95Alarm: Latency, p95 over 2 s for 5 of 5 minutes',
      'DynamoDBThrottleAlarm: ReadThrottleEvents + WriteThrottleEvents + SystemErrors at least 1 in 1 minute',
      'ExternalApiErrorAlarm: ExternalApiErrors of ExternalApiCalls at least 50 % in 10 minutes',
      'LambdaErrorAlarm: Errors of Invocations over 5 % for 2 of 2 minutes',
      'LambdaThrottleAlarm: Throttles over 10 in 1 minute',
      'PricesStaleAlarm: PriceAge, Maximum over 3,600 s in 10 minutes',
    ])
  })

  it('what is being played and Slack that is away can be seen meanwhile', async () => {
    const played = story.play('slack-down')
    await look()
    expect(room.playing).toBe('slack-down')
    await played
    await look()
    expect(room).toMatchObject({ playing: null, slackDown: true })
    expect(room.incidents).toMatchObject([{ slack: { channel: null, ts: null } }])
  })
})
