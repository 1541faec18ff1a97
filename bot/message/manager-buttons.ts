import * as z from 'zod'
import { isDrill } from '../incident/drill.ts'
import type { Incident } from '../incident/incident.ts'
import { isInMaintenance } from '../incident/maintenance.ts'
import { remedyRefusal } from '../incident/when-remedy-asked.ts'
import { type Button, plainText } from './blocks.ts'
import type { Language } from './format.ts'
import { wordsOf } from './words.ts'

const ManagerButton = z.enum(['approve', 'lift', 'tell'])
type ManagerButton = z.output<typeof ManagerButton>

export interface ManagerPress {
  button: ManagerButton
  incident: string
}

const managerId = 'incident.manager'
const mostInValue = 2_000

/** What a manager decides about an incident. Every press is judged anew, so that a message of an hour ago may keep them. */
export function managerButtons(incident: Incident, language: Language): Button[] {
  // A drill stops nothing and tells no customer.
  if (isDrill(incident)) return []
  const { remedy, maintenance } = wordsOf(language)
  const { button: approve, undo: lift } = remedy.each['maintenance-mode']
  const isOpen = incident.status !== 'resolved'
  const canApprove = remedyRefusal(incident, 'maintenance-mode', 'apply') === undefined
  return [
    ...(isInMaintenance(incident) ? [buttonOf('lift', lift, incident)] : []),
    ...(canApprove ? [buttonOf('approve', approve, incident)] : []),
    ...(isOpen ? [buttonOf('tell', maintenance.tellButton, incident)] : []),
  ].filter(({ value }) => value.length <= mostInValue)
}

const buttonOf = (button: ManagerButton, label: string, { id }: Incident): Button => ({
  type: 'button',
  action_id: `${managerId}.${button}`,
  text: plainText(label, 75),
  value: JSON.stringify({ i: id } satisfies z.input<typeof Packed>),
})

const Packed = z.object({ i: z.string().min(1) })
const Pressed = z.object({
  action_id: z
    .string()
    .startsWith(`${managerId}.`)
    .transform((id) => id.slice(managerId.length + 1))
    .pipe(ManagerButton),
  value: z.string().transform(readJson).pipe(Packed),
})

/** Which button of a manager an action of Slack's is about; undefined when it is none. */
export function readManagerPress(action: unknown): ManagerPress | undefined {
  const pressed = Pressed.safeParse(action)
  return pressed.success ? { button: pressed.data.action_id, incident: pressed.data.value.i } : undefined
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
