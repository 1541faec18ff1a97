import type { Incident } from '../incident/incident.ts'
import type { ReportKind } from '../incident/report.ts'
import { type Block, plainText, section, type View } from './blocks.ts'
import { code } from './format.ts'
import { type Look, words } from './look.ts'
import { option, select } from './select.ts'

/** What somebody typed `/incident` for. */
export type Wish = 'key' | 'rollback'

const longestText = 500

/** Asks what was seen, before anything is recorded. `open` are the incidents that it would join. */
export function reportModal(wish: Wish, open: readonly Incident[], look: Look): View {
  const { modal: say } = words(look).report
  const { modal } = words(look)
  const joins = open.map(({ id }) => say.joins(code(id, 200)))
  return {
    type: 'modal',
    title: plainText(wish === 'key' ? say.keyTitle : say.rollbackTitle, 24),
    submit: plainText(say.submit, 24),
    close: plainText(modal.cancel, 24),
    callback_id: 'report.confirm',
    private_metadata: JSON.stringify({ wish }),
    blocks: [
      section(wish === 'key' ? say.keyIntro : say.rollbackIntro, ...joins),
      ...(wish === 'rollback' ? choices(look) : []),
      {
        type: 'input',
        block_id: 'what',
        label: plainText(say.what, 150),
        hint: plainText(say.whatHint, 300),
        element: {
          type: 'plain_text_input',
          action_id: 'text',
          multiline: true,
          min_length: 1,
          max_length: longestText,
        },
      },
    ],
  }
}

const kinds = ['wrong-data', 'security'] as const satisfies readonly ReportKind[]
const services = ['api', 'updater'] as const

function choices(look: Look): Block[] {
  const { modal: say } = words(look).report
  return [
    {
      type: 'input',
      block_id: 'kind',
      label: plainText(say.kind, 150),
      element: select(kinds.map((kind) => option(kind, say.kinds[kind]))),
    },
    {
      type: 'input',
      block_id: 'service',
      label: plainText(say.service, 150),
      element: select(services.map((service) => option(service, say.services[service]))),
    },
  ]
}
