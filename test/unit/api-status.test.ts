import { describe, expect, it } from 'vitest'
import type { Incidents } from '../../api/incidents.ts'
import { StatusAnswer } from '../../api/schemas.ts'
import { IncidentRecord } from '../../common/incident-record.ts'
import { createApiWorld, throttled } from '../support/api-world.ts'
import { aForeignAlarm, anAlarm, anIncident, anOwnedIncident, byName, later, noon, quiet } from '../support/builders.ts'

/** The record as the API reads it out of what the bot writes. */
const recorded = (...incidents: ReturnType<typeof anIncident>[]): Incidents =>
  incidents.map((incident) => IncidentRecord.parse(incident))

const providerDown = anIncident({
  id: 'updater-20261123T030000Z',
  service: 'updater',
  severity: 'High',
  alarms: byName(
    anAlarm({ name: 'ExternalApiErrorAlarm', listed: 'ExternalApiErrorAlarm', severity: 'High', value: 100 }),
  ),
  timeline: [{ at: noon, what: 'alarm-fired', about: 'ExternalApiErrorAlarm', times: 3, last: later(4) }],
})

const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

describe('the status', () => {
  it('is operational when nothing is open', async () => {
    const { status, headers, body } = await createApiWorld().ask('/status')
    expect([status, headers['content-type']]).toEqual([200, 'application/json'])
    expect(StatusAnswer.parse(body)).toEqual({
      status: 'operational',
      summary: 'Everything works.',
      checkedAt: noon,
      newestPriceAt: noon,
      incidents: [],
      recent: [],
    })
  })

  it('tells what is affected, since when, and the last update', async () => {
    const { body } = await createApiWorld({ incidents: recorded(providerDown) }).ask('/status')
    expect(body).toMatchObject({
      status: 'degraded',
      incidents: [
        {
          id: 'updater-20261123T030000Z',
          state: 'investigating',
          affects: expect.stringContaining('No new prices arrive.'),
          since: noon,
          lastUpdate: later(4),
        },
      ],
    })
  })

  it('tells the cause, not what follows from it', async () => {
    const follows = { ...anAlarm({ name: 'ApiGateway5xxAlarm', listed: 'ApiGateway5xxAlarm' }), consequence: {} }
    const [incident] = recorded(providerDown)
    if (incident === undefined) throw new Error('There is no incident.')
    const both = { ...incident, alarms: { ...incident.alarms, ApiGateway5xxAlarm: follows } }
    const { body } = await createApiWorld({ incidents: [both] }).ask('/status')
    expect(body.incidents[0].affects).toContain('No new prices arrive.')
  })

  it('says in plain words what an alarm of nobody’s list may mean', async () => {
    const unlisted = anIncident({ alarms: byName(aForeignAlarm()) })
    const { body } = await createApiWorld({ incidents: recorded(unlisted) }).ask('/status')
    expect(body).toMatchObject({
      status: 'disrupted',
      incidents: [{ affects: 'Requests for prices may fail or take longer.' }],
    })
  })

  it.each([
    ['open', 'investigating'],
    ['acknowledged', 'being-worked-on'],
    ['recovering', 'recovering'],
  ] as const)('an incident that is %s is %s', async (status, state) => {
    const { body } = await createApiWorld({ incidents: recorded({ ...providerDown, status }) }).ask('/status')
    expect(body.incidents[0].state).toBe(state)
  })

  it('shows what ended for a day', async () => {
    const ended = { ...providerDown, status: 'resolved' as const, resolved: { at: later(30) } }
    const api = createApiWorld({ incidents: recorded(ended) })
    api.at(40)
    expect((await api.ask('/status')).body).toMatchObject({
      incidents: [],
      recent: [{ state: 'resolved', resolvedAt: later(30) }],
    })
    api.at(30 + 24 * 60 + 1)
    expect((await api.ask('/status')).body.recent).toEqual([])
  })

  it('is disrupted when prices are too old, whether somebody noticed or not', async () => {
    const api = createApiWorld()
    api.at(61)
    expect((await api.ask('/status')).body).toMatchObject({
      status: 'disrupted',
      summary: 'No prices are served, because the newest ones are too old.',
    })
  })

  it('says so when the record cannot be read', async () => {
    const api = createApiWorld({ incidentsFail: throttled() })
    expect((await api.ask('/status')).body).toMatchObject({ status: 'unknown', incidents: [] })
    expect(api.log.lines.at(-1)).toMatchObject({
      level: 'warn',
      message: 'the record of incidents could not be read',
    })
    expect(String((await api.get('/status', browser)).body)).toContain('cannot be read at the moment')
  })

  it('is answered when the table of prices is away too', async () => {
    const { status, body } = await createApiWorld({ tableFails: throttled() }).ask('/status')
    expect([status, body.status, body.newestPriceAt]).toEqual([200, 'disrupted', null])
  })

  it('is a page for a browser, in the language it prefers', async () => {
    const api = createApiWorld({ incidents: recorded(providerDown) })
    const english = await api.get('/status', browser)
    expect(english.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'en',
      vary: 'accept, accept-language',
    })
    expect(english.body).toContain('<html lang="en">')
    expect(english.body).toContain('No new prices arrive.')
    const japanese = await api.get('/status', { ...browser, 'accept-language': 'ja-JP,ja;q=0.9,en;q=0.8' })
    expect(japanese.headers?.['content-language']).toBe('ja')
    expect(japanese.body).toContain('価格APIの稼働状況')
    expect(japanese.body).toContain('新しい価格が届いていません')
    expect((await api.ask('/status', { 'accept-language': 'ja' })).body.summary).toContain('対応しています')
  })

  it('never lets text become markup', async () => {
    const strange = recorded({ ...providerDown, id: 'updater-<script>alert(1)</script>"' })
    const { body } = await createApiWorld({ incidents: strange }).get('/status', browser)
    expect(body).not.toContain('<script')
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;')
  })
})

describe('what people have reported', () => {
  const reported = (...kinds: ('leaked-key' | 'wrong-data' | 'security')[]) =>
    kinds.map((kind, n) => ({ kind, by: 'U1', at: noon, text: 'SQL in the path of a coin', press: `V${n}` }))
  const withoutAlarms = (...kinds: Parameters<typeof reported>) =>
    anOwnedIncident({
      alarms: {},
      severity: kinds[0] === 'security' ? 'Critical' : 'High',
      reports: reported(...kinds),
    })
  const statusWith = async (incident: ReturnType<typeof anIncident>, headers = {}) =>
    (await createApiWorld({ incidents: recorded(incident) }).ask('/status', headers)).body

  it.each([
    ['en', 'Some answers may be wrong.'],
    ['ja', '一部の応答が正しくない可能性があります。'],
  ])('wrong data is told in plain words (%s), and not in those of whoever reported it', async (language, said) => {
    const body = await statusWith(withoutAlarms('wrong-data', 'security'), { 'accept-language': language })
    expect(body).toMatchObject({ status: 'degraded', incidents: [{ affects: said, state: 'being-worked-on' }] })
    expect(JSON.stringify(body)).not.toContain('SQL')
  })

  it.each(['security', 'leaked-key'] as const)('%s is told to nobody, open or over', async (kind) => {
    const open = withoutAlarms(kind, 'wrong-data')
    const over = { ...open, status: 'resolved' as const, resolved: { at: noon } }
    for (const incident of [open, over]) {
      expect(await statusWith(incident)).toMatchObject({ status: 'operational', incidents: [], recent: [] })
      const page = await createApiWorld({ incidents: recorded(incident) }).get('/status', browser)
      expect(page.body).not.toContain(incident.id)
    }
  })

  it('what an alarm rings for is told as without the report, its severity too', async () => {
    const alarms = providerDown.alarms
    const both = { ...providerDown, alarms, severity: 'Critical' as const, reports: reported('security') }
    expect(await statusWith(both)).toEqual(await statusWith(providerDown))
  })

  it('an alarm that was over before a security report brought the incident back is not told again', async () => {
    const alarms = byName(quiet(anAlarm(), later(5)))
    const again = anOwnedIncident({ alarms, reopened: 1, ringingSince: later(20), reports: reported('security') })
    expect(await statusWith(again)).toMatchObject({ status: 'operational', incidents: [] })
    const sinceThen = { ...again, alarms: byName(quiet(anAlarm(), later(25))) }
    expect((await statusWith(sinceThen)).incidents).toHaveLength(1)
  })
})

describe('a refusal', () => {
  it('does not name an incident that the status does not show', async () => {
    const alarms = {}
    const reports = [{ kind: 'security' as const, by: 'U1', at: noon, text: 'x', press: 'V1' }]
    const api = createApiWorld({ incidents: recorded(anOwnedIncident({ alarms, reports })) })
    api.at(61)
    expect((await api.ask('/v1/prices/bitcoin')).body).not.toHaveProperty('incident')
  })

  it('names the open incident behind it', async () => {
    const api = createApiWorld({ incidents: recorded(anIncident(), providerDown) })
    api.at(61)
    expect((await api.ask('/v1/prices/bitcoin')).body).toMatchObject({
      type: 'urn:crypto-watch:problem:prices-too-old',
      incident: 'updater-20261123T030000Z',
      ageSeconds: 3660,
    })
  })

  it('does not name one that is over', async () => {
    const over = { ...providerDown, status: 'resolved' as const, resolved: { at: later(30) } }
    const api = createApiWorld({ incidents: recorded(over) })
    api.at(61)
    expect((await api.ask('/v1/prices/bitcoin')).body).not.toHaveProperty('incident')
  })

  it('is given without it when the record does not answer in 200 ms', async () => {
    const api = createApiWorld({ incidentsFail: 'never' })
    api.at(61)
    const { status, body } = await api.ask('/v1/prices/bitcoin')
    expect([status, 'incident' in body]).toEqual([503, false])
  })

  it('asks the record once for many requests, and not again at once when that failed', async () => {
    const api = createApiWorld({ incidentsFail: throttled() })
    api.at(61)
    await Promise.all(Array.from({ length: 50 }, () => api.ask('/v1/prices/bitcoin')))
    for (let n = 0; n < 5; n += 1) await api.ask('/v1/prices/bitcoin')
    expect(api.reads.incidents).toBe(1)
  })

  it('remembers for five minutes what the record said last', async () => {
    const api = createApiWorld({ incidents: recorded(providerDown) })
    api.at(61)
    await api.ask('/v1/prices/bitcoin')
    api.facts.incidentsFail = throttled()
    api.at(65)
    expect((await api.ask('/v1/prices/bitcoin')).body.incident).toBe('updater-20261123T030000Z')
    api.at(67)
    expect((await api.ask('/v1/prices/bitcoin')).body).not.toHaveProperty('incident')
  })
})
