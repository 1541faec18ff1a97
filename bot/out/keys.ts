import { describeError, type Log } from '../../common/logger.ts'
import { minutes, plus } from '../../common/time.ts'
import type { Effect } from '../incident/effect.ts'
import type { Incident } from '../incident/incident.ts'
import type { RemedyRecord } from '../incident/remedy.ts'
import { remedyOf } from '../incident/when-remedy-asked.ts'
import { keyModal, type UsageRead } from '../message/key-modal.ts'
import { remedyModal, undoModal } from '../message/remedy-modal.ts'
import { newKeyModal } from '../message/show-key-modal.ts'
import { lookerOf, remedyNamed } from '../remedy/remedies.ts'
import type { KeySeen, Seen } from '../remedy/remedy.ts'
import type { ApiKeys } from './api-keys.ts'
import { asking } from './aws-failure.ts'
import type { Logs } from './aws-logs.ts'
import type { GatewayProof } from './gateway-proof.ts'
import type { Performed } from './perform.ts'
import type { Slack } from './slack.ts'
import type { LookFor } from './slack-languages.ts'
import { updateView } from './update-view.ts'

export interface KeysDeps {
  apiKeys: ApiKeys
  gatewayProof: GatewayProof
  logs: Pick<Logs, 'keyUse'>
  slack: Slack
  lookFor: LookFor
  log: Log
}

type Fill = Extract<Effect, { kind: 'fill-remedy-modal' }>

/** Fills the modal of a remedy that is about API keys. */
export async function fillKeyModal(deps: KeysDeps, incident: Incident, effect: Fill, now: string): Promise<void> {
  const view = await viewOf(deps, incident, effect, now)
  if (!view) {
    deps.log.info('a remedy that is not in force cannot be undone', { incident: incident.id, remedy: effect.name })
    return
  }
  await updateView(deps, incident, effect, view)
}

async function viewOf(deps: KeysDeps, incident: Incident, effect: Fill, now: string) {
  const { name, direction, subject } = effect
  const asksLook = deps.lookFor(effect.user)
  const metadata = { incident: incident.id, name, direction, ...(subject && { subject }) }
  const asked = { name, direction, subject: subject?.label }
  if (direction === 'undo') {
    const known = remedyOf(incident, name, subject?.id)
    return known && undoModal(known, incident, await asksLook, { ...asked, metadata: JSON.stringify(metadata) })
  }
  if (remedyNamed(name).about === 'picked-key') {
    const [keys, usage, look] = await Promise.all([readKeys(deps), readUsage(deps, now), asksLook])
    return keyModal(keys, usage, incident, look, { ...asked, metadata: JSON.stringify(metadata) })
  }
  const key = subject && (await asking(deps.apiKeys.find(subject.id)))
  const keys = key?.is === 'ok' && key.value ? [key.value] : undefined
  const plan = remedyNamed(name).plan({ ...(keys && { keys }) }, subject)
  const planned = plan.possible && { plan: { from: plan.from, to: plan.to, write: plan.write } }
  return remedyModal(plan, incident, await asksLook, {
    ...asked,
    metadata: JSON.stringify({ ...metadata, ...planned }),
  })
}

async function readKeys({ apiKeys, log }: KeysDeps): Promise<KeySeen[] | undefined> {
  const keys = await asking(apiKeys.list())
  if (keys.is === 'ok') return keys.value
  log.warn('the API keys could not be read', { error: keys.message })
  return undefined
}

async function readUsage({ logs, log }: KeysDeps, now: string): Promise<UsageRead> {
  try {
    return { is: 'read', use: await logs.keyUse(plus(now, -minutes(60)), now) }
  } catch (error) {
    const because = describeError(error)
    log.warn('the use of the API keys could not be read', { error: because })
    return { is: 'unread', because }
  }
}

/** Looks at every key whose remedy waits for its proof, and asks the gateway with it. A key that cannot be asked about is left out. */
export async function seeKeys(deps: KeysDeps, { remedies = [] }: Incident): Promise<Seen> {
  const ids = remedies.filter(({ status }) => status === 'applied').flatMap((remedy) => keyOf(remedy) ?? [])
  const keys: KeySeen[] = []
  const gateway: Record<string, 'takes' | 'refuses'> = {}
  for (const id of new Set(ids)) {
    try {
      const key = await deps.apiKeys.find(id)
      if (!key) continue
      keys.push(key)
      const secret = await deps.apiKeys.secret(id)
      if (secret !== undefined) gateway[id] = await deps.gatewayProof.ask(secret)
    } catch (error) {
      deps.log.warn('the gateway could not be asked with a key', { key: id, error: describeError(error) })
    }
  }
  return { keys, gateway }
}

const keyOf = ({ name, subject, made }: RemedyRecord): string | undefined =>
  lookerOf(name) === 'remedy' ? (made?.id ?? subject?.id) : undefined

/** Reads the secret of a new key and puts it in front of the person who asked for it. It goes nowhere else. */
export async function showKey(
  deps: KeysDeps,
  incident: Incident,
  effect: Extract<Effect, { kind: 'show-key' }>,
): Promise<Performed> {
  const done = (shown: boolean): Performed => ({ is: 'performed', outcome: { is: 'key-shown', shown } })
  const [read, look] = await Promise.all([asking(deps.apiKeys.secret(effect.key)), deps.lookFor(effect.user)])
  const secret = read.is === 'ok' ? read.value : undefined
  if (secret === undefined) deps.log.warn('a new key could not be read', { incident: incident.id, key: effect.key })
  const shown = await updateView(deps, incident, effect, newKeyModal(effect.name, secret, look))
  switch (shown) {
    case 'updated':
      return done(secret !== undefined)
    case 'seen-already':
      // The modal has changed since it was opened, and nobody but us changes it: an earlier try of this got through.
      return done(true)
    case 'gone':
      return done(false)
    case 'unknown':
      return { is: 'later', inMs: 1_000, because: 'Slack did not say whether the key is shown' }
    default:
      return shown satisfies never
  }
}
