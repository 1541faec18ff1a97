import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '../../api/problem.ts'
import { sampleKey } from '../../sandbox/cloud/gateway/api-keys.ts'
import { type Story, startStory } from '../support/story.ts'

let story: Story
let address: string
beforeAll(async () => {
  story = await startStory()
  address = story.addresses.prices
})
afterAll(() => story.stop())

const get = (path: string, headers: Record<string, string> = { 'x-api-key': sampleKey }) =>
  fetch(`${address}${path}`, { headers })

describe('the price API over HTTP', () => {
  it('answers what is asked with the sample key, and a problem without', async () => {
    const answer = await get('/v1/prices/bitcoin?currency=jpy')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ id: 'bitcoin', currency: 'jpy' })
    const refused = await get('/v1/prices/bitcoin', {})
    expect(refused.status).toBe(403)
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    const problem = Problem.parse(await refused.json())
    expect(problem.requestId).toBe(refused.headers.get('x-amzn-requestid'))
  })

  it('passes a name on that stands in the query several times', async () => {
    const answer = await get('/v1/prices?ids=bitcoin&ids=ethereum&currency=usd')
    expect(await answer.json()).toMatchObject({ prices: [{ id: 'bitcoin' }, { id: 'ethereum' }] })
  })

  it('passes on what is encoded in the path, however badly', async () => {
    expect((await get('/v1/prices/bit%63oin')).status).toBe(200)
    expect((await get('/v1/prices/%E0%A4%A')).status).toBe(400)
  })

  it('says that nothing changed, without a body', async () => {
    const first = await get('/v1/coins')
    const again = await get('/v1/coins', {
      'X-API-KEY': sampleKey,
      'If-None-Match': first.headers.get('etag') ?? 'no tag',
    })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('needs no key for health and status', async () => {
    expect(await (await get('/health', {})).json()).toMatchObject({ status: 'ok' })
    expect(await (await get('/status', {})).json()).toMatchObject({ incidents: [], recent: [] })
  })
})

describe('the reference', () => {
  const page = async () => (await get('/docs', {})).text()

  it('is a page without a key, which holds the sample key and runs nothing that stands in it', async () => {
    const answer = await get('/docs', {})
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
    const text = await answer.text()
    expect(text).toContain(`x-api-key: ${sampleKey}`)
    expect(text).not.toContain('{{')
    for (const [, inside] of text.matchAll(/<script[^>]*>(.*?)<\/script>/gs)) expect(inside).toBe('')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toMatch(/https?:|script-src[^;]*unsafe/)
  })

  it('is found with a slash at the end too', async () => {
    const answer = await get('/docs/', {})
    expect([answer.status, new URL(answer.url).pathname]).toEqual([200, '/docs'])
  })

  it('loads everything from this machine, and all of it is there', async () => {
    const linked = [...(await page()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '')
    expect(linked.length).toBeGreaterThanOrEqual(4)
    for (const link of linked) {
      expect(link).toMatch(/^\/docs\//)
      const answer = await get(link, {})
      expect([link, answer.status]).toEqual([link, 200])
      const type = { css: 'text/css', js: 'text/javascript', png: 'image/png' }[link.split('.').at(-1) ?? '']
      expect(answer.headers.get('content-type')?.split(';', 1)).toEqual([type])
      expect((await answer.text()).length).toBeGreaterThan(100)
    }
  })

  it('describes the API by the file of the repository, whose key has the name that the page fills in', async () => {
    const answer = await get('/docs/openapi.json', {})
    const file = await readFile(new URL('../../docs/openapi.json', import.meta.url), 'utf8')
    expect(await answer.text()).toBe(file)
    const [name] = Object.keys(JSON.parse(file).components.securitySchemes)
    expect(await (await get('/docs/start.js', {})).text()).toContain(`preauthorizeApiKey('${name}'`)
  })

  it('gives nothing else of the library away, and leaves no traces in the access log', async () => {
    const before = story.cloud.gateway.accessLog.list().length
    for (const path of ['/docs/swagger/..%2f..%2fzod/package.json', '/docs/swagger/nothing.js'])
      expect([404, 403]).toContain((await get(path, {})).status)
    await page()
    const after = story.cloud.gateway.accessLog.list().slice(before)
    expect(after.filter(({ status }) => status < 400)).toEqual([])
  })
})
