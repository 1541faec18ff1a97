import * as z from 'zod'
import { Silenced, type SilenceFacts } from '../bulletin/silence.ts'
import { type Block, plainText } from './blocks.ts'
import { type Look, words } from './look.ts'

const endId = 'silence.end'
const mostInValue = 2_000

/** Which silence a press is about. */
const EndPress = z.object({ of: Silenced, press: z.string().min(1) })
export type EndPress = z.output<typeof EndPress>

/** The button that ends a silence before its time. It names this one silence, not the next one of its service. */
export function endSilenceRow({ of, press }: SilenceFacts, look: Look): Block {
  const value = JSON.stringify({ of, press } satisfies EndPress).slice(0, mostInValue)
  return {
    type: 'actions',
    block_id: 'silence.buttons',
    elements: [{ type: 'button', action_id: endId, text: plainText(words(look).silence.endNow, 75), value }],
  }
}

const Pressed = z.object({ action_id: z.literal(endId), value: z.string().transform(readJson).pipe(EndPress) })

/** Which silence somebody wants to end; undefined when the action is about none. */
export const readEndPress = (action: unknown): EndPress | undefined => Pressed.safeParse(action).data?.value

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
