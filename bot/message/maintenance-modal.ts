import type { Incident } from '../incident/incident.ts'
import type { RemedyRecord } from '../incident/remedy.ts'
import { maintenanceMinutes } from '../remedy/maintenance-mode.ts'
import { context, type Option, plainText, section, type View } from './blocks.ts'
import { code } from './format.ts'
import { type Look, words } from './look.ts'
import { settingValue } from './remedy-part.ts'

const mostInTitle = 24

/** Asks a manager how long, and says in plain words what happens. Everything is known from the record. */
export function maintenanceModal(incident: Incident, look: Look, metadata: string): View {
  const { maintenance, modal, remedy } = words(look)
  const { modal: say } = maintenance
  const options = maintenanceMinutes.map(
    (each): Option => ({ text: plainText(say.durations[each], 75), value: String(each) }),
  )
  const oneHour = options.find(({ value }) => value === '60')
  return {
    type: 'modal',
    title: plainText(remedy.each['maintenance-mode'].title, mostInTitle),
    submit: plainText(say.submit, mostInTitle),
    close: plainText(modal.cancel, mostInTitle),
    callback_id: 'maintenance.confirm',
    private_metadata: metadata,
    blocks: [
      section(say.what, ...say.happens.map((each) => `• ${each}`)),
      section(say.ends),
      {
        type: 'input',
        block_id: 'lasts',
        label: plainText(say.lasts, 150),
        hint: plainText(say.lastsHint, 300),
        element: {
          type: 'static_select',
          action_id: 'minutes',
          options,
          ...(oneHour && { initial_option: oneHour }),
        },
      },
      context(code(incident.id, 200)),
    ],
  }
}

/** The same for lifting it. Its submission is that of any undo. */
export function liftModal(known: RemedyRecord, incident: Incident, look: Look, metadata: string): View {
  const { maintenance, modal, remedy } = words(look)
  const { lift: say } = maintenance
  return {
    type: 'modal',
    title: plainText(remedy.each['maintenance-mode'].title, mostInTitle),
    submit: plainText(say.submit, mostInTitle),
    close: plainText(modal.cancel, mostInTitle),
    callback_id: 'remedy.confirm',
    private_metadata: metadata,
    blocks: [
      section(say.now(settingValue(known.name, known.to, look))),
      section(maintenance.modal.what, ...say.happens.map((each) => `• ${each}`)),
      section(say.ready),
      context(code(incident.id, 200)),
    ],
  }
}
