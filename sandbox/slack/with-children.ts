import type { Block } from './schema-blocks.ts'

/** A block and the blocks inside it. */
export const withChildren = (block: Block): Block[] =>
  block.type === 'container' ? [block, ...block.child_blocks] : [block]
