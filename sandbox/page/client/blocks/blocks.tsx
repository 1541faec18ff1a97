import { memo, useState } from 'react'
import type { Block } from '../../../slack/schema-blocks.ts'
import type { StateValues } from '../../../slack/state.ts'
import { type Acting, ActingProvider, pressKey, type Trouble } from './acting.ts'
import { OneBlock } from './block.tsx'
import { Text } from './drawn.tsx'
import { type Press, type Reader, ReaderProvider } from './reader.ts'

export { type Press, pressKey, type Reader }

export interface BlocksProps {
  blocks: readonly Block[]
  reader: Reader
  /** A person pressed or chose something; after its confirm dialog, when it has one. */
  act: (press: Press) => void
  /** What the inputs hold. Without it, Blocks keeps the values itself, which is enough for a message. */
  values?: StateValues | undefined
  onValue?: Acting['onValue'] | undefined
  /** block_id → the sentence under the input. */
  errors?: Readonly<Record<string, string>> | undefined
  /** `pressKey` of the press that waits for its answer. */
  busy?: string | undefined
  /** The press beside which Slack shows a warning sign. */
  trouble?: Trouble | undefined
}

const noErrors = {}

/**
 * The blocks of a message, a modal or a Home tab, with everything in them that can be pressed or filled.
 * Drawn again only when something of it changed: the page ticks twice a second, and markup is slow to read.
 */
export const Blocks = memo(function Blocks(props: BlocksProps) {
  const { blocks, reader, act, values, onValue, errors = noErrors, busy, trouble } = props
  const [own, setOwn] = useState<StateValues>({})
  const acting: Acting = {
    act,
    values: values ?? own,
    onValue(block_id, action_id, value) {
      setOwn((kept) => ({ ...kept, [block_id]: { ...kept[block_id], [action_id]: value } }))
      onValue?.(block_id, action_id, value)
    },
    errors,
    busy,
    trouble,
  }
  return (
    <ReaderProvider value={reader}>
      <ActingProvider value={acting}>
        <div className="bk-blocks">
          {blocks.map((block, index) => (
            <OneBlock key={block.block_id ?? index} block={block} />
          ))}
        </div>
      </ActingProvider>
    </ReaderProvider>
  )
})

/** The text of a message without blocks. */
export const Mrkdwn = ({ text, reader }: { text: string; reader: Reader }) => (
  <ReaderProvider value={reader}>
    <div className="bk-blocks">
      <Text text={{ type: 'mrkdwn', text }} />
    </div>
  </ReaderProvider>
)
