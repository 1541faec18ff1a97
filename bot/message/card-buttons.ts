import { isBefore } from '../../common/time.ts'
import type { Card } from '../incident/card.ts'
import type { Incident } from '../incident/incident.ts'
import { nextCall } from '../incident/when-owner-acts.ts'
import type { Block, Button } from './blocks.ts'
import { buttonOf, mostInValue } from './button-row.ts'
import type { Language } from './format.ts'
import { managerButtons } from './manager-buttons.ts'

/** A row of what Slack takes; an empty one it refuses. */
function row(block_id: string, buttons: readonly Button[]): Block[] {
  const elements = buttons.filter(({ value }) => value.length <= mostInValue)
  return elements.length === 0 ? [] : [{ type: 'actions', block_id, elements }]
}

/** What can be pressed on a card; nothing after the end. */
export function cardButtons(incident: Incident, language: Language, kind: Card['kind']): Block[] {
  if (incident.status === 'resolved' || kind === 'announcement') return []
  const button = (name: Parameters<typeof buttonOf>[0], style?: Button['style']) =>
    buttonOf(name, incident, language, style)
  const { owner, escalation } = incident
  const isTaken = owner !== undefined && (kind === 'developers' || !isBefore(owner.at, escalation.since))
  const elements = [
    isTaken ? button('takeOver') : button('takeOver', 'primary'),
    ...(nextCall(incident) === undefined ? [] : [button('hold')]),
    ...(kind === 'managers' ? managerButtons(incident, language) : []),
  ]
  return row('incident.card', elements)
}

/** Under a reminder: what answers it, and what hands it on. */
export function reminderButtons(incident: Incident, language: Language): Block[] {
  if (incident.status === 'resolved') return []
  const elements = [
    buttonOf('stillOnIt', incident, language, 'primary'),
    buttonOf('takeOver', incident, language),
    ...(incident.escalation.level === 3 ? [] : [buttonOf('escalate', incident, language)]),
  ]
  return row('incident.reminder', elements)
}
