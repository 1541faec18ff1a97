import type { Incident } from '../incident/incident.ts'
import type { Direction, RemedyRecord } from '../incident/remedy.ts'
import type { RemedyName } from '../remedy/remedies.ts'
import type { Plan } from '../remedy/remedy.ts'
import { context, plainText, section, type View } from './blocks.ts'
import { code } from './format.ts'
import { headline } from './headline.ts'
import { type Look, words } from './look.ts'
import { about, settingValue } from './remedy-part.ts'
import { refusalModal } from './rollback-modal.ts'

const mostInTitle = 24

/** Opens at once from the record, because Slack's trigger lives three seconds; the settings fill it later. */
export const loadingRemedyModal = (incident: Incident, look: Look, name: RemedyName): View => ({
  type: 'modal',
  title: plainText(words(look).remedy.each[name].title, mostInTitle),
  close: plainText(words(look).modal.close, mostInTitle),
  blocks: [section(`*${headline(incident, look)}*`), section(words(look).remedy.modal.loading)],
})

export interface Asked {
  name: RemedyName
  direction: Direction
  metadata: string
  /** What it is called that the remedy is about. */
  subject?: string | undefined
}

/** What it is now and what it will be, what customers notice, what proves it and how it is undone. */
export function remedyModal(plan: Plan, incident: Incident, look: Look, asked: Asked): View {
  const { name, subject } = asked
  const { modal, each } = words(look).remedy
  if (!plan.possible) return impossible(plan, name, look)
  const from = settingValue(name, plan.from, look)
  return confirming(incident, look, asked, modal.submit, [
    modal.change(about(each[name].setting, subject, look), from, settingValue(name, plan.to, look)),
    modal.customers(each[name].customers),
    modal.provenBy(each[name].provenBy),
    modal.undoing(from),
    modal.guarded,
  ])
}

export function impossible({ why, now }: Extract<Plan, { possible: false }>, name: RemedyName, look: Look): View {
  const shown = now === undefined ? undefined : settingValue(name, now, look)
  return refusalModal(words(look).remedy.refusal[why](shown), look)
}

/** The same for taking it back; everything is known from the record. */
export function undoModal(remedy: RemedyRecord, incident: Incident, look: Look, asked: Asked): View {
  const { name, from, to, subject, made } = remedy
  const label = made?.name ?? subject?.label
  const { modal, each } = words(look).remedy
  return confirming(incident, look, asked, modal.undoSubmit, [
    modal.change(about(each[name].setting, label, look), settingValue(name, to, look), settingValue(name, from, look)),
    modal.undoCustomers,
    modal.undoProof,
    modal.guarded,
  ])
}

function confirming(incident: Incident, look: Look, asked: Asked, submit: string, lines: string[]): View {
  return {
    type: 'modal',
    title: plainText(words(look).remedy.each[asked.name].title, mostInTitle),
    submit: plainText(submit, mostInTitle),
    close: plainText(words(look).modal.cancel, mostInTitle),
    callback_id: 'remedy.confirm',
    private_metadata: asked.metadata,
    blocks: [section(`*${headline(incident, look)}*`), section(...lines), context(code(incident.id, 200))],
  }
}
