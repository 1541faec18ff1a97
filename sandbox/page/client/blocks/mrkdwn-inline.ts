import { unescaped } from './entities.ts'
import type { Inline, TextStyle } from './rich-text.ts'

interface Reading {
  verbatim?: boolean
  plain?: boolean
}

/** A mark is one only at the edge of a word: `a*b*c` and `東京*大阪*` stay as they are, as in Slack. */
const edge = '[\\p{L}\\p{N}_]'
const marked = (mark: string) => `(?<!${edge})[${mark}](?=\\S)[^\\n${mark}]*?(?<=\\S)[${mark}](?!${edge})`
const emoji = /:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/
const address = /(?<![\w/])https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)\]'"、。]/

const grammar = new RegExp(
  [
    '(?<code>`[^`\\n]+`)',
    '<(?<angle>[^<>\\n]+)>',
    `(?<bold>${marked('*')})`,
    `(?<italic>${marked('_')})`,
    `(?<strike>${marked('~')})`,
    `(?<emoji>${emoji.source})`,
    `(?<bare>${address.source})`,
  ].join('|'),
  'gu',
)
const plainGrammar = new RegExp(`(?<emoji>${emoji.source})`, 'gu')

function angled(inside: string): Inline | undefined {
  const bar = inside.indexOf('|')
  const target = bar < 0 ? inside : inside.slice(0, bar)
  const label = bar < 0 ? undefined : unescaped(inside.slice(bar + 1))
  const group = /^!subteam\^(\w+)/.exec(target)?.[1]
  const broadcast = /^!(here|channel|everyone)$/.exec(target)?.[1] as 'here' | 'channel' | 'everyone' | undefined
  const date = /^!date\^(-?\d+)\^([^^]*)(?:\^(.+))?$/.exec(target)
  if (/^@[UW]\w+$/.test(target)) return { type: 'user', user_id: target.slice(1) }
  if (/^#[CGD]\w+$/.test(target)) return { type: 'channel', channel_id: target.slice(1) }
  if (group !== undefined) return { type: 'usergroup', usergroup_id: group }
  if (broadcast !== undefined) return { type: 'broadcast', range: broadcast }
  if (date) {
    const [, timestamp, format = '', url] = date
    return {
      type: 'date',
      timestamp: Number(timestamp),
      format: unescaped(format),
      ...(url !== undefined && { url: unescaped(url) }),
      ...(label !== undefined && { fallback: label }),
    }
  }
  if (!/^(https?|mailto|tel):/.test(target)) return undefined
  const text = label ?? unescaped(target).replace(/^(mailto|tel):/, '')
  return { type: 'link', url: unescaped(target), text }
}

const emojiCalled = (name: string): Inline => ({ type: 'emoji', name })

/** Text without paragraphs, as pieces of rich text; styles of the text around are handed down. */
export function inlineOf(text: string, reading: Reading = {}, style: TextStyle = {}): Inline[] {
  const pieces: Inline[] = []
  const add = (piece: Inline) => {
    const last = pieces.at(-1)
    const sameStyle = JSON.stringify(last?.style ?? {}) === JSON.stringify(style)
    if (piece.type === 'text' && last?.type === 'text' && sameStyle) last.text += piece.text
    else pieces.push(Object.keys(style).length > 0 ? { ...piece, style } : piece)
  }
  const addText = (raw: string) => {
    if (raw !== '') add({ type: 'text', text: reading.plain ? raw : unescaped(raw) })
  }
  let done = 0
  for (const found of text.matchAll(reading.plain ? plainGrammar : grammar)) {
    addText(text.slice(done, found.index))
    done = found.index + found[0].length
    const { code, angle, bold, italic, strike, emoji: named, bare } = found.groups ?? {}
    if (code) pieces.push({ type: 'text', text: unescaped(code.slice(1, -1)), style: { ...style, code: true } })
    else if (angle) {
      const piece = angled(angle)
      if (piece) add(piece)
      else addText(found[0])
    } else if (bold) pieces.push(...inlineOf(bold.slice(1, -1), reading, { ...style, bold: true }))
    else if (italic) pieces.push(...inlineOf(italic.slice(1, -1), reading, { ...style, italic: true }))
    else if (strike) pieces.push(...inlineOf(strike.slice(1, -1), reading, { ...style, strike: true }))
    else if (named) add(emojiCalled(named.slice(1, -1)))
    else if (bare && reading.verbatim) addText(bare)
    else if (bare) add({ type: 'link', url: unescaped(bare), text: unescaped(bare) })
  }
  addText(text.slice(done))
  return pieces
}
