import * as z from 'zod'
import { type Span, spans } from '../incident/statistics.ts'
import { type Block, type Button, plainText } from './blocks.ts'
import { drillButton } from './drill-part.ts'
import { type Look, words } from './look.ts'

/** Both draw the Home tab anew: one for the same span, the other for another. */
const refreshId = 'home.refresh'
const spanId = 'home.span'

export const defaultSpan: Span = 30

const SpanText = z.enum(spans.map(String) as [string, ...string[]]).transform((text) => Number(text) as Span)

/** The span that a Home tab shows, kept in the view itself, so that opening it again shows the same. */
export const spanKept = (metadata: string | undefined): Span => SpanText.safeParse(metadata).data ?? defaultSpan

const Pressed = z.object({ action_id: z.enum([refreshId, spanId]), value: SpanText })

/** Which span somebody wants to see now; undefined when the action is none of the Home tab's. */
export const readHomePress = (action: unknown): Span | undefined => Pressed.safeParse(action).data?.value

/** The rows of buttons of a Home tab that shows `shown`. */
export function homeButtons(shown: Span, look: Look): Block {
  const { home } = words(look)
  const others = spans.filter((span) => span !== shown)
  const button = (action_id: string, text: string, span: Span): Button => ({
    type: 'button',
    action_id,
    text: plainText(text, 75),
    value: String(span),
  })
  return {
    type: 'actions',
    block_id: 'home.buttons',
    elements: [
      button(refreshId, home.refresh, shown),
      ...others.map((span) => button(spanId, home.showDays(span), span)),
      drillButton(look),
    ],
  }
}
