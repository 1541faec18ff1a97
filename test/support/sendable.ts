import { expect } from 'vitest'
import type { HomeView, Message, View } from '../../bot/message/blocks.ts'
import { readMessageBlocks } from '../../sandbox/slack/validate-blocks.ts'
import { readView } from '../../sandbox/slack/validate-view.ts'
import { textsOf } from './seen.ts'

const rules = { acceptsNewBlocks: true }
/** Everything Slack reads as a command; only our own mentions, dates and links may begin with `<`. */
const ownMarkup =
  /<(?:@[UW][A-Z0-9_]{1,40}|!subteam\^S0(?:ONCALL|DEV)|!date\^-?\d+\^\{date_short_pretty\} \{time\}\|[-\d: ]+UTC|https:\/\/(?:example\.com\/a|github\.com\/example\/crypto-watch\/[^<>|]+|ap-northeast-1\.console\.aws\.amazon\.com\/[^<>|]+)\|[^<>|]+)>/g

/** A line break is all the control text there may be, and nothing turns the direction of writing. */
const control = /[^\P{Cc}\n]|[\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

function expectHarmless(texts: string[]) {
  for (const text of texts) {
    // Most texts have no markup at all, and a look is cheaper than a replacement.
    const foreign = text.includes('<') ? text.replace(ownMarkup, '') : text
    if (foreign.includes('<') || foreign.includes('>') || control.test(foreign)) expect.fail(`not harmless: ${foreign}`)
  }
}

/** What Slack takes, with nothing in it that Slack reads as a command, and words for whoever sees no blocks. */
export function expectSendable(message: Message) {
  readMessageBlocks(message.blocks, rules)
  const texts = [message.text, ...textsOf(message.blocks)]
  if (!/\p{L}{2}/u.test(message.text)) expect.fail(`no words in “${message.text}”`)
  if (/undefined|\[object/.test(message.text)) expect.fail(message.text)
  const length = texts.reduce((sum, text) => sum + text.length, 0)
  if (length >= 13_000) expect.fail(`${length} characters`)
  expectHarmless(texts)
}

export function expectPublishable(view: HomeView) {
  readView(view, 'home', rules)
  expectHarmless(textsOf(view.blocks))
}

export function expectOpenable(view: View) {
  readView(view, 'modal', rules)
  expectHarmless(textsOf(view.blocks))
}
