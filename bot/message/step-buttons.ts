import * as z from 'zod'
import type { Piece } from '../../common/runbook/types.ts'
import type { Incident } from '../incident/incident.ts'
import { StepId } from '../incident/ticked-step.ts'
import { type Block, type Button, plainText, section } from './blocks.ts'
import { when } from './format.ts'
import { type Look, person, words } from './look.ts'
import { drawnPieces } from './runbook-text.ts'

const stepAction = 'incident.step'

const mostInValue = 2_000

const Packed = z.object({ i: z.string().min(1), t: StepId, d: z.boolean() })

/** One step of a runbook in the modal: what it says, what belongs to it, who has done it. */
interface Step {
  id: string
  lines: string[]
}

/** Pieces in the order of the page: runs of what is not a step, and each step with the commands behind it. */
export function stepsOf(pieces: readonly Piece[], place: string, stage: string): (string[] | Step)[] {
  const found: (string[] | Step)[] = []
  let steps = 0
  for (const [index, text] of drawnPieces(pieces, stage).entries()) {
    const last = found.at(-1)
    if (pieces[index]?.kind === 'step') {
      found.push({ id: `${place}/${steps}`, lines: [text] })
      steps += 1
    } else if (last === undefined) found.push([text])
    else (Array.isArray(last) ? last : last.lines).push(text)
  }
  return found
}

/** A step with the button that says that it is done, or takes that back. */
export function stepBlock({ id, lines }: Step, incident: Incident, look: Look): Block {
  const { modal } = words(look)
  const done = incident.steps?.find(({ step }) => step === id)
  const told = done ? [modal.doneBy(person(done.by), when(done.at))] : []
  const packed: z.input<typeof Packed> = { i: incident.id, t: id, d: done === undefined }
  const accessory: Button = {
    type: 'button',
    action_id: `${stepAction}.${id}`,
    text: plainText(done ? modal.stepUndo : modal.stepDone, 75),
    value: JSON.stringify(packed),
  }
  const block = section(...lines, ...told)
  const isPressable = incident.status !== 'resolved' && accessory.value.length <= mostInValue
  return block.type === 'section' && isPressable ? { ...block, accessory } : block
}

const Pressed = z.object({ action_id: z.string().startsWith(`${stepAction}.`), value: z.string() })

/** Which step somebody says is done or not; undefined when the action is about none. */
export function readStepPress(action: unknown): { incident: string; step: string; done: boolean } | undefined {
  const pressed = Pressed.safeParse(action)
  if (!pressed.success) return undefined
  try {
    const packed = Packed.safeParse(JSON.parse(pressed.data.value))
    return packed.success ? { incident: packed.data.i, step: packed.data.t, done: packed.data.d } : undefined
  } catch {
    return undefined
  }
}
