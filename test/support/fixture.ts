import { readFileSync } from 'node:fs'

/** A recorded payload of the folder `test/fixtures`, as text. */
export const fixtureText = (name: string): string =>
  readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')

/** The same, read; `change` replaces fields at the top. */
export const fixture = (name: string, change: object = {}): Record<string, unknown> => ({
  ...(JSON.parse(fixtureText(name)) as Record<string, unknown>),
  ...change,
})
