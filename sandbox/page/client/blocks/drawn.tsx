import { Message, type MessageProps } from 'slack-blocks-to-jsx'
import type { Block } from '../../../slack/schema-blocks.ts'
import { hooks } from './mentions.tsx'
import { mrkdwn, plain } from './mrkdwn.ts'
import { prepared } from './prepared.ts'
import { useReader } from './reader.ts'
import type { RichText } from './rich-text.ts'

/** Blocks that are only read and that the library draws. */
export type Readable = Extract<Block, { type: 'rich_text' | 'markdown' | 'table' | 'data_visualization' }>
export type TextObject = { type: 'plain_text' | 'mrkdwn'; text: string; verbatim?: boolean | undefined }

/** One block as the library draws it. Ids of blocks are left out, for two messages may use the same. */
export function Drawn({ block }: { block: Readable }) {
  const { theme } = useReader()
  const { block_id: _, ...bare } = prepared(block)
  return (
    <Message
      withoutWrapper
      name=""
      logo=""
      theme={theme}
      className="bk-drawn"
      hooks={hooks}
      // Both describe Slack's own blocks; the library's types are narrower in places that do not matter here.
      blocks={[bare] as unknown as MessageProps['blocks']}
    />
  )
}

export const richTextOf = (text: TextObject): RichText =>
  text.type === 'mrkdwn' ? mrkdwn(text.text, { verbatim: text.verbatim }) : plain(text.text)

/** A text object of any block. */
export const Text = ({ text }: { text: TextObject }) => <Drawn block={richTextOf(text)} />
