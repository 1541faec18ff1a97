import { type Block, plainText, section, type View } from './blocks.ts'
import { code, plain } from './format.ts'
import { type Look, words } from './look.ts'

/** Opens at once, because Slack's trigger lives three seconds; the key fills it. */
export const loadingKeyModal = (look: Look): View => modal(look, [section(words(look).report.show.loading)])

/** The one place where the value of a key is ever written; undefined when it could not be read. */
export const newKeyModal = (name: string, secret: string | undefined, look: Look): View => {
  const { show } = words(look).report
  return secret === undefined
    ? modal(look, [section(show.unread)])
    : modal(look, [section(show.key(code(name, 100), plain(secret, 200).replaceAll('`', ''))), section(show.once)])
}

const modal = (look: Look, blocks: Block[]): View => ({
  type: 'modal',
  title: plainText(words(look).report.show.title, 24),
  close: plainText(words(look).modal.close, 24),
  blocks,
})
