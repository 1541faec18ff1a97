import { servedMinutes } from '../../common/prices.ts'
import { isBefore, minutes, msBetween } from '../../common/time.ts'
import { branchOf, type LikelyBranch } from './branch.ts'
import type { Incident } from './incident.ts'
import type { SeenChange } from './seen-change.ts'
import { changesSeen, judgedFor } from './seen-for.ts'
import { isFrom, type Judged, suspicionOf } from './what-changed.ts'
import { leadAlarm } from './when-rollback-asked.ts'

/** What keeps people from a rollback that cures nothing. */
export type Caution = 'stale-prices' | 'setting-nearer' | 'cause-elsewhere'

interface Facts {
  incident: Incident
  judged: Judged
  /** What changed before the alarm, nearest first. */
  before: readonly Exclude<SeenChange, { what: 'by-hand' }>[]
  branch: LikelyBranch | undefined
}

/** Every caution with the one rule that makes it true. */
const rules: readonly { caution: Caution; isTrue: (facts: Facts) => boolean }[] = [
  {
    // Prices are old or their source fails, and the API was deployed: of another function's incident, shortly enough to tempt.
    caution: 'stale-prices',
    isTrue: ({ incident, before, judged }) =>
      isAboutPrices(incident) &&
      before.some(
        (change) =>
          isDeployment(change) &&
          change.role === 'api' &&
          (judged.ringing === 'updater' || suspicionOf(change, judged) !== 'unlikely'),
      ),
  },
  {
    // A setting was changed after whatever was deployed last, where a function of ours rings.
    caution: 'setting-nearer',
    isTrue: ({ before, judged }) =>
      judged.ringing !== undefined &&
      before.find((change) => isDeployment(change) || change.what === 'setting')?.what === 'setting',
  },
  {
    // The evidence speaks for a case whose cause is outside of the function, and a deployment of it would tempt.
    caution: 'cause-elsewhere',
    isTrue: ({ incident, branch, before, judged }) =>
      branch !== undefined &&
      isOutside(incident, branch.branches) &&
      before.some(
        (change) =>
          isDeployment(change) && change.role === judged.ringing && suspicionOf(change, judged) !== 'unlikely',
      ),
  },
]

/** Cases in which a rollback does not help, as their pages say. */
const outside: Readonly<Record<string, readonly string[]>> = {
  LambdaErrorAlarm: ['external-api', 'table'],
  ExternalApiErrorAlarm: ['429', '503', 'timeout', '401'],
}

const isOutside = (incident: Incident, branches: readonly string[]): boolean =>
  branches.some((branch) => outside[leadAlarm(incident)?.listed ?? '']?.includes(branch))

type Deployed = Extract<SeenChange, { what: 'deployment' }>

const isDeployment = (change: SeenChange): change is Deployed =>
  change.what === 'deployment' && change.undoes === undefined

const aboutPrices: readonly (string | undefined)[] = ['ExternalApiErrorAlarm', 'PricesStaleAlarm']

const isAboutPrices = (incident: Incident): boolean =>
  aboutPrices.includes(leadAlarm(incident)?.listed) ||
  (incident.evidence?.prices ?? []).some(
    ({ updatedAt, readAt }) => msBetween(updatedAt, readAt) > minutes(servedMinutes),
  )

/** What is true of an incident as its evidence stands, in the order in which it is told. */
export function cautionsFor(incident: Incident): Caution[] {
  const judged = judgedFor(incident)
  const before = changesSeen(incident).list.flatMap((change) =>
    change.what !== 'by-hand' && !isBefore(judged.alarmAt, change.at) && !isFrom(change, incident.id) ? [change] : [],
  )
  const facts = { incident, judged, before, branch: branchOf(incident) }
  return rules.filter(({ isTrue }) => isTrue(facts)).map(({ caution }) => caution)
}
