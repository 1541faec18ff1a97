import type { Block } from '../../../slack/schema-blocks.ts'
import { Text } from './drawn.tsx'
import { Element } from './element.tsx'

type Of<T extends Block['type']> = Extract<Block, { type: T }>

/** Text and fields, with an image or something to press beside them. */
export function Section({ block }: { block: Of<'section'> }) {
  const { text, fields, accessory, block_id = '' } = block
  return (
    <div className="bk-section">
      <div className="bk-section-text">
        {text && <Text text={text} />}
        {fields && (
          <div className="bk-fields">
            {fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: fields have no identity but their place.
              <Text key={index} text={field} />
            ))}
          </div>
        )}
      </div>
      {accessory?.type === 'image' && <img className="bk-thumb" src={accessory.image_url} alt={accessory.alt_text} />}
      {accessory && accessory.type !== 'image' && (
        <div className={`bk-accessory bk-accessory-${accessory.type}`}>
          <Element element={accessory} block_id={block_id} />
        </div>
      )}
    </div>
  )
}

/** Small grey texts and images in a row. */
export const Context = ({ block }: { block: Of<'context'> }) => (
  <div className="bk-context">
    {block.elements.map((element, index) =>
      element.type === 'image' ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: elements have no identity but their place.
        <img key={index} src={element.image_url} alt={element.alt_text} />
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: elements have no identity but their place.
        <Text key={index} text={element} />
      ),
    )}
  </div>
)
