import { en } from './words.en.ts'
import type { Words } from './words.ts'

export const ja: Words = en
