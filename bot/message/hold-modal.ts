import { holdTime, longestReason } from '../incident/hold.ts'
import type { Incident } from '../incident/incident.ts'
import { nextCall } from '../incident/when-owner-acts.ts'
import { context, plainText, section, type View } from './blocks.ts'
import { code, duration, when } from './format.ts'
import { type Look, words } from './look.ts'

/** Asks why it can wait, because whoever would have been called reads it. */
export function holdModal(incident: Incident, look: Look, metadata: string): View {
  const { people, modal } = words(look)
  const { holdModal: say } = people
  const next = nextCall(incident)
  return {
    type: 'modal',
    title: plainText(say.title, 24),
    submit: plainText(say.submit, 24),
    close: plainText(modal.cancel, 24),
    callback_id: 'hold.confirm',
    private_metadata: metadata,
    blocks: [
      section(say.what(duration(holdTime, look.language), next && when(next))),
      {
        type: 'input',
        block_id: 'reason',
        label: plainText(say.reason, 150),
        hint: plainText(say.reasonHint, 300),
        element: {
          type: 'plain_text_input',
          action_id: 'text',
          multiline: true,
          min_length: 1,
          max_length: longestReason,
        },
      },
      context(code(incident.id, 200)),
    ],
  }
}
