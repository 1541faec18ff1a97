import { isBefore, minutes, msBetween } from '../../common/time.ts'
import { shownMaintenance } from '../remedy/maintenance-mode.ts'
import type { Seen } from '../remedy/remedy.ts'
import { type Change, noted } from './change.ts'
import type { Incident } from './incident.ts'
import type { RemedyRecord } from './remedy.ts'
import { inShort, withRemedy } from './when-remedy-asked.ts'

/** Whoever lifts maintenance mode wants to know that prices are answered again; after this time they are told that none came. */
const answersWithin = minutes(10)
/** A proof that cannot be looked for at all is given up so long after its time. */
const grace = minutes(3)

type Lifted = RemedyRecord & { undone: NonNullable<RemedyRecord['undone']> }

const isLifted = (remedy: RemedyRecord): remedy is Lifted =>
  remedy.answersAgain === 'waits' && remedy.undone !== undefined

/** Judges by one look whether prices are answered again. */
export function liftedLooked(incident: Incident, seen: Seen, lookedAt: string, at: string): Change {
  const lifted = incident.remedies?.find(isLifted)
  if (!lifted || !isBefore(lifted.undone.at, lookedAt)) return { incident, effects: [] }
  if (seen.api?.is === 'prices') return ended(incident, lifted, 'proven', at)
  if (msBetween(lifted.undone.at, at) >= answersWithin) return ended(incident, lifted, 'not-proven', at)
  return { incident, effects: [] }
}

/** Ends the wait where nobody could look. */
export function liftedGaveUp(incident: Incident, at: string): Change | undefined {
  const lifted = incident.remedies?.find(isLifted)
  if (!lifted || msBetween(lifted.undone.at, at) <= answersWithin + grace) return undefined
  return ended(incident, lifted, 'not-proven', at)
}

function ended(incident: Incident, lifted: Lifted, is: 'proven' | 'not-proven', at: string): Change {
  const { name, from, to, undone } = lifted
  const took = Math.round(msBetween(undone.at, at) / minutes(1))
  const about = inShort({ name, from: to, to: shownMaintenance(null) })
  return {
    incident: noted(withRemedy(incident, { ...lifted, answersAgain: is }), { at, what: `remedy-${is}`, about }),
    effects: [
      { kind: 'show' },
      {
        kind: 'reply',
        say: { say: 'remedy', told: { what: 'answers-again', is, minutes: took, name, from: to, to: from } },
      },
    ],
  }
}
