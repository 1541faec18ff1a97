import { readFile } from 'node:fs/promises'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { generateSource } from 'oazapfts'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { problemTypes, problemUri } from '../api/problem.ts'
import { routes } from '../api/routes.ts'
import { openapiOnDisk, openapiText } from '../docs/openapi.ts'

const pathOf = (path: string) => new URL(`../${path}`, import.meta.url).pathname

/** What the linter says, by rule, with all its recommended rules. */
async function lint(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended-strict'] })
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config })
  return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)
}

describe('docs/openapi.json', () => {
  it('is what the schemas say: run `npm run openapi` after changing them', async () => {
    expect(await openapiOnDisk()).toBe(openapiText)
  })

  it('passes the linter', async () => {
    expect(await lint(openapiText)).toEqual([])
  })

  it('would not pass with a path that answers nothing', async () => {
    const broken = JSON.parse(openapiText)
    delete broken.paths['/v1/coins'].get.responses
    broken.paths['/v1/prices/{id}'].get.parameters = []
    expect(await lint(JSON.stringify(broken))).not.toEqual([])
  })

  it('has every route, with a key exactly where one is needed', () => {
    const Described = z.object({
      paths: z.record(
        z.string(),
        z.object({ get: z.object({ operationId: z.string(), security: z.array(z.unknown()).optional() }) }),
      ),
    })
    const { paths } = Described.parse(JSON.parse(openapiText))
    const described = Object.entries(paths).map(([path, { get }]) => [
      get.operationId,
      { path, needsKey: get.security === undefined },
    ])
    expect(Object.fromEntries(described)).toEqual(routes)
  })

  it('names every problem', () => {
    for (const type of problemTypes) expect(openapiText).toContain(problemUri(type))
  })
})

it('the client of the tests is what the generator makes of it', async () => {
  const client = await readFile(pathOf('test/support/price-api-client.ts'), 'utf8')
  expect(client).toBe(await generateSource(pathOf('docs/openapi.json')))
})
