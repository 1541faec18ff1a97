import type { Language } from './format.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

/** Every sentence of the bot. English sets the list; the compiler holds the other languages to it. */
export type Words = typeof en

const byLanguage: Record<Language, Words> = { en, ja }

export const wordsOf = (language: Language): Words => byLanguage[language]
