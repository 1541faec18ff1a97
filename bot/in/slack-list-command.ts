import { clip } from '../message/format.ts'
import { type Look, words } from '../message/look.ts'
import { openIncidents } from '../message/open-incidents.ts'
import { silenceLines } from '../message/silence-message.ts'
import { readOpen, readSilenced } from './read-home.ts'
import type { SlackDoorDeps } from './slack-listeners.ts'

/** Slack shows longer answers too, but nobody reads them; the channel has the rest. */
const mostShown = 3_500

/** What is open, for the person who asks, and how to find out what else can be typed. Anybody may ask. */
export async function openList(deps: SlackDoorDeps, asking: Promise<Look>, command: string): Promise<string> {
  const [open, silences, look] = await Promise.all([readOpen(deps), readSilenced(deps), asking])
  const { home } = words(look)
  const listed = open ? openIncidents(open.shown, open.total, look).join('\n\n') : home.unread.openTyped
  const silenced = silenceLines(silences, look)
  return `${clip([...silenced, listed].join('\n\n'), mostShown)}\n\n${home.listHelp(command)}`
}
