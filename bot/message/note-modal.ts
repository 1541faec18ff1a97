import { plainText, section, type View } from './blocks.ts'
import { type Look, words } from './look.ts'

/** A window that tells one thing and asks nothing. */
export const noteModal = (title: string, sentence: string, look: Look): View => ({
  type: 'modal',
  title: plainText(title, 24),
  close: plainText(words(look).modal.close, 24),
  blocks: [section(sentence)],
})
