import type { Incident } from '../incident/incident.ts'
import { longestNotice } from '../incident/notice.ts'
import { type Block, context, plainText, section, type View } from './blocks.ts'
import { code, type Language, when } from './format.ts'
import { type Look, person, words } from './look.ts'
import { noticeDraft } from './notice-draft.ts'

/** What customers are told, for a manager to change and publish. What was told last is where one goes on from. */
export function customersModal(incident: Incident, look: Look, metadata: string): View {
  const { maintenance, modal } = words(look)
  const { tell: say } = maintenance
  const { notice } = incident
  const input = (language: Language, label: string): Block => ({
    type: 'input',
    block_id: language,
    label: plainText(label, 150),
    hint: plainText(say.hint, 300),
    element: {
      type: 'plain_text_input',
      action_id: 'text',
      multiline: true,
      min_length: 1,
      max_length: longestNotice,
      initial_value: notice?.[language] ?? noticeDraft(incident, language),
    },
  })
  return {
    type: 'modal',
    title: plainText(say.title, 24),
    submit: plainText(say.submit, 24),
    close: plainText(modal.cancel, 24),
    callback_id: 'customers.confirm',
    private_metadata: metadata,
    blocks: [
      section(say.intro, notice && say.before(person(notice.by), when(notice.at))),
      input('en', say.english),
      input('ja', say.japanese),
      context(code(incident.id, 200)),
    ],
  }
}
