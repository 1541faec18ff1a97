import type { Block } from '../../bot/message/blocks.ts'
import { linesOf } from './seen.ts'
import { alertsChannel, type Pressed, type Story } from './story.ts'

/** Types /incident silence and fills its window; answers what the window says then. */
export async function silences(
  story: Story,
  user: string,
  { what = 'Price API', lasts = '15 min', why = 'Moving the gateway' } = {},
): Promise<string> {
  await story.http<Pressed>('/slack/command', { user, channel: alertsChannel, command: '/incident', text: 'silence' })
  await story.submit(user, { 'What to silence': what, 'For how long': lasts, Why: why })
  return story.view(user)
}

/** The messages of the alerts channel that are no incident's, line by line, with times alone. */
export const bulletins = (story: Story): string[][] =>
  story.rootMessages().flatMap(({ text = '', blocks = [] }) => {
    const lines = linesOf({ text, blocks: blocks as Block[] })
    if (!/^🔕|^🔔/u.test(lines[0] ?? '')) return []
    return [lines.map((line) => line.replace(/<!date[^|]*\|2026-11-23 (\d\d:\d\d) UTC>/g, '$1'))]
  })

/** Presses End now under the last silence that has the button. */
export async function pressEnd(story: Story, user: string): Promise<void> {
  const silence = story.rootMessages().findLast((message) => JSON.stringify(message).includes('silence.end'))
  if (!silence) throw new Error('no silence can be ended')
  const click = { user, channel: alertsChannel, ts: silence.ts, button: 'End now' }
  await story.http<Pressed>('/slack/click', click)
  await story.quiet()
}
