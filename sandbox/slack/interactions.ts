import { z } from 'zod'
import { findControl } from './find-control.ts'
import type { Inside } from './inside.ts'
import {
  channelCalled,
  InteractionError,
  interact,
  type Outside,
  personCalled,
  refuseWhenDown,
  type Seen,
  type ShownView,
} from './interaction.ts'
import { readContent } from './methods-chat.ts'
import { viewObject } from './open-views.ts'
import { blockActionsInView, blockActionsOnMessage, homeOpened, slashCommand } from './payloads.ts'
import type { Channel, Person } from './people.ts'
import type { Block } from './schema-blocks.ts'
import { SlackError } from './slack-error.ts'
import type { Ephemeral, Message, OpenView } from './state.ts'
import { createSubmissions } from './submissions.ts'

/** Where a person presses: on a message, in the modal in front of them, or on the app's Home tab. */
export type Click = { user: string; button: string } & ({ channel: string; ts: string } | { view: true | 'home' })

const commandAnswer = z.looseObject({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
})

const pressed = (blocks: readonly Block[], button: string) => {
  const control = findControl(blocks, button)
  if (typeof control === 'string') throw new InteractionError(control)
  return control
}

function messageSeenBy(person: Person, channel: Channel, ts: string, { workspace }: Inside): Message | Ephemeral {
  const target = workspace.message(channel.id, ts) ?? workspace.ephemeral(person.id, ts)
  if (target) return target
  throw new InteractionError(
    `${person.name} sees no message ${ts} in ${channel.name || channel.id}. Take its ts from conversations.history.`,
  )
}

function viewSeenBy(person: Person, which: true | 'home', { views }: Inside): OpenView {
  const view = which === 'home' ? views.home(person.id) : views.top(person.id)
  if (view) return view
  const what = which === 'home' ? 'Home tab of this app yet' : 'modal open'
  throw new InteractionError(`${person.name} has no ${what}. Do first what opens it.`)
}

/** What people do in this Slack. Each answers with what the person sees then. */
export function createInteractions(outside: Outside) {
  const { workspace, views, botId } = outside

  /** An app may answer a slash command right in its acknowledgement. */
  const showCommandAnswer = (body: unknown, person: Person, channel: Channel): string | undefined => {
    if (body === undefined) return undefined
    const parsed = commandAnswer.safeParse(typeof body === 'string' ? { text: body } : body)
    if (!parsed.success || (!parsed.data.text && !parsed.data.blocks)) return undefined
    try {
      const content = readContent(parsed.data, outside)
      const shown = { ...content, text: content.text ?? '' }
      if (parsed.data.response_type === 'in_channel') workspace.post({ channel: channel.id, user: botId }, shown)
      else workspace.postEphemeral({ channel: channel.id, user: person.id }, shown)
      return undefined
    } catch (error) {
      if (error instanceof SlackError) return `Slack refused the app's answer: ${error.message}`
      throw error
    }
  }

  return {
    ...createSubmissions(outside),

    /** Presses a button, or picks an option of a menu, by its visible text; a confirm dialog is agreed to. */
    async click(click: Click): Promise<Seen> {
      refuseWhenDown(outside)
      const person = personCalled(outside, click.user)
      if ('view' in click) {
        const view = viewSeenBy(person, click.view, outside)
        const control = pressed(view.definition.blocks, click.button)
        const payload = blockActionsInView(outside, { person, view, control })
        return interact(outside, person, { kind: 'interactive', payload, acceptsAnswer: false }, () => undefined)
      }
      const channel = channelCalled(outside, click.channel)
      const target = messageSeenBy(person, channel, click.ts, outside)
      const control = pressed(target.blocks ?? [], click.button)
      const payload = blockActionsOnMessage(outside, { person, channel, control, target })
      return interact(outside, person, { kind: 'interactive', payload, acceptsAnswer: false }, () => undefined)
    },

    /** Types a slash command. */
    async command(typed: { user: string; channel: string; command: string; text?: string | undefined }): Promise<Seen> {
      refuseWhenDown(outside)
      const person = personCalled(outside, typed.user)
      const channel = channelCalled(outside, typed.channel)
      if (!typed.command.startsWith('/')) throw new InteractionError('A command starts with a slash, like /incident.')
      const payload = slashCommand(outside, { person, channel, command: typed.command, text: typed.text ?? '' })
      return interact(outside, person, { kind: 'slash_commands', payload }, ({ body }) =>
        showCommandAnswer(body, person, channel),
      )
    },

    /** Opens the app's Home tab. */
    async openHome({ user }: { user: string }): Promise<Seen & { home?: ShownView }> {
      refuseWhenDown(outside)
      const person = personCalled(outside, user)
      const payload = homeOpened(outside, person, workspace.conversationWith(person.id), views.home(person.id))
      const seen = await interact(outside, person, { kind: 'events_api', payload }, () => undefined)
      const home = views.home(person.id)
      return { ...seen, ...(home && { home: viewObject(home, botId) }) }
    },

    /** Writes a message as a person; the app hears nothing of it. */
    say(said: { user: string; channel: string; text: string; thread_ts?: string }): Message {
      refuseWhenDown(outside)
      const person = personCalled(outside, said.user)
      const channel = channelCalled(outside, said.channel)
      if (said.thread_ts !== undefined) messageSeenBy(person, channel, said.thread_ts, outside)
      return workspace.post({ channel: channel.id, user: person.id, thread_ts: said.thread_ts }, { text: said.text })
    },

    /** The modal in front of a person. */
    view(user: string): ShownView | undefined {
      const top = views.top(personCalled(outside, user).id)
      return top && viewObject(top, botId)
    },
  }
}

export type Interactions = ReturnType<typeof createInteractions>
