import type { MailView } from '../../../room/room.ts'
import type { Reading } from '../times.ts'
import { Clipped } from './clipped.tsx'
import { Part } from './part.tsx'
import { shortTime } from './words.ts'

/** What the bot has written to people outside Slack, newest first. A mail opens under its subject. */
export function MailPart({ mails, reading }: { mails: readonly MailView[]; reading: Reading }) {
  return (
    <Part title="Mail">
      {mails.length === 0 && (
        <p className="small soft">No mail yet. It is written at level 3, and while Slack does not answer.</p>
      )}
      <Clipped
        first={4}
        what="mails"
        items={mails.map(({ id, at, to, subject, body }) => (
          <li key={id} className="room-mail">
            <details>
              <summary>{subject}</summary>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
              <pre tabIndex={0}>{body}</pre>
            </details>
            <span className="small soft room-numbers">
              <time dateTime={at}>{shortTime(new Date(at), reading)}</time> to {to.join(', ')}
            </span>
          </li>
        ))}
      />
    </Part>
  )
}
