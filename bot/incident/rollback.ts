import * as z from 'zod'
import { Proof, RollbackRefusal } from './say.ts'

export const RollbackStatus = z.enum([
  'requested',
  'stopping',
  'moving',
  'verifying',
  'helped',
  'did-not-help',
  'not-proven',
  'failed',
])
export type RollbackStatus = z.output<typeof RollbackStatus>

/** The rollback of an incident: who asked for what, how far it is, what it proved. Absent means none. */
export const Rollback = z.object({
  status: RollbackStatus,
  role: z.enum(['api', 'updater']),
  from: z.string(),
  to: z.string(),
  /** RevisionId of the alias that the move is conditional on. */
  aliasRevision: z.string(),
  by: z.string(),
  askedAt: z.iso.datetime(),
  /** When the present step began. */
  stepAt: z.iso.datetime(),
  /** The deployment that had to end first. */
  deployment: z.string().optional(),
  movedAt: z.iso.datetime().optional(),
  /** The alarm whose numbers are compared, and its value when the rollback was asked for. */
  alarm: z.string(),
  before: z.number().optional(),
  proof: Proof.optional(),
  why: RollbackRefusal.optional(),
})
export type Rollback = z.output<typeof Rollback>

const running: readonly RollbackStatus[] = ['requested', 'stopping', 'moving', 'verifying']

export const isRollingBack = (rollback: Rollback | undefined): rollback is Rollback =>
  rollback !== undefined && running.includes(rollback.status)

/** What one step of the worker found, as one value. */
export type RollbackResult =
  | { is: 'clear'; from: string; aliasRevision: string }
  /** `own`: CodeDeploy is already rolling back by itself and is only waited for. */
  | { is: 'stop-asked'; deployment: string; own: boolean }
  | { is: 'still-running' }
  | { is: 'ended'; aliasRevision: string }
  | { is: 'moved'; from: string }
  /** `unread`: the numbers could not be read, which is not the same as no traffic. */
  | { is: 'checked'; aliasReadBack: boolean; priceAnswered: boolean; value?: number; requests: number; unread?: true }
  /** `deployment`: the one that would not be stopped. */
  | { is: 'refused'; why: RollbackRefusal; message?: string; now?: string; deployment?: string }
