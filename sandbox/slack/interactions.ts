import { z } from 'zod'
import {
  channelCalled,
  InteractionError,
  interact,
  messageSeenBy,
  type Outside,
  personCalled,
  refuseWhenDown,
  type Seen,
  type ShownView,
} from './interaction.ts'
import { readContent } from './methods-chat.ts'
import { viewObject } from './open-views.ts'
import { homeOpened, slashCommand } from './payloads.ts'
import type { Channel, Person } from './people.ts'
import { createPresses } from './presses.ts'
import { SlackError } from './slack-error.ts'
import type { Message } from './state.ts'
import { createSubmissions } from './submissions.ts'

const commandAnswer = z.looseObject({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
})

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
    ...createPresses(outside),
    ...createSubmissions(outside),

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
    say(said: { user: string; channel: string; text: string; thread_ts?: string | undefined }): Message {
      refuseWhenDown(outside)
      const person = personCalled(outside, said.user)
      const channel = channelCalled(outside, said.channel)
      if (said.thread_ts !== undefined) messageSeenBy(person, channel, said.thread_ts, outside)
      return workspace.post({ channel: channel.id, user: person.id, thread_ts: said.thread_ts }, { text: said.text })
    },

    /** Removes a message that only this person sees. */
    dismiss({ user, channel, ts }: { user: string; channel: string; ts: string }): void {
      const person = personCalled(outside, user)
      const kept = workspace.ephemeral(person.id, ts)
      if (kept?.channel !== channelCalled(outside, channel).id) {
        throw new InteractionError(`${person.name} has no message ${ts} in ${channel} that only they see.`)
      }
      workspace.removeEphemeral(kept)
    },

    /** The modal in front of a person. */
    view(user: string): ShownView | undefined {
      const top = views.top(personCalled(outside, user).id)
      return top && viewObject(top, botId)
    },
  }
}

export type Interactions = ReturnType<typeof createInteractions>
