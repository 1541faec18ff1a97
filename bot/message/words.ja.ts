import type { Words } from './words.ts'
import { en } from './words.en.ts'

export const ja: Words = en
