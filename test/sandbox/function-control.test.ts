import { afterAll, beforeAll, expect, it } from 'vitest'
import { api, type Story, startStory } from '../support/story.ts'

let story: Story
beforeAll(async () => {
  story = await startStory()
})
afterAll(() => story.stop())

const ask = async (method: string, path: string, options: { body?: unknown; origin?: string } = {}) => {
  const { body, origin } = options
  const answer = await fetch(`${story.addresses.workspace}/_sandbox${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(origin !== undefined && { origin }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as { ok: boolean; error?: string } }
}
const sentence = /^\S+ .{12,}\.$/s

it('an operator moves the alias behind the back of the bot', async () => {
  const moved = await ask('POST', '/functions/api/live', { body: { version: '40' } })
  expect(moved).toEqual({ status: 200, body: { ok: true, function: api, live: '40' } })
  expect(story.cloud.functions.alias(api)).toMatchObject({ version: '40', weights: {} })
})

it('an operator deletes a version that is not live', async () => {
  const deleted = await ask('DELETE', '/functions/api/versions/38')
  expect(deleted).toEqual({ status: 200, body: { ok: true, function: api, deleted: '38' } })
  expect(story.cloud.functions.versions(api).map(({ version }) => version)).toEqual(['39', '40', '41'])
})

it.each([
  ['POST', '/functions/api/live', { version: '99' }, 404],
  ['POST', '/functions/nothing/live', { version: '40' }, 404],
  ['POST', '/functions/constructor/live', { version: '40' }, 404],
  ['POST', '/functions/api/live', { version: 40 }, 400],
  ['POST', '/functions/api/live', { version: 'live' }, 400],
  ['POST', '/functions/api/live', {}, 400],
  ['DELETE', '/functions/api/versions/40', undefined, 400],
  ['DELETE', '/functions/api/versions/99', undefined, 404],
] as const)('%s %s %j is refused with a sentence', async (method, path, body, status) => {
  const before = story.cloud.functions.snapshot()
  expect(await ask(method, path, { body })).toEqual({
    status,
    body: { ok: false, error: expect.stringMatching(sentence) },
  })
  expect(story.cloud.functions.snapshot()).toEqual(before)
})

it('a web page elsewhere cannot steer the sandbox', async () => {
  const { port } = new URL(story.addresses.workspace)
  const steer = (origin: string, path = '/slack/down') => ask('POST', path, { body: { down: false }, origin })
  for (const origin of [
    'http://evil.example',
    `https://localhost:${port}`,
    `http://localhost:${Number(port) + 1}`,
    `http://localhost:${port}.evil.example`,
    'null',
    '',
  ]) {
    expect(await steer(origin), origin).toEqual({
      status: 403,
      body: { ok: false, error: 'This sandbox is steered from its own page only, or from a script.' },
    })
  }
  expect(await steer('http://evil.example', '/slack/close')).toMatchObject({ status: 403 })
  for (const origin of [`http://localhost:${port}`, `http://127.0.0.1:${port}`]) {
    expect(await steer(origin)).toMatchObject({ status: 200, body: { ok: true } })
  }
})
