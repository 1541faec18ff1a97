import type { Incident } from '../incident/incident.ts'
import { longestActionText } from '../incident/postmortem.ts'
import { context, plainText, section, type View } from './blocks.ts'
import { code } from './format.ts'
import { subjectOf } from './headline.ts'
import { type Look, words } from './look.ts'

/** Asks what is to be done; who does it and by when may be left open. */
export function actionModal(incident: Incident, look: Look, metadata: string): View {
  const { postmortem, modal } = words(look)
  const { modal: say } = postmortem
  return {
    type: 'modal',
    title: plainText(say.title, 24),
    submit: plainText(say.submit, 24),
    close: plainText(modal.cancel, 24),
    callback_id: 'action-item.confirm',
    private_metadata: metadata,
    blocks: [
      section(subjectOf(incident, look)),
      {
        type: 'input',
        block_id: 'what',
        label: plainText(say.what, 150),
        hint: plainText(say.whatHint, 300),
        element: {
          type: 'plain_text_input',
          action_id: 'text',
          multiline: false,
          min_length: 1,
          max_length: longestActionText,
        },
      },
      {
        type: 'input',
        block_id: 'who',
        label: plainText(say.who, 150),
        optional: true,
        element: { type: 'users_select', action_id: 'user' },
      },
      {
        type: 'input',
        block_id: 'due',
        label: plainText(say.due, 150),
        hint: plainText(say.dueHint, 300),
        optional: true,
        element: { type: 'plain_text_input', action_id: 'day', multiline: false, min_length: 0, max_length: 20 },
      },
      context(code(incident.id, 200)),
    ],
  }
}
