import type { Clock } from '../../common/clock.ts'
import { describeError, type Log } from '../../common/logger.ts'
import { moment } from '../../common/time.ts'
import type { SlackTook } from '../incident/event.ts'
import type { Channels } from '../settings.ts'
import type { SharedMarks } from './shared-marks.ts'

interface Deps {
  marks: SharedMarks
  clock: Clock
  log: Log
}

/** The sender tells that Slack took a message, so that the sweep can tell a long row from an outage. */
export async function noteTaken({ marks, clock, log }: Deps, channel: string): Promise<void> {
  try {
    await marks.slackTook(channel, moment(clock.now()))
  } catch (error) {
    // The message is up; not to know that costs at most a mail too many.
    log.warn('it could not be written down that Slack took a message', { channel, error: describeError(error) })
  }
}

/** When Slack last took a message in each of our channels. Not known is told as never: the doubt goes to a mail. */
export async function readTaken({ marks, log }: Omit<Deps, 'clock'>, channels: Channels): Promise<SlackTook> {
  try {
    const taken = await marks.slackTaken()
    const roles = ['alerts', 'dev', 'incidents'] as const
    return Object.fromEntries(roles.flatMap((role) => (taken[channels[role]] ? [[role, taken[channels[role]]]] : [])))
  } catch (error) {
    log.warn('it could not be read when Slack last took a message', { error: describeError(error) })
    return {}
  }
}
