import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { Blocks } from '../../sandbox/page/client/blocks/blocks.tsx'
import { type Block, blockSchema } from '../../sandbox/slack/schema-blocks.ts'
import { readMessageBlocks } from '../../sandbox/slack/validate-blocks.ts'
import { drawNew, faultsOf, reader } from '../support/drawn-blocks.tsx'
import { everyMessage, everyView } from './every-block.ts'

const all: Block[] = [...everyMessage.flat(), ...everyView]

/** Values of `type` in a union of schemas. */
const typesOf = (schema: { options: readonly object[] }): string[] =>
  schema.options.map((option) => {
    const { shape } = option as { shape: { type: { value: string } } }
    return shape.type.value
  })

test('the fixtures hold every block and every element that this Slack knows', () => {
  expect(new Set(all.map(({ type }) => type))).toEqual(new Set(typesOf(blockSchema)))
  const text = JSON.stringify(all)
  for (const type of ['button', 'overflow', 'static_select', 'users_select', 'radio_buttons', 'checkboxes', 'image']) {
    expect(text).toContain(`"accessory":{"type":"${type}"`)
  }
  expect(text).toContain('"element":{"type":"plain_text_input"')
  for (const chart of ['line', 'bar', 'area', 'pie']) expect(text).toContain(`"chart":{"type":"${chart}"`)
})

describe('every block is drawn with every text in it', () => {
  test.each(all.map((block, index) => [`${index} ${block.type}`, block] as const))('%s', (_, block) => {
    expect(faultsOf(block)).toEqual([])
  })
})

describe('what is not drawn is found', () => {
  const [section] = readMessageBlocks([{ type: 'section', text: { type: 'mrkdwn', text: 'Seen' } }], {
    acceptsNewBlocks: true,
  })

  test('an unknown block and an unknown element', () => {
    expect(() => faultsOf({ type: 'video' } as unknown as Block)).toThrow()
    const accessory = { type: 'datepicker', action_id: 'x' }
    expect(() => faultsOf({ ...section, accessory } as unknown as Block)).toThrow()
  })

  test('a piece of rich text that the library leaves out', () => {
    const lost = {
      type: 'rich_text',
      elements: [{ type: 'rich_text_chart', elements: [{ type: 'text', text: 'Lost' }] }],
    }
    expect(faultsOf(lost as unknown as Block)).toEqual([expect.stringContaining('lacks "Lost"')])
    expect(() => drawNew([lost as unknown as Block])).toThrow('The page cannot draw what the bot posted')
    // The same shape is told once.
    expect(() => drawNew([lost as unknown as Block])).not.toThrow()
  })
})

describe('what can be pressed says so to everybody', () => {
  const markup = renderToStaticMarkup(
    <Blocks
      blocks={everyView}
      reader={reader}
      act={() => undefined}
      errors={{ 'input-plain_text_input': 'Say more.' }}
    />,
  )

  test('an input names its label, its hint and its error', () => {
    const field = /<textarea[^>]*>/.exec(markup)?.[0] ?? ''
    const named = (attribute: string) =>
      (new RegExp(`${attribute}="([^"]*)"`).exec(field)?.[1] ?? '')
        .split(' ')
        .map((id) => new RegExp(`id="${id}"[^>]*>([^<]*)<`).exec(markup)?.[1])
    expect(named('aria-labelledby')).toEqual(['Label of plain_text_input'])
    expect(named('aria-describedby')).toEqual(['Say more.', 'Hint of plain_text_input'])
    expect(field).toContain('aria-required="true"')
    expect(field).toContain('aria-invalid="true"')
    expect(field).toContain('maxLength="200"')
  })

  test('a link opens beside the page, an overflow menu and a confirm dialog are announced', () => {
    expect(markup).toMatch(
      /<a href="https:\/\/example.com\/runbook" class="bk-button"[^>]*target="_blank" rel="noopener/,
    )
    expect(markup).toMatch(/<button[^>]*aria-haspopup="menu" aria-expanded="false"/)
    expect(markup).toMatch(/<button[^>]*aria-haspopup="dialog"[^>]*><span>Go on/)
    expect(markup).toMatch(/<button[^>]*aria-label="Stop all"/)
  })

  test('a folded container hides its children and says it can open', () => {
    const folded = all.find((block) => block.type === 'container' && block.default_collapsed)
    const drawn = renderToStaticMarkup(<Blocks blocks={folded ? [folded] : []} reader={reader} act={() => undefined} />)
    const id = /aria-expanded="false" aria-controls="([^"]*)"/.exec(drawn)?.[1]
    expect(drawn).toContain(`<div id="${id}" class="bk-container-body" hidden="">`)
  })
})
