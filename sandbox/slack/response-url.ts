import { z } from 'zod'
import type { Inside } from './inside.ts'
import { readContent } from './methods-chat.ts'
import { SlackError, slackMessages } from './slack-error.ts'

const schema = z.strictObject({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
})

/**
 * An answer of the app to the address that came with an interaction: a new message for the person alone
 * unless it says otherwise, or a change to the message that was pressed.
 */
export function answerResponse(token: string, input: unknown, inside: Inside): void {
  const { workspace, oneTime, botId } = inside
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw new SlackError('invalid_payload', slackMessages(parsed.error.issues, input, ''))
  const answer = parsed.data
  const to = oneTime.useResponse(token)
  const message = to.original && workspace.message(to.channel, to.original.ts)
  const ephemeral = to.original && workspace.ephemeral(to.user, to.original.ts)

  if (answer.delete_original) {
    if (message) workspace.remove(message)
    else if (ephemeral) workspace.removeEphemeral(ephemeral)
    else throw new SlackError('message_not_found')
    return
  }
  const content = readContent(answer, inside)
  const shown = { ...content, text: content.text ?? '' }
  if (answer.replace_original) {
    if (message) workspace.edit(message, content)
    else if (ephemeral) workspace.replaceEphemeral(ephemeral, shown)
    else throw new SlackError('message_not_found')
    return
  }
  if (answer.response_type === 'in_channel') {
    workspace.post({ channel: to.channel, user: botId, thread_ts: answer.thread_ts }, shown)
    return
  }
  workspace.postEphemeral({ channel: to.channel, user: to.user, thread_ts: answer.thread_ts }, shown)
}
