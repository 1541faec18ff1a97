import type { Bulletin } from '../bulletin/bulletin.ts'
import type { Message } from './blocks.ts'
import { deploymentMessage } from './deployment-message.ts'
import { digestMessage, type Links } from './digest-message.ts'
import type { Look } from './look.ts'
import { silenceMessage } from './silence-message.ts'

/** The message of a bulletin, drawn anew from its facts each time they change. `links` lead to the messages of the incidents that it names. */
export function bulletinMessage({ facts }: Bulletin, look: Look, links: Links): Message {
  switch (facts.kind) {
    case 'deployment':
      return deploymentMessage(facts, look, facts.incident && links.get(facts.incident.id))
    case 'digest':
      return digestMessage(facts, look, links)
    case 'silence':
      return silenceMessage(facts, look)
    default:
      return facts satisfies never
  }
}
