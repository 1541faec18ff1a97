import { minutes, msBetween } from '../../common/time.ts'
import { drillMinutes, isDrill } from '../incident/drill.ts'
import type { Incident } from '../incident/incident.ts'
import { isRollingBack } from '../incident/rollback.ts'
import { quietTime } from '../incident/when-alarm-changed.ts'
import { context, header, type Message, message, section } from './blocks.ts'
import { buttonRow } from './button-row.ts'
import { code, duration, when } from './format.ts'
import { headerText, headline } from './headline.ts'
import { type Look, person, words } from './look.ts'
import { stillInForceLines } from './remedy-part.ts'
import { reportLines } from './report-part.ts'
import { automaticLine, endOf } from './rollback-part.ts'

/** The short message that stays: what it was, how long it lasted, who had it, how it ended. */
export function resolvedMessage(incident: Incident, look: Look): Message {
  const { incident: say } = words(look)
  const { openedAt, owner, resolved, reopened, escalation, rollback } = incident
  const end = resolved?.at ?? openedAt
  const lasted = duration(msBetween(openedAt, end), look.language)
  const alone = isDrill(incident)
    ? words(look).drill.endedAlone(duration(minutes(drillMinutes), look.language))
    : say.endedAlone(duration(quietTime, look.language))
  const ended = resolved?.by ? say.endedBy(person(resolved.by)) : alone
  return message(say.resolvedFallback(headline(incident, look), lasted), [
    header(`✓ ${headerText(incident, look)}`),
    section(
      [`*${say.severity[incident.severity]}*`, ...(reopened > 0 ? [say.reopened(reopened)] : [])].join(' · '),
      say.lasted(lasted, when(openedAt), when(end)),
      owner ? say.wasOwned(person(owner.user)) : say.wasNotOwned,
      escalation.level > 1 ? say.wasEscalated(say.levels[escalation.level]) : undefined,
      rollback && !isRollingBack(rollback) ? endOf(rollback, incident, look) : undefined,
      automaticLine(incident, look),
      ...reportLines(incident, look),
      ...stillInForceLines(incident, look),
      ended,
    ),
    ...buttonRow(incident, look.language),
    context(code(incident.id, 200)),
  ])
}
