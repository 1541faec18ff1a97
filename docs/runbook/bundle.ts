import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type AlarmName, alarms } from '../../common/alarms.ts'
import { type RunbookLanguage, runbookLanguages } from '../../common/runbook/types.ts'
import { problemsBetween, problemsOf } from './check.ts'
import { type Page, readPage } from './page.ts'

/** Writes `common/runbook/bundled.ts`: the pages of the alarms as plain data, which the bot carries with it. */

export type Pages = Record<RunbookLanguage, Partial<Record<AlarmName, Page>>>

/** Every page of every alarm, and what is wrong with them by file. */
export function readPages(textOf = textOnDisk): { pages: Pages; problems: string[] } {
  const problems: string[] = []
  const pages: Pages = { en: {}, ja: {} }
  for (const language of runbookLanguages)
    for (const { name } of alarms) {
      const file = `docs/runbook/${language}/${name}.md`
      const text = textOf(language, name)
      if (text === undefined) problems.push(`${file} is missing`)
      else
        try {
          const page = readPage(text, language)
          pages[language][name] = page
          problems.push(...problemsOf(name, page, language).map((problem) => `${file}: ${problem}`))
        } catch (error) {
          problems.push(`${file}: ${error instanceof Error ? error.message : error}`)
        }
    }
  for (const { name } of alarms) {
    const { en, ja } = { en: pages.en[name], ja: pages.ja[name] }
    if (en && ja) problems.push(...problemsBetween(en, ja).map((problem) => `${name}: ${problem}`))
  }
  return { pages, problems }
}

function textOnDisk(language: RunbookLanguage, name: AlarmName): string | undefined {
  const page = new URL(`${language}/${name}.md`, import.meta.url)
  return existsSync(page) ? readFileSync(page, 'utf8') : undefined
}

/** The generated file; throws one error that lists every problem by its file. */
export function bundledText(): string {
  const { pages, problems } = readPages()
  if (problems.length > 0) throw new Error(`the runbook is wrong:\n${problems.join('\n')}`)
  const each = (part: 'guidance' | 'runbook') =>
    Object.fromEntries(
      runbookLanguages.map((language) => [
        language,
        Object.fromEntries(Object.entries(pages[language]).map(([name, page]) => [name, page[part]])),
      ]),
    )
  const data = (value: object) => JSON.stringify(value, null, 2)
  return `// Written by \`npm run runbook\` from docs/runbook/en and docs/runbook/ja. Change those.
import type { GuidanceByAlarm, RunbookByAlarm, RunbookLanguage } from './types.ts'

export const guidance: Record<RunbookLanguage, GuidanceByAlarm> = ${data(each('guidance'))}

export const runbooks: Record<RunbookLanguage, RunbookByAlarm> = ${data(each('runbook'))}
`
}

const file = new URL('../../common/runbook/bundled.ts', import.meta.url)
export const bundledOnDisk = (): string => readFileSync(file, 'utf8')

if (import.meta.main) writeFileSync(file, bundledText())
