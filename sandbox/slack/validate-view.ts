import { z } from 'zod'
import { limits } from './limits.ts'
import type { Block } from './schema-blocks.ts'
import { bounded, plainText } from './schema-parts.ts'
import { SlackError, slackMessages } from './slack-error.ts'
import { type BlockRules, readViewBlocks } from './validate-blocks.ts'
import { withChildren } from './with-children.ts'

const shared = {
  blocks: z.array(z.unknown()),
  private_metadata: bounded(limits.viewPrivateMetadata).optional(),
  callback_id: bounded(limits.viewCallbackId).optional(),
  external_id: bounded(limits.viewExternalId).optional(),
}

const modal = z.strictObject({
  type: z.literal('modal'),
  title: plainText(limits.viewTitle),
  submit: plainText(limits.viewSubmit).optional(),
  close: plainText(limits.viewClose).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  ...shared,
})

const home = z.strictObject({ type: z.literal('home'), ...shared })

const schema = z.discriminatedUnion('type', [modal, home])

export type ViewDefinition =
  | (Omit<z.output<typeof modal>, 'blocks'> & { blocks: Block[] })
  | (Omit<z.output<typeof home>, 'blocks'> & { blocks: Block[] })

/** A view as an app sends it; throws what Slack answers when it refuses it. */
export function readView(input: unknown, type: 'modal' | 'home', rules: BlockRules): ViewDefinition {
  const tooLarge = limits.viewSize.check(Buffer.byteLength(JSON.stringify(input ?? null)))
  if (tooLarge) throw new SlackError('view_too_large', [`[ERROR] ${tooLarge} [json-pointer:/view]`])
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw new SlackError('invalid_arguments', slackMessages(parsed.error.issues, input, '/view'))
  const view = parsed.data
  if (view.type !== type) {
    throw new SlackError('invalid_arguments', [`[ERROR] unsupported type: ${view.type} [json-pointer:/view/type]`])
  }
  const blocks = readViewBlocks(view.blocks, rules)
  const asks = blocks.flatMap(withChildren).some((block) => block.type === 'input')
  if (view.type === 'modal' && asks && !view.submit) {
    const why = 'a view with input blocks needs a submit button'
    throw new SlackError('invalid_arguments', [`[ERROR] missing required field: submit, ${why} [json-pointer:/view]`])
  }
  return { ...view, blocks }
}
