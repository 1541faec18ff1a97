import { hasRingingAlarm, type Incident } from '../incident/incident.ts'
import { rollbackRole } from '../incident/when-rollback-asked.ts'
import { type Block, type Button, type Option, plainText } from './blocks.ts'
import { encodeValue } from './button-press.ts'
import { type ButtonName, buttons, leadingRemedy, moreId, order, type Place } from './buttons.ts'
import type { Language } from './format.ts'
import { keyButtons, remedyChoices } from './remedy-buttons.ts'
import { wordsOf } from './words.ts'

export const mostInValue = 2_000
const mostInOption = 150
/** A menu of one is refused by Slack, and hides what could as well be seen; one of six is refused too. */
const [fewestOptions, mostOptions] = [2, 5]
/** Slack's own limit. Only an incident of many keys has more to press, and gets another row. */
const mostInRow = 25

/** The buttons under an incident; no row when there is nothing to press. After the end there are its postmortem, and the undo of what it left. */
export function buttonRow(incident: Incident, language: Language): Block[] {
  const isOver = incident.status === 'resolved'
  const at = (place: Place) =>
    isOver === (place === 'after') ? order.filter((name) => buttons[name].place(incident) === place) : []
  const leading = leadingRemedy(incident)
  const all = remedyChoices(incident, language)
  const leads = all.filter(
    ({ offer: { name, direction, subject } }) =>
      direction === leading?.direction && name === leading.name && subject?.id === leading.subject?.id,
  )
  const remedies = all.filter((each) => !leads.includes(each))
  const rest = at('more').map((name) => ({
    option: optionOf(name, incident, language),
    button: buttonOf(name, incident, language),
  }))
  // Where the menu is too small, what eases the incident is what stands outside.
  const excess = Math.max(0, rest.length + remedies.length - mostOptions)
  const choices = [...rest, ...remedies.slice(excess), ...remedies.slice(0, excess)]
  const fitting = choices.filter(({ option }) => option.value.length <= mostInOption).slice(0, mostOptions)
  const menu = fitting.length >= fewestOptions && !isOver ? fitting : []
  const plainOnes = choices.filter((each) => !menu.includes(each)).map(({ button }) => button)
  const row = [
    ...at('after').map((name) => buttonOf(name, incident, language)),
    ...leads.map(({ button }) => ({ ...button, style: 'primary' as const })),
    ...at('primary').map((name) => buttonOf(name, incident, language, buttons[name].style)),
    ...keyButtons(incident, language, at('primary').length + leads.length === 0),
    ...at('beside').map((name) => buttonOf(name, incident, language)),
    ...plainOnes,
  ].filter(({ value }) => value.length <= mostInValue)
  const more = menu.map(({ option }) => option)
  const elements = [
    ...row,
    ...(more.length > 0 ? [{ type: 'overflow', action_id: moreId, options: more } as const] : []),
  ]
  return Array.from({ length: Math.ceil(elements.length / mostInRow) }, (_, row) => ({
    type: 'actions',
    block_id: row === 0 ? 'incident.buttons' : `incident.buttons.${row}`,
    elements: elements.slice(row * mostInRow, (row + 1) * mostInRow),
  }))
}

export function buttonOf(
  name: ButtonName,
  incident: Incident,
  language: Language,
  style?: 'primary' | 'danger',
): Button {
  const { id, label } = buttons[name]
  return {
    type: 'button',
    action_id: id,
    text: plainText(label[language], 75),
    value: valueFor(name, incident),
    ...(style && { style }),
    // A slip of a thumb must not silence what still rings.
    ...(name === 'resolve' && hasRingingAlarm(incident) && { confirm: sureToResolve(language) }),
  }
}

const sureToResolve = (language: Language): NonNullable<Button['confirm']> => {
  const { title, text, yes, no } = wordsOf(language).modal.sureToResolve
  return {
    title: plainText(title, 100),
    text: plainText(text, 300),
    confirm: plainText(yes, 30),
    deny: plainText(no, 30),
  }
}

const optionOf = (name: ButtonName, incident: Incident, language: Language): Option => ({
  text: plainText(buttons[name].label[language], 75),
  value: `${buttons[name].id}|${valueFor(name, incident)}`,
})

function valueFor(name: ButtonName, incident: Incident): string {
  const { id, status, escalation } = incident
  const role = name === 'rollBack' ? rollbackRole(incident) : undefined
  const level = name === 'escalate' ? (escalation.level === 1 ? 2 : 3) : undefined
  return encodeValue({ incident: id, status, ...(level && { level }), ...(role && { role }) })
}
