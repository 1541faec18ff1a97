import type { Block, Message, View } from '../../bot/message/blocks.ts'

/** Every text a reader sees in a message or a modal, in order; values and ids are not among them. */
export function textsOf(drawn: Message | View | Block[]): string[] {
  const texts: string[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) {
        if (key === 'text' && typeof each === 'string') texts.push(each)
        else walk(each)
      }
    }
  }
  walk(drawn)
  return texts
}

export const linesOf = (drawn: Message | View): string[] => textsOf(drawn.blocks).flatMap((text) => text.split('\n'))

/** The row of buttons as a person sees it: the primary one marked, the menu in brackets. */
export function buttonsOf({ blocks }: Pick<Message, 'blocks'>): string {
  const row = blocks.find((block) => block.type === 'actions')
  if (row?.type !== 'actions') return ''
  return row.elements
    .map((element) =>
      element.type === 'overflow'
        ? `[${element.options.map(({ text }) => text.text).join(', ')}]`
        : `${element.style ? '*' : ''}${element.text.text}`,
    )
    .join(' ')
}
