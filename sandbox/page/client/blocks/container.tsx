import { useId, useState } from 'react'
import type { Block } from '../../../slack/schema-blocks.ts'
import { OneBlock } from './block.tsx'
import { Drawn, Text } from './drawn.tsx'
import { emojified } from './emoji.ts'

type ContainerBlock = Extract<Block, { type: 'container' }>

function Title({ block: { title, rich_text_title, icon } }: { block: ContainerBlock }) {
  return (
    <>
      {icon && <img className="bk-container-icon" src={icon.image_url} alt={icon.alt_text} />}
      <span className="bk-container-title">
        {rich_text_title ? <Drawn block={rich_text_title} /> : emojified(title?.text ?? '')}
      </span>
    </>
  )
}

/** A frame around other blocks, which may fold away. */
export function Container({ block }: { block: ContainerBlock }) {
  const [open, setOpen] = useState(!block.default_collapsed)
  const body = useId()
  const { subtitle, child_blocks, is_collapsible, width = 'standard', has_header_divider } = block
  return (
    <div className={`bk-container bk-container-${width}${has_header_divider && open ? ' bk-container-ruled' : ''}`}>
      <div className="bk-container-head">
        {is_collapsible ? (
          <button
            type="button"
            className="bk-disclosure"
            aria-expanded={open}
            aria-controls={body}
            onClick={() => setOpen(!open)}
          >
            <span className="bk-chevron" aria-hidden="true" />
            <Title block={block} />
          </button>
        ) : (
          <div className="bk-disclosure">
            <Title block={block} />
          </div>
        )}
        {subtitle && (
          <div className="bk-container-subtitle">
            <Text text={subtitle} />
          </div>
        )}
      </div>
      <div id={body} className="bk-container-body" hidden={!open}>
        {child_blocks.map((child, index) => (
          <OneBlock key={child.block_id ?? index} block={child} />
        ))}
      </div>
    </div>
  )
}
