import * as z from 'zod'
import { describeError } from '../../common/logger.ts'
import { moment } from '../../common/time.ts'
import { handle } from '../flow.ts'
import type { AliasState } from '../incident/evidence.ts'
import { type Incident, serviceOf } from '../incident/incident.ts'
import { answer } from '../message/answers.ts'
import type { View } from '../message/blocks.ts'
import type { Look } from '../message/look.ts'
import { refusalModal } from '../message/rollback-modal.ts'
import { permitted } from '../out/slack-people.ts'
import { notAllowed, type SlackDoorDeps } from './slack-listeners.ts'

/** Reads where an alias points now; undefined when that takes longer than a person should wait. */
export interface AliasReader {
  read(role: 'api' | 'updater'): Promise<AliasState | undefined>
}

export interface Submission {
  user: string
  /** How this person is answered. */
  look: Promise<Look>
  view: { id: string; private_metadata: string; state: unknown }
}

/** What Slack shows under inputs, by their block ids; the modal stays open. */
export type InputErrors = Readonly<Record<string, string>>

const Role = z.enum(['api', 'updater'])
const RollbackMetadata = z.object({
  incident: z.string().min(1),
  role: Role,
  from: z.string().min(1),
  to: z.string().min(1),
  aliasRevision: z.string().min(1),
})
const EscalationMetadata = z.object({ incident: z.string().min(1), to: z.union([z.literal(2), z.literal(3)]) })
const PickedVersion = z.object({ version: z.object({ selected_option: z.object({ value: z.string().min(1) }) }) })
/** Where nothing is picked, the version that the modal named counts. */
const Picked = z.object({ values: z.object({ target: PickedVersion.optional().catch(undefined) }) })
const Reason = z.object({
  values: z.object({ reason: z.object({ text: z.object({ value: z.string().trim().min(1) }) }) }),
})

/** Decides a confirmed rollback; answers the sentence of a refusal, nothing when it is under way. */
export async function confirmRollback(deps: SlackDoorDeps, submission: Submission): Promise<string | undefined> {
  const { user, look, view } = submission
  return guarded(deps, submission, async () => {
    const metadata = RollbackMetadata.parse(JSON.parse(view.private_metadata))
    const { target } = Picked.parse(view.state).values
    const ref = { service: serviceOf(metadata.incident), id: metadata.incident }
    const [may, now] = await Promise.all([deps.permissions.may(user, 'roll-back'), deps.aliases.read(metadata.role)])
    if (may !== 'yes') {
      deps.log.info('a rollback was refused', { user, why: notAllowed[may], incident: metadata.incident })
      return answer(notAllowed[may], undefined, await look, permitted['roll-back'])
    }
    const to = target?.version.selected_option.value ?? metadata.to
    const { role, from, aliasRevision } = metadata
    const ask = { id: view.id, role, from, to, aliasRevision, ...(now && { now }) }
    const at = moment(deps.clock.now())
    const { decisions, incident } = await handle(deps, ref, [{ type: 'rollback-asked', at, by: user, ask }])
    return ignoredSentence(await look, decisions[0], incident && now ? seenAt(incident, role, now) : incident)
  })
}

/** The record with the alias as it was read at the click, so that a refusal tells what is true now. */
function seenAt(incident: Incident, role: 'api' | 'updater', alias: AliasState): Incident {
  const known = incident.evidence?.functions[role]
  if (!incident.evidence || !known) return incident
  const functions = { ...incident.evidence.functions, [role]: { ...known, alias } }
  return { ...incident, evidence: { ...incident.evidence, functions } }
}

/** Decides an escalation with its reason. */
export async function confirmEscalation(deps: SlackDoorDeps, submission: Submission): Promise<string | undefined> {
  const { user, look, view } = submission
  return guarded(deps, submission, async () => {
    const { incident: id, to } = EscalationMetadata.parse(JSON.parse(view.private_metadata))
    const reason = Reason.parse(view.state).values.reason.text.value
    const may = await deps.permissions.may(user, 'escalate')
    if (may !== 'yes') return answer(notAllowed[may], undefined, await look, permitted.escalate)
    const at = moment(deps.clock.now())
    const event = { type: 'escalation-asked', at, by: user, reason, to } as const
    const { decisions, incident } = await handle(deps, { service: serviceOf(id), id }, [event])
    return ignoredSentence(await look, decisions[0], incident)
  })
}

type Handled = Awaited<ReturnType<typeof handle>>

/** A press that Slack delivers again has been done already, and that is no refusal. */
export function ignoredSentence(
  look: Look,
  decision: Handled['decisions'][number] | undefined,
  incident: Handled['incident'],
): string | undefined {
  if (!decision || !('ignored' in decision) || decision.because === 'already-done') return undefined
  return answer(decision.because, incident, look)
}

/** The same for a submission that goes on in another view. */
export async function guardedView(
  deps: SlackDoorDeps,
  submission: Pick<Submission, 'look'>,
  work: () => Promise<View>,
): Promise<View> {
  let view: View | undefined
  const failed = await guarded(deps, submission, async () => {
    view = await work()
    return undefined
  })
  return view ?? refusalModal(failed ?? '', await submission.look)
}

/** A modal whose submission fails says so in the modal, where the person looks. */
export async function guarded(
  deps: SlackDoorDeps,
  { look }: Pick<Submission, 'look'>,
  work: () => Promise<string | undefined>,
): Promise<string | undefined> {
  try {
    return await work()
  } catch (error) {
    deps.log.error('a submission failed', { error: describeError(error) })
    const isUnreadable = error instanceof z.ZodError || error instanceof SyntaxError
    return answer(isUnreadable ? 'not-readable' : 'not-saved', undefined, await look)
  }
}
