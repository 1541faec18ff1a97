import { minutes, plus } from '../../common/time.ts'
import { drillMinutes, isDrill } from '../incident/drill.ts'
import type { Incident } from '../incident/incident.ts'
import { type Block, type Button, context, header, type Message, message, plainText, section } from './blocks.ts'
import { when } from './format.ts'
import { type Look, person, words } from './look.ts'

/** The message with the mark of a drill before everything it says; any other incident's as it is. */
export function markedIfDrill(drawn: Message, incident: Incident, look: Look): Message {
  if (!isDrill(incident)) return drawn
  const { mark } = words(look).drill
  return message(mark(drawn.text), markedBlocks(drawn.blocks, mark))
}

function markedBlocks([first, ...rest]: readonly Block[], mark: (text: string) => string): Block[] {
  if (first?.type === 'header') return [header(mark(first.text.text)), ...rest]
  if (first?.type === 'section') return [{ ...first, ...section(mark(first.text.text)) }, ...rest]
  return [context(mark('')), ...(first ? [first] : []), ...rest]
}

/** What everybody has to know of a drill, in place of what people have reported. */
export function drillLines({ reports, ringingSince, status }: Incident, look: Look): string[] {
  const [started] = reports ?? []
  if (!started) return []
  const { drill: say } = words(look)
  const [by, at] = [person(started.by), when(started.at)]
  if (status === 'resolved') return [say.wasLine(by, at)]
  return say.lines(by, at, when(plus(ringingSince, minutes(drillMinutes))))
}

const drillId = 'home.drill'

export const isDrillPress = (action: { action_id: string }): boolean => action.action_id === drillId

/** The button on the Home tab. It asks first, for it calls somebody. */
export function drillButton(look: Look): Button {
  const { button, sure } = words(look).drill
  return {
    type: 'button',
    action_id: drillId,
    text: plainText(button, 75),
    value: 'drill',
    confirm: {
      title: plainText(sure.title, 100),
      text: plainText(sure.text, 300),
      confirm: plainText(sure.yes, 30),
      deny: plainText(sure.no, 30),
    },
  }
}
