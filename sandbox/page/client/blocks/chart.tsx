import { useId } from 'react'
import type { Block } from '../../../slack/schema-blocks.ts'
import { labelsThatFit } from './chart-labels.ts'
import { Drawn } from './drawn.tsx'

type ChartBlock = Extract<Block, { type: 'data_visualization' }>

/** Widths of a letter in units of the drawing: at full size, and on a narrow screen, where letters are enlarged. */
const letters = { wide: 5.8, narrow: 10.5 }

/** A chart; of the labels below it only those that fit are shown, the table behind its button has all. */
export function Chart({ block }: { block: ChartBlock }) {
  const id = useId()
  const { chart } = block
  const labels = chart.type === 'pie' ? [] : chart.axis_config.categories
  const rule = (letter: number): string => {
    const shown = labelsThatFit(labels, letter, chart.type === 'bar' ? 'bars' : 'points')
    const label = (which: string) => `[data-chart="${id}"] svg > text[font-size="11"]${which}`
    const visible = shown.map((index) => label(`:nth-of-type(${index + 1})`)).join(', ')
    return `${label('')} { display: none } ${visible && `${visible} { display: inline }`}`
  }
  return (
    <div className="bk-chart" data-chart={id}>
      {labels.length > 0 && (
        <style>{`@media (min-width: 481px) { ${rule(letters.wide)} } @media (max-width: 480px) { ${rule(letters.narrow)} }`}</style>
      )}
      <Drawn block={block} />
    </div>
  )
}
