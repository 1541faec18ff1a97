import * as z from 'zod'
import { type Incident, Status } from '../incident/incident.ts'
import { Direction } from '../incident/remedy.ts'
import { offered } from '../incident/when-remedy-asked.ts'
import { RemedyName } from '../remedy/remedies.ts'
import { type Button, type Option, plainText } from './blocks.ts'
import type { Language } from './format.ts'
import { wordsOf } from './words.ts'

export const remedyId = 'incident.remedy'

/** Short keys: the value of a menu option holds 150 characters only. */
const Packed = z.object({ i: z.string().min(1), s: Status, m: RemedyName, d: Direction })

export interface RemedyPress {
  incident: string
  status: Incident['status']
  name: RemedyName
  direction: Direction
}

/** Each thing the menu offers, as an option and as the button that stands in for it. */
export function remedyChoices(incident: Incident, language: Language): { option: Option; button: Button }[] {
  const { each } = wordsOf(language).remedy
  return offered(incident).map(({ name, direction }) => {
    const value = JSON.stringify({ i: incident.id, s: incident.status, m: name, d: direction } satisfies z.input<
      typeof Packed
    >)
    const text = plainText(each[name][direction === 'apply' ? 'button' : 'undo'], 75)
    return {
      option: { text, value: `${remedyId}|${value}` },
      // Ids within one message have to differ.
      button: { type: 'button', action_id: `${remedyId}.${name}`, text, value },
    }
  })
}

const Pressed = z.union([
  z.object({ selected_option: z.object({ value: z.string().startsWith(`${remedyId}|`) }) }),
  z.object({ action_id: z.string().startsWith(`${remedyId}.`), value: z.string() }),
])

/** Which remedy an action of Slack's is about; undefined when it is about none. */
export function readRemedyPress(action: unknown): RemedyPress | undefined {
  const pressed = Pressed.safeParse(action)
  if (!pressed.success) return undefined
  const raw = 'value' in pressed.data ? pressed.data.value : pressed.data.selected_option.value
  try {
    const packed = Packed.safeParse(JSON.parse(raw.replace(`${remedyId}|`, '')))
    if (!packed.success) return undefined
    const { i, s, m, d } = packed.data
    return { incident: i, status: s, name: m, direction: d }
  } catch {
    return undefined
  }
}
