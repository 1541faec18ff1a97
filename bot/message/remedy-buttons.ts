import * as z from 'zod'
import { type Incident, Status } from '../incident/incident.ts'
import { Direction } from '../incident/remedy.ts'
import { unseenKeys } from '../incident/when-key-opened.ts'
import { type Offer, offered } from '../incident/when-remedy-asked.ts'
import { RemedyName } from '../remedy/remedies.ts'
import { type Button, type Option, plainText } from './blocks.ts'
import type { Language } from './format.ts'
import { wordsOf } from './words.ts'

export const remedyId = 'incident.remedy'

/** Short keys: the value of a menu option holds 150 characters only. `k` is the id of what it is about. */
const Packed = z.object({ i: z.string().min(1), s: Status, m: RemedyName, d: Direction, k: z.string().optional() })

export interface RemedyPress {
  incident: string
  status: Incident['status']
  name: RemedyName
  direction: Direction
  /** The id of the one thing that it is about. */
  subject?: string
}

/** Each thing the menu offers, as an option and as the button that stands in for it. */
export function remedyChoices(
  incident: Incident,
  language: Language,
): { offer: Offer; option: Option; button: Button }[] {
  const { each, named } = wordsOf(language).remedy
  return offered(incident).map((offer, index) => {
    const { name, direction, subject } = offer
    const packed: z.input<typeof Packed> = { i: incident.id, s: incident.status, m: name, d: direction }
    const value = JSON.stringify({ ...packed, ...(subject && { k: subject.id }) })
    const label = each[name][direction === 'apply' ? 'button' : 'undo']
    const text = plainText(subject ? named(label, subject.label) : label, 75)
    return {
      offer,
      option: { text, value: `${remedyId}|${value}` },
      // Ids within one message have to differ.
      button: { type: 'button', action_id: `${remedyId}.${name}.${index}`, text, value },
    }
  })
}

const keyId = 'incident.show-key'
const PackedKey = z.object({ i: z.string().min(1), k: z.string().min(1) })

/** One button for each new key that nobody has seen yet; the first one leads where nothing else does. */
export const keyButtons = (incident: Incident, language: Language, leads: boolean): Button[] => {
  const { remedy, report } = wordsOf(language)
  return unseenKeys(incident).map(({ id, name }, index) => ({
    type: 'button',
    action_id: `${keyId}.${index}`,
    text: plainText(remedy.named(report.show.button, name), 75),
    value: JSON.stringify({ i: incident.id, k: id } satisfies z.input<typeof PackedKey>),
    ...(leads && index === 0 && { style: 'primary' as const }),
  }))
}

const PressedKey = z.object({ action_id: z.string().startsWith(`${keyId}.`), value: z.string() })

/** Which new key somebody wants to see; undefined when the action is about none. */
export function readKeyPress(action: unknown): { incident: string; key: string } | undefined {
  const pressed = PressedKey.safeParse(action)
  const packed = pressed.success ? PackedKey.safeParse(readJson(pressed.data.value)) : undefined
  return packed?.success ? { incident: packed.data.i, key: packed.data.k } : undefined
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
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
  const packed = Packed.safeParse(readJson(raw.replace(`${remedyId}|`, '')))
  if (!packed.success) return undefined
  const { i, s, m, d, k } = packed.data
  return { incident: i, status: s, name: m, direction: d, ...(k !== undefined && { subject: k }) }
}
