import * as z from 'zod'
import { type Incident, Status } from '../incident/incident.ts'
import { type ButtonName, buttons, moreId, order } from './buttons.ts'

export interface ButtonValue {
  incident: string
  status: Incident['status']
  /** The level an escalation goes to. */
  level?: 2 | 3
  role?: 'api' | 'updater'
}

/** Short keys: the value of a menu option holds 150 characters only. */
const Packed = z.object({
  i: z.string().min(1),
  s: Status,
  l: z.union([z.literal(2), z.literal(3)]).optional(),
  r: z.enum(['api', 'updater']).optional(),
})

export const encodeValue = ({ incident: i, status: s, level: l, role: r }: ButtonValue): string =>
  JSON.stringify({ i, s, l, r } satisfies z.input<typeof Packed>)

/** Reads the value of a button, or of a menu option, whose value begins with the id of its button. */
export function decodeValue(raw: string): ButtonValue | undefined {
  try {
    const packed = Packed.safeParse(JSON.parse(raw.replace(/^incident\.[a-z-]+\|/, '')))
    if (!packed.success) return undefined
    const { i, s, l, r } = packed.data
    return { incident: i, status: s, ...(l && { level: l }), ...(r && { role: r }) }
  } catch {
    return undefined
  }
}

const Pressed = z.union([
  z.object({ action_id: z.literal(moreId), selected_option: z.object({ value: z.string() }) }),
  z.object({ action_id: z.string(), value: z.string() }),
])

/** Which button an action of Slack's is about, and what it carries; undefined when it is none of ours. */
export function readPress(action: unknown): { button: ButtonName; value: ButtonValue } | undefined {
  const pressed = Pressed.safeParse(action)
  if (!pressed.success) return undefined
  const isOption = 'selected_option' in pressed.data
  const raw = 'selected_option' in pressed.data ? pressed.data.selected_option.value : pressed.data.value
  const id = isOption ? raw.split('|', 1)[0] : pressed.data.action_id
  const button = order.find((name) => buttons[name].id === id)
  const value = decodeValue(raw)
  return button && value && { button, value }
}
