import type { QueueMessage } from '../../common/sqs-batch.ts'
import { moment } from '../../common/time.ts'
import type { Bulletin, PendingBulletinEffect } from '../bulletin/bulletin.ts'
import type { BulletinOutcome } from '../bulletin/event.ts'
import { type BulletinDeps, tellBulletin } from '../bulletin-flow.ts'
import type { BulletinPointer } from './bulletin-outbox.ts'
import { notPerformed, type Performed, type QueueDeps, type Worked } from './perform.ts'

/** What came of one try at an effect of a bulletin. */
export type BulletinPerformed =
  /** `lastRead` is the bulletin as the performer read or saved it last, if that was later than the task. */
  | { is: 'performed'; outcome: BulletinOutcome; lastRead?: Bulletin }
  | Exclude<Performed, { is: 'performed' }>
  /** AWS did not answer: nobody waits for it, and the sweep hands it over again. */
  | { is: 'unanswered'; because: string }

export interface BulletinTask {
  bulletin: Bulletin
  waiting: PendingBulletinEffect
}

/** What `onEffects` does with a message that points at a bulletin: finds the effect, performs it, reports the outcome. */
export function onBulletins(
  deps: BulletinDeps & QueueDeps,
  perform: (task: BulletinTask) => Promise<BulletinPerformed>,
) {
  return async (message: QueueMessage, pointer: BulletinPointer): Promise<Worked> => {
    const bulletin = await deps.bulletins.load(pointer.bulletin)
    const waiting = bulletin?.pending.find(({ id }) => id === pointer.effect)
    if (!bulletin || !waiting) {
      deps.log.debug('nothing left to do', pointer)
      return 'done'
    }
    const performed = await perform({ bulletin, waiting })
    switch (performed.is) {
      case 'performed': {
        const { outcome, lastRead = bulletin } = performed
        const { kind } = waiting.effect
        deps.log.info('performed', { bulletin: bulletin.id, effect: kind, outcome: outcome.is })
        const at = moment(deps.clock.now())
        await tellBulletin(deps, bulletin.id, [{ type: 'effect-done', at, effect: waiting.id, outcome }], lastRead)
        return 'done'
      }
      case 'unanswered':
        deps.log.warn('an effect waits for the sweep', { ...pointer, because: performed.because })
        return 'done'
      case 'parked':
      case 'later':
        return notPerformed(deps, message, pointer, performed)
      default:
        return performed satisfies never
    }
  }
}
