import { severities } from '../incident/statistics.ts'
import { plainText, section, type View } from './blocks.ts'
import { type Look, words } from './look.ts'
import { option, select } from './select.ts'

export const newIncidentServices = ['api', 'updater', 'table', 'other'] as const

/** It becomes the headline, which has room for one line. */
export const longestHeadline = 120

/** Asks for all that an incident needs which no alarm opens. */
export function newIncidentModal(command: string, look: Look): View {
  const { newIncident: say, modal } = words(look)
  const services = newIncidentServices.map((service) => option(service, say.services[service]))
  const grades = severities.map((severity) => option(severity, say.severities[severity]))
  return {
    type: 'modal',
    title: plainText(say.title, 24),
    submit: plainText(say.submit, 24),
    close: plainText(modal.cancel, 24),
    callback_id: 'new.confirm',
    blocks: [
      section(say.intro, say.notHere(command)),
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
          max_length: longestHeadline,
        },
      },
      {
        type: 'input',
        block_id: 'service',
        label: plainText(say.service, 150),
        element: select(services, services[0]),
      },
      {
        type: 'input',
        block_id: 'severity',
        label: plainText(say.severity, 150),
        element: select(
          grades,
          grades.find(({ value }) => value === 'High'),
        ),
      },
    ],
  }
}
