import * as z from 'zod'
import { guidanceFor } from '../../common/runbook/runbook.ts'
import { hasRingingAlarm, type Incident, isReported, isRinging, Status } from '../incident/incident.ts'
import { isRollingBack } from '../incident/rollback.ts'
import { unseenKeys } from '../incident/when-key-opened.ts'
import { type Offer, offered } from '../incident/when-remedy-asked.ts'
import { leadAlarm, refusal, rollbackRole } from '../incident/when-rollback-asked.ts'
import type { Block, Button, Option } from './blocks.ts'
import { plainText } from './blocks.ts'
import type { Language } from './format.ts'
import { keyButtons, remedyChoices } from './remedy-buttons.ts'
import { wordsOf } from './words.ts'

/** Where a button stands: the one to press now, beside it, in the menu of the rest, or nowhere. */
type Place = 'primary' | 'beside' | 'more' | 'nowhere'

interface ButtonDefinition {
  id: string
  label: Record<Language, string>
  /** The colour it has while it is the primary one. */
  style: 'primary' | 'danger'
  place: (incident: Incident) => Place
}

export type ButtonName = 'acknowledge' | 'rollBack' | 'escalate' | 'resolve' | 'runbook' | 'customer'

/** Every button of an incident. The drawer, the doors and the tests read it here. */
export const buttons: Record<ButtonName, ButtonDefinition> = {
  acknowledge: {
    id: 'incident.acknowledge',
    label: { en: 'Acknowledge', ja: '確認して対応する' },
    style: 'primary',
    place: (incident) => (incident.owner ? 'nowhere' : primaryFirst(incident, 'acknowledge', 'more')),
  },
  rollBack: {
    id: 'incident.roll-back',
    label: { en: 'Roll back', ja: 'ロールバック' },
    style: 'danger',
    place: (incident) => (refusal(incident) ? 'nowhere' : primaryFirst(incident, 'rollBack', 'beside')),
  },
  escalate: {
    id: 'incident.escalate',
    label: { en: 'Escalate', ja: 'エスカレーション' },
    style: 'primary',
    place: (incident) => {
      if (incident.escalation.level === 3) return 'nowhere'
      return primaryFirst(incident, 'escalate', isRinging(incident) ? 'beside' : 'more')
    },
  },
  resolve: {
    id: 'incident.resolve',
    label: { en: 'Resolve', ja: '解決にする' },
    style: 'primary',
    // Closing under a running rollback would be refused, so it is not offered. While something rings it stands by itself:
    // an option of the menu could not ask whether one is sure.
    place: (incident) => {
      if (isRollingBack(incident.rollback)) return 'nowhere'
      return primaryFirst(incident, 'resolve', isRinging(incident) ? 'beside' : 'more')
    },
  },
  runbook: {
    id: 'incident.runbook',
    label: { en: 'Runbook', ja: 'ランブック' },
    style: 'primary',
    place: (incident) => (guidanceFor(leadAlarm(incident)?.listed, 'en') ? 'more' : 'nowhere'),
  },
  customer: {
    id: 'incident.customer',
    label: { en: 'Customer report +1', ja: 'お客様の問い合わせ +1' },
    style: 'primary',
    // Customers notice neither a key of somebody else, nor an alarm that nobody knows.
    place: (incident) => {
      const isKnown = isReported(incident) || guidanceFor(leadAlarm(incident)?.listed, 'en') !== undefined
      return isRinging(incident) && isKnown && priceServices.includes(incident.service) ? 'more' : 'nowhere'
    },
  },
}

const order: readonly ButtonName[] = ['acknowledge', 'rollBack', 'escalate', 'resolve', 'runbook', 'customer']
/** Whose trouble customers of the price service notice. */
const priceServices: readonly string[] = ['api', 'updater', 'table']
export const moreId = 'incident.more'

/** The one thing to do now; none while a rollback runs, whose end decides what comes next. */
export function primaryButton(incident: Incident): ButtonName | undefined {
  const rollback = incident.rollback?.status
  if (incident.status === 'resolved' || isRollingBack(incident.rollback)) return undefined
  if (!isRinging(incident)) return 'resolve'
  if (!incident.owner) return 'acknowledge'
  const isMoved = rollback === 'helped' || rollback === 'not-proven'
  const isWorthATry = rollback !== 'failed' && rollback !== 'did-not-help' && !(isMoved && !hasRingingAlarm(incident))
  if (isWorthATry && !refusal(incident)) return 'rollBack'
  // What was reported ends by a person: first by what eases it, then by saying so.
  if (!hasRingingAlarm(incident))
    return leadingRemedy(incident) || unseenKeys(incident).length > 0 ? undefined : 'resolve'
  return incident.escalation.level === 3 ? undefined : 'escalate'
}

/** Where no alarm rings and no rollback helps, the next remedy takes the place of the primary button: first it is stopped, then replaced. */
function leadingRemedy(incident: Incident): Offer | undefined {
  if (!isReported(incident) || hasRingingAlarm(incident)) return undefined
  const toApply = offered(incident).filter(({ direction }) => direction === 'apply')
  return toApply.find(({ subject }) => subject) ?? ((incident.remedies ?? []).length === 0 ? toApply[0] : undefined)
}

const primaryFirst = (incident: Incident, name: ButtonName, otherwise: Place): Place =>
  primaryButton(incident) === name ? 'primary' : otherwise

export interface ButtonValue {
  incident: string
  status: Incident['status']
  /** The level an escalation goes to. */
  level?: 2 | 3
  role?: 'api' | 'updater'
}

/** Short keys: the value of a menu option holds 150 characters only. */
const Packed = z.object({
  i: z.string().min(1),
  s: Status,
  l: z.union([z.literal(2), z.literal(3)]).optional(),
  r: z.enum(['api', 'updater']).optional(),
})

export const encodeValue = ({ incident: i, status: s, level: l, role: r }: ButtonValue): string =>
  JSON.stringify({ i, s, l, r } satisfies z.input<typeof Packed>)

/** Reads the value of a button, or of a menu option, whose value begins with the id of its button. */
export function decodeValue(raw: string): ButtonValue | undefined {
  try {
    const packed = Packed.safeParse(JSON.parse(raw.replace(/^incident\.[a-z-]+\|/, '')))
    if (!packed.success) return undefined
    const { i, s, l, r } = packed.data
    return { incident: i, status: s, ...(l && { level: l }), ...(r && { role: r }) }
  } catch {
    return undefined
  }
}

const Pressed = z.union([
  z.object({ action_id: z.literal(moreId), selected_option: z.object({ value: z.string() }) }),
  z.object({ action_id: z.string(), value: z.string() }),
])

/** Which button an action of Slack's is about, and what it carries; undefined when it is none of ours. */
export function readPress(action: unknown): { button: ButtonName; value: ButtonValue } | undefined {
  const pressed = Pressed.safeParse(action)
  if (!pressed.success) return undefined
  const isOption = 'selected_option' in pressed.data
  const raw = 'selected_option' in pressed.data ? pressed.data.selected_option.value : pressed.data.value
  const id = isOption ? raw.split('|', 1)[0] : pressed.data.action_id
  const button = order.find((name) => buttons[name].id === id)
  const value = decodeValue(raw)
  return button && value && { button, value }
}

function valueFor(name: ButtonName, incident: Incident): string {
  const { id, status, escalation } = incident
  const role = name === 'rollBack' ? rollbackRole(incident) : undefined
  const level = name === 'escalate' ? (escalation.level === 1 ? 2 : 3) : undefined
  return encodeValue({ incident: id, status, ...(level && { level }), ...(role && { role }) })
}

const mostInValue = 2_000
const mostInOption = 150
/** A menu of one is refused by Slack, and hides what could as well be seen; one of six is refused too. */
const [fewestOptions, mostOptions] = [2, 5]
/** Slack's own limit. Only an incident of many keys has more to press, and gets another row. */
const mostInRow = 25

/** The buttons under an incident; no row when there is nothing to press. After the end only what it left can be undone. */
export function buttonRow(incident: Incident, language: Language): Block[] {
  const isOver = incident.status === 'resolved'
  const at = (place: Place) => (isOver ? [] : order.filter((name) => buttons[name].place(incident) === place))
  const leading = leadingRemedy(incident)
  const all = remedyChoices(incident, language)
  const leads = all.filter(
    ({ offer: { name, direction, subject } }) =>
      direction === leading?.direction && name === leading.name && subject?.id === leading.subject?.id,
  )
  const remedies = all.filter((each) => !leads.includes(each))
  const choices = [
    ...at('more').map((name) => ({
      option: optionOf(name, incident, language),
      button: buttonOf(name, incident, language),
    })),
    ...remedies,
  ]
  const fitting = choices.filter(({ option }) => option.value.length <= mostInOption).slice(0, mostOptions)
  const menu = fitting.length >= fewestOptions && !isOver ? fitting : []
  const plainOnes = choices.filter((each) => !menu.includes(each)).map(({ button }) => button)
  const row = [
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

function buttonOf(name: ButtonName, incident: Incident, language: Language, style?: 'primary' | 'danger'): Button {
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
