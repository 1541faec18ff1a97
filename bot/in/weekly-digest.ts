import { describeError } from '../../common/logger.ts'
import { moment } from '../../common/time.ts'
import { digestNeedsFrom, digestOf } from '../bulletin/digest.ts'
import { digestBulletinId, digestDue } from '../bulletin/digest-due.ts'
import { type BulletinDeps, tellBulletin } from '../bulletin-flow.ts'
import type { OfficeHours } from '../incident/office-hours.ts'
import type { History } from '../out/history.ts'
import type { IncidentRef, IncidentTable } from '../out/incident-table.ts'
import type { SharedMarks } from '../out/shared-marks.ts'

interface DigestDeps extends BulletinDeps {
  incidents: IncidentTable
  history: Pick<History, 'between'>
  marks: Pick<SharedMarks, 'watchedSince'>
  hours: OfficeHours
}

/**
 * Tells of the week when its time has come. The bulletin itself is the memory that it was told, so a sweep that was
 * missed, killed or run twice tells it late, but once. `watching` keeps since when the bot watches, for this process.
 */
export async function tellWeek(
  deps: DigestDeps,
  live: readonly IncidentRef[],
  watching: { since?: string },
): Promise<string[]> {
  const at = moment(deps.clock.now())
  try {
    watching.since ??= await deps.marks.watchedSince(at)
    const due = digestDue(at, watching.since, deps.hours)
    if (!due) return []
    const id = digestBulletinId(due)
    if (await deps.bulletins.load(id)) return []
    const [history, ...stored] = await Promise.all([
      deps.history.between(digestNeedsFrom(due), at),
      ...live.map((ref) => deps.incidents.load(ref)),
    ])
    const open = stored.flatMap((each) => (each ? [each.incident] : []))
    await tellBulletin(deps, id, [{ type: 'week-passed', at, facts: digestOf(due, history, open) }])
    return []
  } catch (error) {
    deps.log.error('the week could not be told', { error: describeError(error) })
    return [describeError(error)]
  }
}
