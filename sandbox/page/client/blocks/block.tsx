import type { Block } from '../../../slack/schema-blocks.ts'
import { Chart } from './chart.tsx'
import { Container } from './container.tsx'
import { Drawn, Text } from './drawn.tsx'
import { Element } from './element.tsx'
import { emojified } from './emoji.ts'
import { Input } from './input.tsx'
import { Context, Section } from './section.tsx'
import { Wide } from './wide.tsx'

/** One block of any type. */
export function OneBlock({ block }: { block: Block }) {
  switch (block.type) {
    case 'header':
      return (
        // biome-ignore lint/a11y/useSemanticElements: the library draws a div, which must not stand in an h3.
        <div className="bk-header" role="heading" aria-level={3}>
          <Text text={block.text} />
        </div>
      )
    case 'divider':
      return <hr className="bk-divider" />
    case 'image':
      return (
        <figure className="bk-image">
          {block.title && <figcaption>{emojified(block.title.text)}</figcaption>}
          <img src={block.image_url} alt={block.alt_text} />
        </figure>
      )
    case 'section':
      return <Section block={block} />
    case 'context':
      return <Context block={block} />
    case 'actions':
      return (
        <div className="bk-actions">
          {block.elements.map((element, index) => (
            <Element key={element.action_id ?? index} element={element} block_id={block.block_id ?? ''} />
          ))}
        </div>
      )
    case 'input':
      return <Input block={block} />
    case 'container':
      return <Container block={block} />
    case 'table':
      return (
        <Wide label="Table">
          <Drawn block={block} />
        </Wide>
      )
    case 'data_visualization':
      return <Chart block={block} />
    case 'rich_text':
    case 'markdown':
      return (
        <div className={`bk-${block.type}`}>
          <Drawn block={block} />
        </div>
      )
    default:
      throw block satisfies never
  }
}
