import type { FailureReason } from './price-source.ts'

/** Attempts at one source for one currency. */
export const mostTries = 3

export interface RetryLimits {
  /** Milliseconds that an attempt may take. */
  attemptMs: number
  /** The first wait is at most this long, in milliseconds. */
  backoffMs: number
}

export type NextStep =
  | { step: 'try-again'; waitMs: number }
  /** It would end the same way; it was tried often enough; or there is no time. */
  | { step: 'give-up'; because: 'no-use' | 'enough-tries' | 'no-time' }

/** Whether another attempt may end differently. */
function mayChange(reason: FailureReason): boolean {
  switch (reason) {
    case 'rate-limited':
    case 'unavailable':
    case 'timed-out':
    case 'unreachable':
    case 'truncated':
      return true
    case 'malformed':
    case 'empty':
    case 'refused':
      return false
    default:
      return reason satisfies never
  }
}

/** An attempt begins only if it may take its whole time. */
export const hasTimeFor = (leftMs: number, { attemptMs }: RetryLimits): boolean => attemptMs <= leftMs

/**
 * What follows a failed attempt. The wait doubles from try to try and is drawn from its whole length (full jitter), so
 * that callers who failed together do not come back together; a source that names the time is obeyed.
 */
export function nextStep(
  failure: { reason: FailureReason; retryAfterMs?: number },
  situation: {
    /** Attempts so far, this one included. */
    tries: number
    /** What is left of the budget, in milliseconds. */
    leftMs: number
    /** From 0 up to, not including, 1. */
    random: number
  },
  limits: RetryLimits,
): NextStep {
  const { tries, leftMs, random } = situation
  if (!mayChange(failure.reason)) return { step: 'give-up', because: 'no-use' }
  if (tries >= mostTries) return { step: 'give-up', because: 'enough-tries' }
  const backoff = random * limits.backoffMs * 2 ** (tries - 1)
  const waitMs = Math.round(Math.max(backoff, failure.retryAfterMs ?? 0))
  return hasTimeFor(leftMs - waitMs, limits) ? { step: 'try-again', waitMs } : { step: 'give-up', because: 'no-time' }
}
