import { describe, expect, it } from 'vitest'
import { problemUri } from '../../api/problem.ts'
import { secondsOfMaintenance } from '../../api/problems.ts'
import { maintenanceProblem } from '../../common/maintenance.ts'
import { defaultServiceSettings, readServiceSettings } from '../../common/service-settings.ts'
import { createApiWorld, throttled } from '../support/api-world.ts'
import { later, noon } from '../support/builders.ts'
import { jargonIn } from '../support/plain-words.ts'

const on = (expectedUntil: string | undefined = later(60), incident: string | undefined = 'api-1') => ({
  ...defaultServiceSettings,
  maintenance: { since: noon, ...(expectedUntil && { expectedUntil }), ...(incident && { incident }) },
})

describe('while maintenance mode is on', () => {
  it.each([
    '/v1/prices',
    '/v1/prices/bitcoin?currency=jpy',
    '/v1/prices/bitcoin/history',
    '/v1/coins',
    '/v1/prices?x=y',
  ])('%s is refused with the time to try again', async (url) => {
    const { get } = createApiWorld({ settings: on() })
    const answer = await get(url)
    expect(answer.statusCode).toBe(503)
    expect(answer.headers).toMatchObject({ 'retry-after': '3600', 'content-type': 'application/problem+json' })
    expect(JSON.parse(answer.body)).toEqual({
      type: maintenanceProblem,
      title: 'The price API is in maintenance',
      status: 503,
      detail:
        'No prices are answered while we mend it. We expect it back by 2026-11-23 04:00 UTC. Try again after the time in Retry-After; /status tells more.',
      incident: 'api-1',
      expectedUntil: later(60),
      requestId: 'r-1',
    })
  })

  it.each([
    ['an hour ahead', later(60), 3600],
    ['four hours ahead', later(240), 3600],
    ['ten minutes ahead', later(10), 600],
    ['a second ahead', '2026-11-23T03:00:01.000Z', 30],
    ['now', noon, 300],
    ['over', later(-5), 300],
    ['not known', undefined, 300],
  ])('an end that is %s', (_what, expectedUntil, seconds) => {
    expect(secondsOfMaintenance(expectedUntil, noon)).toBe(seconds)
  })

  it('an end that is over is not promised', async () => {
    const { get } = createApiWorld({ settings: on(later(-5), undefined) })
    const answer = await get('/v1/coins')
    expect(JSON.parse(answer.body)).not.toHaveProperty('expectedUntil')
    expect(answer.body).toContain('We cannot say yet when it will be back.')
    expect(JSON.parse((await get('/status')).body)).toMatchObject({ maintenance: { expectedUntil: null } })
  })

  it('the health and the status go on, in both languages and in plain words', async () => {
    const { get } = createApiWorld({ settings: on() })
    const health = await get('/health')
    expect(health.statusCode).toBe(200)
    expect(JSON.parse(health.body)).toMatchObject({
      status: 'degraded',
      reasons: ['maintenance mode is on: no prices are answered, as was decided'],
    })
    for (const language of ['en', 'ja'] as const) {
      const { body } = await get('/status', { accept: 'application/json', 'accept-language': language })
      expect(JSON.parse(body)).toMatchObject({
        status: 'disrupted',
        maintenance: { since: noon, expectedUntil: later(60) },
      })
      expect(jargonIn(body, language)).toEqual([])
      const page = (await get('/status', { accept: 'text/html', 'accept-language': language })).body
      expect(page).toContain({ en: 'expected until', ja: '終了予定' }[language])
      expect(page).toContain('2026-11-23 04:00 UTC')
      expect(page).toContain(`<strong>${JSON.parse(body).summary}</strong>`)
    }
  })

  it('is noticed, and its end too, as soon as the copy of some seconds has run out; no request reads for it alone', async () => {
    const world = createApiWorld()
    expect((await world.get('/v1/prices/bitcoin')).statusCode).toBe(200)
    await world.get('/v1/prices/bitcoin')
    expect(world.reads.snapshots).toBe(1)
  })
})

describe('in doubt there is none', () => {
  it.each([
    ['a text', 'on'],
    ['a number', 1],
    ['nothing in it', {}],
    ['a time that is none', { since: 'yesterday' }],
  ])('what cannot be understood: %s', (_what, maintenance) => {
    const { settings, problems } = readServiceSettings({ maintenance })
    expect(settings).toEqual(defaultServiceSettings)
    expect(problems).toEqual(['maintenance cannot be understood, so there is none'])
  })

  it('nothing there is no problem', () => {
    expect(readServiceSettings({ maintenance: null })).toEqual({ settings: defaultServiceSettings, problems: [] })
  })

  it('a table that cannot be read: the request fails or not as ever, and is not kept waiting twice', async () => {
    const world = createApiWorld({ tableFails: throttled() })
    expect(JSON.parse((await world.get('/v1/prices/bitcoin')).body)).toMatchObject({
      type: problemUri('prices-unreadable'),
    })
    const { snapshots } = world.reads
    await world.get('/v1/prices/bitcoin')
    expect(world.reads.snapshots).toBe(snapshots + 1)
  })
})
