import { alarmNotification } from './notifications.ts'
import type { Pressed, Story } from './story.ts'

/** A story told by times of day, in UTC: what happens at which second, and when somebody was called. */
export function byTheClock(story: Story, day = '2026-11-23') {
  const moment = (clock: string) => Date.parse(clock.length > 8 ? clock : `${day}T${clock}.000Z`)

  /** Time passes until then, with every sweep on the way. */
  const until = async (clock: string): Promise<void> => {
    for (;;) {
      const left = (moment(clock) - story.clock.now().getTime()) / 1000
      if (left <= 0) return
      await story.sandboxForward(Math.min(left, 60))
      await story.quiet()
    }
  }
  /** An alarm changes at that time, and the bot learns it at once. */
  const changes = async (clock: string, name: string, severity: string, state: 'ALARM' | 'OK'): Promise<void> => {
    await until(clock)
    const at = story.clock.now().toISOString().replace('Z', '+0000')
    const description = `Severity: ${severity}`
    story.cloud.topic.publish(JSON.stringify(alarmNotification({ name, at, state, description })))
    await story.quiet()
  }
  const accepted = async (pressed: Pressed, user: string, values?: Record<string, string>): Promise<void> => {
    const answers = [pressed, ...(values ? [await story.submit(user, values)] : [])]
    const refused = answers.find(({ ok, ephemeral }) => !ok || (ephemeral ?? []).length > 0)
    if (refused) throw new Error(`The press was not taken: ${JSON.stringify(refused)}`)
  }
  return {
    until,
    rings: (clock: string, name: string, severity = 'Critical') => changes(clock, name, severity, 'ALARM'),
    clears: (clock: string, name: string, severity = 'Critical') => changes(clock, name, severity, 'OK'),
    press: async (clock: string, user: string, service: string, button: string, values?: Record<string, string>) => {
      await until(clock)
      return accepted(await story.press(user, service, button), user, values)
    },
    /** The same on the newest card that stands alone with a person. */
    pressOnCard: async (clock: string, user: string, id: string, button: string) => {
      await until(clock)
      const { id: channel } = story.slack.workspace.conversationWith(id)
      const ts = story.slack.workspace.messages(channel)[0]?.ts
      const pressed = await story.http('/slack/click', { user, channel, ts, button })
      await story.quiet()
      return accepted(pressed, user)
    },
    /** Who was called when and why, by the record, as in `03:15:00 level 2: not-acknowledged`. */
    calls: async (service: string): Promise<string[]> => {
      const { timeline } = await story.incident(service)
      const told = ['escalated', 'owner-reminded', 'asked-again', 'resolved', 'reopened']
      return timeline
        .filter(({ what }) => told.includes(what))
        .flatMap(({ at, what, about, times, last }) => {
          const name = what === 'escalated' ? about : what
          return times === 1
            ? [`${at.slice(11, 19)} ${name}`]
            : [`${at.slice(11, 19)} ${name}, ×${times} until ${last.slice(11, 19)}`]
        })
    },
  }
}
