import { z } from 'zod'
import { limits } from './limits.ts'
import { type Block, blockSchema, messageOnlyBlocks, newerBlocks } from './schema-blocks.ts'
import { list, refuseRepeats } from './schema-parts.ts'
import { SlackError, slackMessages } from './slack-error.ts'
import { withChildren } from './with-children.ts'

export interface BlockRules {
  /** False makes this Slack one that has never heard of the newer block types. */
  acceptsNewBlocks: boolean
}

const messageBlocks = list(blockSchema, limits.blocksPerMessage)
const viewBlocks = list(blockSchema, limits.blocksPerView)

/** Every text a reader sees adds up: texts of text objects, markdown, rich text and table cells. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + textLength(each), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (sum, [key, each]) => sum + (key === 'text' && typeof each === 'string' ? each.length : textLength(each)),
    0,
  )
}

function problemsAcross(blocks: readonly Block[], pointer: string): string[] {
  const problems: string[] = []
  const ids = blocks.flatMap(withChildren).map((block) => block.block_id)
  const addIssue = (issue: { message: string; path: (string | number)[] }) => {
    problems.push(`[ERROR] ${issue.message} [json-pointer:${[pointer, ...issue.path].join('/')}]`)
  }
  refuseRepeats(ids, 'block_id', { addIssue }, () => [])
  return problems
}

/** Blocks of any surface, or every problem they have; `pointer` is where they stand in the request. */
function readBlocks(input: unknown, surface: 'message' | 'view', pointer: string, rules: BlockRules) {
  const refused = z.array(z.looseObject({ type: z.string() })).safeParse(input)
  const strange = (refused.data ?? []).flatMap(({ type }, index) => {
    const known = (types: readonly string[]) => types.includes(type)
    const tooNew = !rules.acceptsNewBlocks && known(newerBlocks)
    const misplaced = surface === 'view' && known(messageOnlyBlocks)
    return tooNew || misplaced ? [`[ERROR] unsupported type: ${type} [json-pointer:${pointer}/${index}/type]`] : []
  })
  if (strange.length > 0) return { problems: strange }
  const parsed = (surface === 'message' ? messageBlocks : viewBlocks).safeParse(input)
  if (!parsed.success) return { problems: slackMessages(parsed.error.issues, input, pointer) }
  const across = problemsAcross(parsed.data, pointer)
  return across.length > 0 ? { problems: across } : { blocks: parsed.data }
}

/** The blocks of a message; throws what `chat.postMessage` answers when it refuses them. */
export function readMessageBlocks(input: unknown, rules: BlockRules): Block[] {
  const { blocks, problems } = readBlocks(input, 'message', '/blocks', rules)
  if (!blocks) throw new SlackError('invalid_blocks', problems)
  const charts = blocks.filter((block) => block.type === 'data_visualization').length
  const tooMany = limits.chartsPerMessage.check(charts)
  if (tooMany) throw new SlackError('invalid_blocks', [`[ERROR] data_visualization: ${tooMany} [json-pointer:/blocks]`])
  const tooLong = limits.messageBlockText.check(textLength(blocks))
  if (tooLong) throw new SlackError('msg_blocks_too_long', [`[ERROR] all block text ${tooLong} [json-pointer:/blocks]`])
  return blocks
}

/** The blocks of a modal or of the Home tab; throws what `views.open` answers when it refuses them. */
export function readViewBlocks(input: unknown, rules: BlockRules): Block[] {
  const { blocks, problems } = readBlocks(input, 'view', '/view/blocks', rules)
  if (!blocks) throw new SlackError('invalid_arguments', problems)
  return blocks
}
