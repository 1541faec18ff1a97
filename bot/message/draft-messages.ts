import type { Incident } from '../incident/incident.ts'
import { type Block, type Message, message, section } from './blocks.ts'
import { type Look, person, words } from './look.ts'
import type { Names } from './markdown.ts'
import { postmortemDraft } from './postmortem-draft.ts'
import { preformatted } from './preformatted.ts'

/** The draft as the messages that Slack takes, to be copied from there. */
export function draftMessages(incident: Incident, look: Look, names: Names): Message[] {
  const { draft: say } = words(look).postmortem
  const parts = preformatted(postmortemDraft(incident, look, names))
  const by = person(incident.postmortem?.by ?? '')
  return parts.map((sections, index) => {
    const text = sections.map((mrkdwn): Block => ({ type: 'section', text: { type: 'mrkdwn', text: mrkdwn } }))
    const part = index + 1
    return message(say.fallback(part, parts.length), [section(say.part(by, part, parts.length)), ...text])
  })
}
