import { type Exact, findExactly } from './exact-control.ts'
import { type Control, findControl, heldAfter } from './find-control.ts'
import { fill, type Typed } from './form-values.ts'
import type { Inside } from './inside.ts'
import {
  channelCalled,
  InteractionError,
  interact,
  messageSeenBy,
  type Outside,
  personCalled,
  refuseWhenDown,
  type Seen,
} from './interaction.ts'
import { blockActionsInView, blockActionsOnMessage } from './payloads.ts'
import type { Person } from './people.ts'
import type { Block } from './schema-blocks.ts'
import type { OpenView } from './state.ts'

/** Where a person presses: on a message, in the modal in front of them, or on the app's Home tab. */
type Where =
  | { channel: string; ts: string }
  /** `values` is what was typed into the modal so far, which the app is told as well. */
  | { view: true | 'home'; values?: Typed | undefined }

/** A press by the visible text of a button or an option, or on one element by its ids. */
export type Click = { user: string } & ({ button: string } | Exact) & Where

function viewSeenBy(person: Person, which: true | 'home', { views }: Inside): OpenView {
  const view = which === 'home' ? views.home(person.id) : views.top(person.id)
  if (view) return view
  const what = which === 'home' ? 'Home tab of this app yet' : 'modal open'
  throw new InteractionError(`${person.name} has no ${what}. Do first what opens it.`)
}

function pressed(blocks: readonly Block[], click: Click, { state }: Inside): Control {
  const found = 'button' in click ? findControl(blocks, click.button) : findExactly(blocks, click, state.people)
  if (typeof found === 'string') throw new InteractionError(found)
  return found
}

/** Pressing buttons and choosing in menus. */
export function createPresses(outside: Outside) {
  const { views, state } = outside

  const inView = (person: Person, click: Extract<Click, { view: unknown }>) => {
    const view = viewSeenBy(person, click.view, outside)
    const { blocks } = view.definition
    const control = pressed(blocks, click, outside)
    const typed = fill(blocks, view.values, click.values ?? {}, state.people)
    const { block_id, element } = control
    const value = heldAfter(control)
    const held = value && { [block_id]: { ...typed[block_id], [element.action_id ?? '']: value } }
    views.setValues(view, { ...typed, ...held })
    return blockActionsInView(outside, { person, view, control })
  }

  const onMessage = (person: Person, click: Extract<Click, { ts: string }>) => {
    const channel = channelCalled(outside, click.channel)
    const target = messageSeenBy(person, channel, click.ts, outside)
    const control = pressed(target.blocks ?? [], click, outside)
    return blockActionsOnMessage(outside, { person, channel, control, target })
  }

  return {
    /** Presses or chooses something; a confirm dialog is agreed to. */
    async click(click: Click): Promise<Seen> {
      refuseWhenDown(outside)
      const person = personCalled(outside, click.user)
      const payload = 'view' in click ? inView(person, click) : onMessage(person, click)
      return interact(outside, person, { kind: 'interactive', payload, acceptsAnswer: false }, () => undefined)
    },
  }
}
