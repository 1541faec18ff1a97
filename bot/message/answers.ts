import type { Ignored } from '../incident/decide.ts'
import type { Incident } from '../incident/incident.ts'
import { clip, when } from './format.ts'
import { type Look, person, words } from './look.ts'
import { refusalFacts } from './refusals.ts'

/** Why a press came to nothing. */
export type NotDone =
  | Ignored
  | 'not-permitted'
  | 'groups-unknown'
  | 'incident-gone'
  | 'not-readable'
  | 'not-saved'
  | 'too-late'

/** The sentence for the person who pressed, and nobody else. */
export function answer(
  reason: NotDone,
  incident: Incident | undefined,
  look: Look,
  /** Who may do it, for `not-permitted`. */
  permitted: readonly (keyof Look['people'])[] = ['oncall', 'developers', 'managers'],
): string {
  const { talk, rollback, remedy, people, maintenance, postmortem, drill } = words(look)
  const facts = {
    refusal: refusalFacts(incident, look, {}),
    ...(incident?.owner && { owner: { user: person(incident.owner.user), since: when(incident.owner.at) } }),
    groups: permitted.map((level) => look.people[level]).join(' '),
    managers: look.people.managers,
  }
  switch (reason) {
    case 'already-resolved':
    case 'rollback-running':
    case 'alarm-clear':
    case 'no-function':
    case 'already-undone':
    case 'deployment-unlikely':
    case 'evidence-missing':
    case 'target-missing':
    case 'equals-current':
    case 'alias-moved':
      return clip(rollback.refusal[reason](facts.refusal), 2_000)
    case 'remedy-not-offered':
    case 'remedy-running':
    case 'remedy-in-force':
    case 'remedy-not-in-force':
    case 'too-many-remedies':
    case 'key-not-yours':
    case 'key-already-shown':
    case 'maintenance-on':
    case 'version-going-back':
      return remedy.answers[reason]
    case 'already-yours':
    case 'nothing-to-hold':
      return people.answers[reason]
    case 'not-the-owner':
      return people.answers[reason]({ owner: facts.owner?.user })
    case 'not-public':
      return maintenance.notPublic
    case 'not-over-yet':
    case 'no-postmortem':
    case 'too-many-actions':
    case 'no-such-action':
      return postmortem.answers[reason]
    case 'postmortem-there': {
      const { by, at } = incident?.postmortem ?? {}
      return postmortem.answers[reason](by && person(by), at && when(at))
    }
    case 'drill-on':
    case 'only-a-drill':
      return drill.answers[reason]
    default:
      return clip(talk.answers[reason](facts), 2_000)
  }
}
