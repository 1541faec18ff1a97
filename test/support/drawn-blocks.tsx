import { renderToStaticMarkup } from 'react-dom/server'
import { Blocks, type Reader } from '../../sandbox/page/client/blocks/blocks.tsx'
import { sampleChannels, sampleGroups, samplePeople } from '../../sandbox/slack/people.ts'
import type { Block } from '../../sandbox/slack/schema-blocks.ts'

const [me] = samplePeople
if (!me) throw new Error('there are no sample people')

export const reader: Reader = {
  people: samplePeople,
  groups: sampleGroups,
  channels: sampleChannels,
  me,
  now: new Date('2026-11-23T03:00:00.000Z'),
  theme: 'light',
}

const characters: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" }

/** Everything a person can read in markup: texts, and the labels and hints in attributes. */
const readable = (markup: string): string => {
  const attributes = [...markup.matchAll(/ (?:aria-label|alt|placeholder|value)="([^"]*)"/g)].map(([, text]) => text)
  return [markup.replace(/<style>.*?<\/style>/g, '').replace(/<[^>]*>/g, ''), ...attributes]
    .join('\n')
    .replace(/&(?:amp|lt|gt|quot|#x27);/g, (found) => characters[found] ?? found)
}

/** Only letters and digits are compared: marks, emoji and white space are drawn in their own way. */
const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')

/** The words of mrkdwn or Markdown between the marks. Mentions and dates read differently for everybody, so they are left out. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/<(?:https?|mailto|tel):[^|>]*\|([^>]*)>/g, '$1')
    .replace(/\[([^\]]*)\]\(https?:[^)]*\)/g, '$1')
    .replace(/<[@#!][^>]*>/g, '\n')
    .replace(/[<>]/g, '\n')
    .replace(/&(?:amp|lt|gt);/g, '\n')
    .replace(/:[a-z0-9_+'-]+:/g, '\n')
    .split(/[\n*_~`]/)
    .map(letters)
    .filter((words) => words !== '')

/** Every text in a block that somebody reads, wherever it stands. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  // What a confirm dialog says is drawn only after the press.
  return Object.entries(value).flatMap(([key, each]) => {
    if (key === 'confirm') return []
    const isText = ['text', 'title', 'alt_text', 'name', 'label'].includes(key) && typeof each === 'string'
    return isText && !('range' in value) && Reflect.get(value, 'type') !== 'emoji' ? [each] : textsIn(each)
  })
}

/** What is wrong with how one block is drawn, in sentences; none when nothing is. */
export function faultsOf(block: Block): string[] {
  const markup = renderToStaticMarkup(<Blocks blocks={[block]} reader={reader} act={() => undefined} />)
  const inside = /^(?:<link[^>]*>)*<div class="bk-blocks">(.*)<\/div>$/s.exec(markup)?.[1] ?? ''
  if (inside === '') return [`a ${block.type} is drawn as nothing: ${JSON.stringify(block)}`]
  const drawn = letters(readable(markup))
  return textsIn(block)
    .flatMap(wordsOf)
    .filter((words) => !drawn.includes(words))
    .map((words) => `a ${block.type} lacks "${words}": ${JSON.stringify(block)}`)
}

const seen = new Set<string>()

/** A block without what differs from story to story: its id, and the numbers in it. */
const shapeOf = (block: Block): string => JSON.stringify({ ...block, block_id: '' }).replace(/\d+/g, '0')

/** Draws every block of a shape that no story of this worker had before; throws what is wrong with them. */
export function drawNew(blocks: readonly Block[]): void {
  const faults = blocks.flatMap((block) => {
    const shape = shapeOf(block)
    if (seen.has(shape)) return []
    seen.add(shape)
    return faultsOf(block)
  })
  if (faults.length > 0) throw new Error(`The page cannot draw what the bot posted:\n${faults.join('\n')}`)
}
