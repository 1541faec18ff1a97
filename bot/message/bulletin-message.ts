import type { Bulletin } from '../bulletin/bulletin.ts'
import type { Message } from './blocks.ts'
import { deploymentMessage } from './deployment-message.ts'
import type { Look } from './look.ts'

/** The message of a bulletin, drawn anew from its facts each time they change. `link` leads to the thread of its incident. */
export function bulletinMessage({ facts }: Bulletin, look: Look, link: string | undefined): Message {
  switch (facts.kind) {
    case 'deployment':
      return deploymentMessage(facts, look, link)
    default:
      return facts.kind satisfies never
  }
}
