import { noted } from './change.ts'
import type { Verdict } from './decide.ts'
import type { IncidentEvent } from './event.ts'
import type { Incident } from './incident.ts'

/** More than the longest runbook has. */
const mostSteps = 60
const longestText = 150

/** Anybody may say that a step of the runbook is done, or that it is not. Who said so last is on record. */
export function whenStepTicked(
  incident: Incident,
  { at, by, step, text, done }: Extract<IncidentEvent, { type: 'step-ticked' }>,
): Verdict {
  if (incident.status === 'resolved') return 'already-resolved'
  const steps = incident.steps ?? []
  const isDone = steps.some((each) => each.step === step)
  if (isDone === done) return 'already-done'
  const others = steps.filter((each) => each.step !== step)
  const next = done ? [...others, { step, text: text.slice(0, longestText), by, at }].slice(-mostSteps) : others
  return {
    because: done ? 'a step of the runbook is done' : 'a step of the runbook is not done after all',
    incident: noted({ ...incident, steps: next }, { at, what: done ? 'step-done' : 'step-undone', by, about: step }),
    effects: [{ kind: 'show' }, { kind: 'reply', say: { say: 'step', text: text.slice(0, longestText), by, done } }],
  }
}
