import { names } from '../../common/names.ts'
import { guidanceFor } from '../../common/runbook/runbook.ts'
import type { Guidance } from '../../common/runbook/types.ts'
import { branchOf } from '../incident/branch.ts'
import type { Incident } from '../incident/incident.ts'
import { leadAlarm } from '../incident/when-rollback-asked.ts'
import { branchReason } from './branch-part.ts'
import { code, data, when } from './format.ts'
import { type Look, person, words } from './look.ts'
import { mrkdwn, withNamesOf } from './runbook-text.ts'

/** The guidance for the alarm that an incident is told by. */
export const guidanceOf = (incident: Incident, look: Look): Guidance | undefined =>
  guidanceFor(leadAlarm(incident)?.listed, look.language)

/** What to do first: three steps and where the logs are. */
export function firstStepLines(incident: Incident, look: Look): string[] {
  if (incident.status !== 'open' && incident.status !== 'acknowledged') return []
  const guidance = guidanceOf(incident, look)
  if (!guidance) return reportedSteps(incident, look)
  const steps = guidance.firstSteps.slice(0, 3).map((step, index) => `${index + 1}. ${step}`)
  return [
    words(look).incident.firstSteps,
    ...likelyCase(guidance, incident, look),
    ...steps,
    ...doneLines(incident, look),
    ...logLines(guidance, look),
  ]
}

/** The case that the evidence speaks for comes before what is always to be done. */
function likelyCase({ cases }: Guidance, incident: Incident, look: Look): string[] {
  const likely = branchOf(incident)
  const found = likely?.branches.flatMap((id) => cases.filter(({ branch }) => branch === id))[0]
  if (!likely || !found) return []
  const [title, first] = [found.title, found.first].map((text) => mrkdwn(withNamesOf(look.stage, text))) as [
    string,
    string,
  ]
  return [words(look).branch.likely(title, branchReason(likely, incident, look), first)]
}

/** How far the runbook has been followed, by what people say. */
function doneLines({ steps = [] }: Incident, look: Look): string[] {
  const last = steps.at(-1)
  if (!last) return []
  const { incident, modal } = words(look)
  return [incident.stepsDone(steps.length, `${data(last.text, 120)} ${modal.doneBy(person(last.by), when(last.at))}`)]
}

/** What to do about what no alarm saw. */
function reportedSteps({ reports }: Incident, look: Look): string[] {
  const [first] = reports ?? []
  if (!first) return []
  const { incident, report } = words(look)
  return [incident.firstSteps, ...report.firstSteps[first.kind].map((step, index) => `${index + 1}. ${step}`)]
}

/** All log groups with their patterns in one line. */
export function logLines({ logs }: Guidance, look: Look): string[] {
  if (logs.length === 0) return []
  const { functions, gateway } = names(look.stage)
  const groups = {
    api: `/aws/lambda/${functions.api}`,
    updater: `/aws/lambda/${functions.updater}`,
    gateway: `${gateway} access log`,
  }
  const byGroup = Map.groupBy(logs, ({ group }) => group)
  const where = [...byGroup].map(
    ([group, entries]) => `${code(groups[group])} ${entries.map(({ pattern }) => code(pattern)).join(' ')}`,
  )
  return [words(look).incident.logs(where.join(' · '))]
}
