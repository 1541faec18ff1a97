import type { Incident } from '../incident/incident.ts'
import { context, plainText, section, sectionOf, type View } from './blocks.ts'
import { code } from './format.ts'
import { guidanceOf } from './guidance-part.ts'
import { headline } from './headline.ts'
import { type Look, words } from './look.ts'
import { refusalModal } from './rollback-modal.ts'

const mostInReason = 500

/** Asks for a reason, because the people who are woken read it first. */
export function escalateModal(incident: Incident, look: Look, metadata: string): View {
  const { modal } = words(look)
  const { level } = incident.escalation
  if (level === 3) return refusalModal(modal.nobodyLeft, look)
  const guidance = guidanceOf(incident, look)
  return {
    type: 'modal',
    title: plainText(modal.escalateTitle, 24),
    submit: plainText(modal.escalateSubmit, 24),
    close: plainText(modal.cancel, 24),
    callback_id: 'escalate.confirm',
    private_metadata: metadata,
    blocks: [
      section(`*${headline(incident, look)}*`),
      section(modal.willBeTold(level === 1 ? look.people.developers : look.people.managers)),
      ...sectionOf(
        guidance && level === 1 ? [modal.escalateWhen, ...guidance.escalateWhen.map((each) => `• ${each}`)] : [],
      ),
      {
        type: 'input',
        block_id: 'reason',
        label: plainText(modal.reason, 150),
        hint: plainText(modal.reasonHint, 300),
        element: {
          type: 'plain_text_input',
          action_id: 'text',
          multiline: true,
          min_length: 1,
          max_length: mostInReason,
        },
      },
      context(code(incident.id, 200)),
    ],
  }
}
