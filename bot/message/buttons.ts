import { guidanceFor } from '../../common/runbook/runbook.ts'
import { hasRingingAlarm, type Incident, isReported, isRinging } from '../incident/incident.ts'
import { isInMaintenance } from '../incident/maintenance.ts'
import { hasDraft } from '../incident/postmortem.ts'
import { isRollingBack } from '../incident/rollback.ts'
import { unseenKeys } from '../incident/when-key-opened.ts'
import { nextCall } from '../incident/when-owner-acts.ts'
import { type Offer, offered } from '../incident/when-remedy-asked.ts'
import { leadAlarm, refusal } from '../incident/when-rollback-asked.ts'
import type { Language } from './format.ts'

/** Where a button stands: the one to press now, beside it, in the menu of the rest, by itself after the end, or nowhere. */
export type Place = 'primary' | 'beside' | 'more' | 'after' | 'nowhere'

interface ButtonDefinition {
  id: string
  label: Record<Language, string>
  /** The colour it has while it is the primary one. */
  style: 'primary' | 'danger'
  place: (incident: Incident) => Place
}

export type ButtonName =
  | 'acknowledge'
  | 'rollBack'
  | 'escalate'
  | 'resolve'
  | 'takeOver'
  | 'hold'
  | 'stillOnIt'
  | 'runbook'
  | 'customer'
  | 'postmortem'
  | 'addAction'

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
    // Closing under a running rollback or maintenance mode would be refused, so it is not offered. While something rings it stands by itself:
    // an option of the menu could not ask whether one is sure.
    place: (incident) => {
      if (isRollingBack(incident.rollback) || isInMaintenance(incident)) return 'nowhere'
      return primaryFirst(incident, 'resolve', isRinging(incident) ? 'beside' : 'more')
    },
  },
  takeOver: {
    id: 'incident.take-over',
    label: { en: 'Take over', ja: '引き継ぐ' },
    style: 'primary',
    place: (incident) => (incident.owner && incident.status !== 'resolved' ? 'more' : 'nowhere'),
  },
  hold: {
    id: 'incident.hold',
    label: { en: 'Hold 15 min', ja: '15分間保留' },
    style: 'primary',
    // Where nobody has it, acknowledging is what keeps it from going up.
    place: (incident) =>
      incident.owner && incident.status !== 'resolved' && nextCall(incident) !== undefined ? 'more' : 'nowhere',
  },
  stillOnIt: {
    id: 'incident.still-on-it',
    label: { en: 'Still on it', ja: '対応中です' },
    style: 'primary',
    // It stands under a reminder, where the question is.
    place: () => 'nowhere',
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
  postmortem: {
    id: 'incident.postmortem',
    label: { en: 'Postmortem', ja: 'ポストモーテム' },
    style: 'primary',
    place: (incident) => (incident.status === 'resolved' && !hasDraft(incident) ? 'after' : 'nowhere'),
  },
  addAction: {
    id: 'incident.add-action',
    label: { en: 'Add action item', ja: 'アクションアイテムを追加' },
    style: 'primary',
    // It stands under the action items.
    place: () => 'nowhere',
  },
}

export const order: readonly ButtonName[] = [
  'acknowledge',
  'rollBack',
  'escalate',
  'resolve',
  'runbook',
  'customer',
  'takeOver',
  'hold',
  'stillOnIt',
  'postmortem',
  'addAction',
]
/** Whose trouble customers of the price service notice. */
const priceServices: readonly string[] = ['api', 'updater', 'table']
export const moreId = 'incident.more'

/** The one thing to do now; none while a rollback runs, whose end decides what comes next. */
export function primaryButton(incident: Incident): ButtonName | undefined {
  const rollback = incident.rollback?.status
  if (incident.status === 'resolved' || isRollingBack(incident.rollback)) return undefined
  // Lifting it leads then, as soon as somebody has the incident.
  if (isInMaintenance(incident)) return isRinging(incident) && !incident.owner ? 'acknowledge' : undefined
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

/** While maintenance mode is on, lifting it. Else, where no alarm rings and no rollback helps, the next remedy takes the place of the primary button: first it is stopped, then replaced. */
export function leadingRemedy(incident: Incident): Offer | undefined {
  if (incident.status !== 'resolved' && isInMaintenance(incident))
    return primaryButton(incident) ? undefined : offered(incident).find(({ name }) => name === 'maintenance-mode')
  if (!isReported(incident) || hasRingingAlarm(incident)) return undefined
  const toApply = offered(incident).filter(({ direction }) => direction === 'apply')
  return toApply.find(({ subject }) => subject) ?? ((incident.remedies ?? []).length === 0 ? toApply[0] : undefined)
}

const primaryFirst = (incident: Incident, name: ButtonName, otherwise: Place): Place =>
  primaryButton(incident) === name ? 'primary' : otherwise
