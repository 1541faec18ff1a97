import { escaped } from './format.ts'

/** Slack takes 3,000 in a section; the fences and a margin are taken off. */
const mostInSection = 2_900
/** Slack cuts a message off near 13,200; what stands above the text needs room too. */
const mostInMessage = 12_000
const fences = '```\n\n```'.length

/**
 * Text as it stands, for as many messages as it needs: one list of sections for each, split at the ends of lines. Three
 * backticks, which would end it, become three apostrophes; nothing in it is read as a command of Slack's.
 */
export function preformatted(text: string): string[][] {
  const lines = escaped(text.replaceAll('```', "'''"))
    .split('\n')
    .flatMap((line) => pieces(line))
  const sections = packed(lines, mostInSection - fences, '\n').map((each) => `\`\`\`\n${each}\n\`\`\``)
  const messages: string[][] = []
  let size = 0
  for (const section of sections) {
    if (messages.length === 0 || size + section.length > mostInMessage) {
      messages.push([])
      size = 0
    }
    messages.at(-1)?.push(section)
    size += section.length
  }
  return messages
}

/** A line that is longer than a section, in pieces that end neither inside an entity nor inside a character. */
function pieces(line: string): string[] {
  if (line.length <= mostInSection - fences) return [line]
  const letters = line.match(/&(?:amp|lt|gt);|[\s\S]/gu) ?? []
  return packed(letters, mostInSection - fences, '')
}

/** As many parts together as fit. */
function packed(parts: readonly string[], most: number, between: string): string[] {
  const all: string[] = []
  let current: string | undefined
  for (const part of parts) {
    const joined: string = current === undefined ? part : `${current}${between}${part}`
    if (joined.length <= most) {
      current = joined
      continue
    }
    if (current !== undefined) all.push(current)
    current = part
  }
  return current === undefined ? all : [...all, current]
}
