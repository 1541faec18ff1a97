import type { Performed } from './perform.ts'

/**
 * A modal that follows from a submission is drawn as loading by the answer to it, and its hash is not known. Filled
 * before that answer has arrived, it would be drawn as loading again: so the first try waits a moment.
 */
export const isTooEarly = ({ hash }: { hash: string }, receives: number): boolean => hash === '' && receives === 1

export const tooEarly: Performed = { is: 'later', inMs: 1_000, because: 'the answer to the submission goes first' }
