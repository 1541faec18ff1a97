import { type Change, noted } from './change.ts'
import type { Verdict } from './decide.ts'
import type { Effect } from './effect.ts'
import type { IncidentEvent } from './event.ts'
import type { Incident } from './incident.ts'
import { isInForce, type Made } from './remedy.ts'
import { withRemedy } from './when-remedy-asked.ts'

type KeyOpened = Extract<IncidentEvent, { type: 'key-opened' }>

/** The new keys whose secret nobody has seen yet, for the person who asked for them. */
export const unseenKeys = ({ remedies = [] }: Incident): Made[] =>
  remedies.flatMap((remedy) => (remedy.made && isInForce(remedy) && !remedy.shown ? [remedy.made] : []))

/** A secret is shown once, to whoever asked for the key. It counts as shown until its performer says that it was not. */
export function whenKeyOpened(incident: Incident, { at, by, key, viewId, hash }: KeyOpened): Verdict {
  const remedy = incident.remedies?.find(({ made }) => made?.id === key)
  if (!remedy?.made || !isInForce(remedy)) return 'remedy-not-in-force'
  if (remedy.by !== by) return 'key-not-yours'
  if (remedy.shown) return remedy.shown.press === viewId ? 'already-done' : 'key-already-shown'
  const { id, name } = remedy.made
  return {
    because: 'a person wants to see the new key',
    incident: withRemedy(incident, { ...remedy, shown: { by, at, press: viewId } }),
    effects: [{ kind: 'show-key', key: id, name, viewId, hash, user: by }, { kind: 'show' }],
  }
}

/** Whether it was shown. If the person had closed the modal, it can be asked for again. */
export function keyShown(
  incident: Incident,
  { key, viewId, user }: Extract<Effect, { kind: 'show-key' }>,
  isShown: boolean,
  at: string,
): Change {
  const remedy = incident.remedies?.find(({ made, shown }) => made?.id === key && shown?.press === viewId)
  if (!remedy?.made) return { incident, effects: [] }
  const { name } = remedy.made
  if (isShown) {
    return {
      incident: noted(incident, { at, what: 'key-shown', by: user, about: name }),
      effects: [{ kind: 'show' }, { kind: 'reply', say: { say: 'key-shown', by: user, name } }],
    }
  }
  const { shown: _not, ...unseen } = remedy
  return { incident: withRemedy(incident, unseen), effects: [{ kind: 'show' }] }
}
