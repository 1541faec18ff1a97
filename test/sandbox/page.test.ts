import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openPage, type Page } from '../support/page-stream.ts'
import { alertsChannel, type Story, startStory } from '../support/story.ts'

let story: Story
const pages: Page[] = []
const open = async (as: string) => {
  const page = await openPage(story.addresses.workspace, as)
  pages.push(page)
  return page
}
beforeEach(async () => {
  story = await startStory()
})
afterEach(async () => {
  for (const page of pages.splice(0)) await page.close()
  await story.stop()
})

describe('the stream of a page', () => {
  it('begins with the whole and brings every change after it', async () => {
    const page = await open('aiko')
    expect(page.updates.map(({ is }) => is)).toEqual([])
    await page.until(({ messages }) => messages.length === 0)

    await story.play('bad-deploy')
    const broken = await page.until(({ messages }) => messages.some(({ text }) => text.includes('API errors')))
    expect(page.updates[0]?.is).toBe('whole')
    expect(broken.me).toBe('U0AIKO00001')

    await story.press('aiko', 'api', 'Acknowledge')
    await page.until(({ messages }) => JSON.stringify(messages).includes('*Owner:* <@U0AIKO00001>'))
  })

  it('finds what happened before it opened', async () => {
    await story.play('bad-deploy')
    const page = await open('dan')
    const world = await page.until(() => true)
    expect(world.messages[0]).toMatchObject({ channel: alertsChannel, user: world.botId })
    expect(world.room.incidents).toMatchObject([{ service: 'api', status: 'open' }])
    expect(world.journal.length).toBeGreaterThan(10)
  })

  it('shows a refusal and a modal to one person alone', async () => {
    await story.play('bad-deploy')
    const [aiko, eve] = [await open('aiko'), await open('eve')]
    await story.press('eve', 'api', 'Acknowledge')
    const refused = await eve.until(({ messages }) => messages.some(({ onlyYou }) => onlyYou))
    const whisper = refused.messages.find(({ onlyYou }) => onlyYou)

    await story.press('aiko', 'api', 'Roll back')
    const asked = await aiko.until(({ modal }) => modal?.submit !== undefined)
    expect(asked.modal?.title).toBe('Roll back')
    expect(asked.messages.some(({ ts }) => ts === whisper?.ts)).toBe(false)
    expect(eve.updates.some(({ is }) => is === 'modal')).toBe(false)

    await story.http('/slack/close', { user: 'aiko' })
    await aiko.until(({ modal }) => modal === null)
  })

  it('tells messages by the sandbox clock, for protocol time stands elsewhere', async () => {
    await story.play('bad-deploy')
    const world = await (await open('aiko')).until(({ messages }) => messages.length > 0)
    const [message] = world.messages
    expect(Date.parse(message?.at ?? '')).toBeLessThanOrEqual(story.clock.now().getTime())
    expect(message?.at).toMatch(/^2026-11-23T03:/)
  })

  it('is refused to somebody who is not here, and to the bot', async () => {
    for (const who of ['zoe', 'crypto-watch', '']) {
      const answer = await fetch(`${story.addresses.workspace}/_sandbox/page/stream?as=${who}`)
      expect(answer.status).toBe(404)
      expect(await answer.json()).toMatchObject({ ok: false, error: expect.stringContaining(`"${who}"`) })
    }
  })
})

describe('the page', () => {
  const get = (path: string) => fetch(`${story.addresses.workspace}${path}`, { redirect: 'manual' })

  it('is one document, with script and style from here alone', async () => {
    const document = await get('/')
    expect(document.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(document.headers.get('content-security-policy')).toContain("default-src 'none'")
    const html = await document.text()
    const sources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source ?? '')
    expect(sources).toEqual(['/icon.svg', '/page.css', '/page.js'])
    for (const source of sources) expect((await get(source)).status, source).toBe(200)
    const script = await (await get('/page.js')).text()
    expect(script.includes('ZodError'), 'the schemas of the server stay there').toBe(false)
    expect(script.includes('NODE_ENV'), 'nothing asks for an environment').toBe(false)
  })

  it('stands at the address of a message too', async () => {
    await story.play('bad-deploy')
    const [root] = story.rootMessages()
    const link = await story.slack.api('chat.getPermalink', { channel: alertsChannel, message_ts: root?.ts })
    const { pathname } = new URL(String(link.permalink))
    expect((await get(pathname)).headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  it('sends somebody unknown to the front door', async () => {
    const answer = await get('/?as=zoe')
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('/')
  })
})
