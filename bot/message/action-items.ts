import * as z from 'zod'
import type { Incident } from '../incident/incident.ts'
import type { ActionItem } from '../incident/postmortem.ts'
import { type Block, type Button, type Message, message, plainText, present, section } from './blocks.ts'
import { buttonOf, mostInValue } from './button-row.ts'
import { data, when } from './format.ts'
import { type Look, person, words } from './look.ts'

const itemAction = 'incident.action-item'

const Packed = z.object({ i: z.string().min(1), t: z.string().min(1), d: z.boolean() })

/** What is to be done so that it does not happen again: each item with its button, and one to add another. */
export function actionItems(incident: Incident, look: Look): Message {
  const { actions: say } = words(look).postmortem
  const items = incident.postmortem?.actions ?? []
  const done = items.filter((item) => item.done !== undefined).length
  const add = buttonOf('addAction', incident, look.language)
  return message(say.fallback(done, items.length), [
    section(items.length === 0 ? say.none : say.title(done, items.length)),
    ...items.map((item) => itemBlock(item, incident, look)),
    ...(add.value.length <= mostInValue
      ? [{ type: 'actions', block_id: 'incident.actions', elements: [add] } satisfies Block]
      : []),
  ])
}

function itemBlock(item: ActionItem, incident: Incident, look: Look): Block {
  const { actions: say, draft } = words(look).postmortem
  const { id, text, who, due, done } = item
  const details = present([
    who && person(who),
    due && draft.due(data(due, 10)),
    done && say.doneBy(person(done.by), when(done.at)),
  ])
  const line = (done ? say.ticked : say.open)(data(text, 200))
  const packed: z.input<typeof Packed> = { i: incident.id, t: id, d: done === undefined }
  const accessory: Button = {
    type: 'button',
    action_id: `${itemAction}.${id.slice(0, 200)}`,
    text: plainText(done ? say.undo : say.done, 75),
    value: JSON.stringify(packed),
  }
  const block = section(line, details.length === 0 ? undefined : details.join(' · '))
  return block.type === 'section' && accessory.value.length <= mostInValue ? { ...block, accessory } : block
}

const Pressed = z.object({ action_id: z.string().startsWith(`${itemAction}.`), value: z.string() })

/** Which action item somebody says is done or not; undefined when the action is about none. */
export function readItemPress(action: unknown): { incident: string; item: string; done: boolean } | undefined {
  const pressed = Pressed.safeParse(action)
  if (!pressed.success) return undefined
  try {
    const packed = Packed.safeParse(JSON.parse(pressed.data.value))
    return packed.success ? { incident: packed.data.i, item: packed.data.t, done: packed.data.d } : undefined
  } catch {
    return undefined
  }
}
