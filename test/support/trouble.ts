import type { Call, FaultKind } from '../../sandbox/cloud/faults.ts'
import { alarmNotification } from './notifications.ts'
import type { Story } from './story.ts'

const stamp = (at: Date) => at.toISOString().replace('Z', '+0000')

/** An alarm outside the list changes its state. Nothing states its severity, so it counts as High. */
export function announce(story: Story, name: string, state: 'ALARM' | 'OK' = 'ALARM', of?: 'api'): void {
  const dimensions = of ? [{ name: 'FunctionName', value: story.cloud.names.functions[of] }] : []
  const notification = alarmNotification({ name, state, at: stamp(story.clock.now()), dimensions })
  story.cloud.topic.publish(JSON.stringify(notification))
}

/** The same, and everything that comes of it. */
export async function ring(story: Story, name: string, state: 'ALARM' | 'OK' = 'ALARM'): Promise<void> {
  announce(story, name, state)
  await story.quiet()
}

/** Minutes pass on both clocks alike, as they do for whoever waits for an outage to end. */
export async function live(story: Story, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    const end = story.wall.now().getTime() + 60_000
    await story.http('/clock', { forward_s: 60 })
    for (;;) {
      const left = end - story.wall.now().getTime()
      if (left <= 0) break
      await story.quiet(left)
      const next = story.cloud.queues.nextVisibleAt()?.getTime() ?? end
      story.wall.jump(Math.min(end, Math.max(next, story.wall.now().getTime() + 1)) - story.wall.now().getTime())
    }
    await story.cloud.queues.settle()
  }
}

/** Texts of the new messages of a channel, each as it can be read. */
export const textsIn = (story: Story, channel: string): string[] =>
  story.slack.workspace
    .messages(channel)
    .filter(({ thread_ts, ts }) => thread_ts === undefined || thread_ts === ts)
    .map((message) => JSON.stringify(message))

/** How the calls of one Slack method ended, in order. */
export const outcomes = (story: Story, method: string): string[] =>
  story.slack.calls.filter((call) => call.method === method).map(({ outcome }) => outcome)

/** What one person alone was told, newest last. */
export const whispers = (story: Story, user: string): string[] =>
  story.slack.workspace.ephemerals(user).map(({ text }) => text)

/** Every message must carry another effect: two with one mark are one message said twice. */
export function saidTwice(story: Story): string[] {
  const marks = story.slack.channels.flatMap(({ id }) =>
    story.slack.workspace.messages(id).map(({ metadata }) => JSON.stringify(metadata?.event_payload)),
  )
  return marks.filter((mark, index) => marks.indexOf(mark) !== index)
}

export const logged = (story: Story, level: 'warn' | 'error', message: string): object[] =>
  story.log.lines.filter((line) => line.level === level && line.message === message).map(({ details }) => details)

/** One operation of AWS goes wrong, for so many calls or until it is healed. */
export const breakAws = (
  story: Story,
  service: Call['service'],
  operation: string,
  kind: FaultKind,
  times?: number,
): (() => void) =>
  story.cloud.faults.add({
    match: (call) => call.service === service && call.operation === operation,
    kind,
    ...(times !== undefined && { times }),
  })

/** An access of the bot to its incidents; the story itself looks at them by `Scan`. */
export const touchesIncidents = (story: Story, { service, operation, input }: Call): boolean =>
  service === 'dynamodb' && input.TableName === story.cloud.names.tables.incidents && operation !== 'Scan'

/** The line of a message that names a part of the evidence among those that are missing for one reason. */
export const couldNotRead = (part: string, because: string): RegExp =>
  new RegExp(`\\*Could not be read:\\* [^(]*${part}[^(]* \\(${because.replace(/[.()]/g, '\\$&')}`)
