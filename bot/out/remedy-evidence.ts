import { describeError } from '../../common/logger.ts'
import type { Effect } from '../incident/effect.ts'
import type { Incident } from '../incident/incident.ts'
import { remedyOf } from '../incident/when-remedy-asked.ts'
import type { Look } from '../message/look.ts'
import { remedyModal, undoModal } from '../message/remedy-modal.ts'
import { remedyNamed } from '../remedy/remedies.ts'
import type { Plan, Seen } from '../remedy/remedy.ts'
import { asking } from './aws-failure.ts'
import type { PerformDeps } from './perform.ts'
import type { PriceUpdates } from './price-updates.ts'
import type { SettingsItem } from './settings-item.ts'
import type { Slack } from './slack.ts'

/** What a remedy is planned from and proven by; whoever changes a setting is not the one who proves it. */
export interface RemedyReaders {
  settingsItem: Pick<SettingsItem, 'read'>
  updates: PriceUpdates
}

type Deps = Pick<PerformDeps, 'log'> & RemedyReaders & { slack: Slack; look: Look }

/** Each part may fail alone; what could not be read is not there. */
export async function seeForRemedies({ settingsItem, updates, log }: Deps): Promise<Seen> {
  const [settings, newest] = await Promise.all([asking(settingsItem.read()), asking(updates.newest())])
  for (const part of [settings, newest])
    if (part.is !== 'ok') log.warn('what proves a remedy could not be read', { error: part.message })
  return {
    ...(settings.is === 'ok' && { settings: settings.value }),
    ...(newest.is === 'ok' && { updates: newest.value }),
  }
}

/** The modal is already open; the person may have closed it, and a newer look may have replaced this one. */
export async function fillRemedyModal(
  deps: Deps,
  incident: Incident,
  effect: Extract<Effect, { kind: 'fill-remedy-modal' }>,
): Promise<void> {
  const { name, direction, viewId, hash } = effect
  const view = direction === 'apply' ? await applying(deps, incident, effect) : undoing(deps, incident, effect)
  if (!view) {
    deps.log.info('a remedy that is not in force cannot be undone', { incident: incident.id, remedy: name })
    return
  }
  const answer = await deps.slack.call('views.update', { view_id: viewId, hash, view })
  if (answer.is !== 'ok') deps.log.warn('the remedy modal was not filled', { incident: incident.id, answer: answer.is })
}

type Fill = Extract<Effect, { kind: 'fill-remedy-modal' }>

async function applying(deps: Deps, incident: Incident, { name, direction }: Fill) {
  let plan: Plan
  try {
    plan = remedyNamed(name).plan({ settings: await deps.settingsItem.read() })
  } catch (error) {
    deps.log.warn('a remedy could not be planned', { incident: incident.id, error: describeError(error) })
    plan = { possible: false, why: 'settings-unreadable' }
  }
  const planned = plan.possible && { plan: { from: plan.from, to: plan.to, write: plan.write } }
  const metadata = JSON.stringify({ incident: incident.id, name, direction, ...planned })
  return remedyModal(plan, incident, deps.look, { name, direction, metadata })
}

function undoing({ look }: Deps, incident: Incident, { name, direction }: Fill) {
  const known = remedyOf(incident, name)
  const metadata = JSON.stringify({ incident: incident.id, name, direction })
  return known && undoModal(known, incident, look, { name, direction, metadata })
}
