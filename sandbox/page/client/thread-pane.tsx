import { useReadBefore, useReading } from './channel-pane.tsx'
import { Composer } from './composer.tsx'
import { MessageItem } from './message-item.tsx'
import { MessageList } from './message-list.tsx'
import { threadKey } from './unread.ts'
import type { Workspace } from './workspace.ts'
import { messageAt, repliesTo } from './world.ts'

/** A message with its replies. */
export function ThreadPane({ workspace, channel, thread }: { workspace: Workspace; channel: string; thread: string }) {
  const { world, marks, read, go, actions, reading } = workspace
  const first = messageAt(world, channel, thread)
  const replies = repliesTo(world, channel, thread)
  const key = threadKey(channel, thread)
  const readBefore = useReadBefore(key, marks[key])
  useReading(key, replies.at(-1)?.ts, read)
  const name = world.channels.find(({ id }) => id === channel)?.name ?? channel
  return (
    <>
      <header className="pane-head">
        <h2>
          Thread <span className="soft small">#{name}</span>
        </h2>
        <button type="button" className="icon" aria-label="Close thread" onClick={() => go({ thread: undefined })}>
          ✕
        </button>
      </header>
      {first ? (
        <MessageList
          key={key}
          label={`Thread in #${name}`}
          messages={[first, ...replies]}
          reading={reading}
          readUpTo={readBefore}
          draw={(message, isFollowing) => (
            <MessageItem
              workspace={workspace}
              message={message}
              isFollowing={isFollowing && message.ts !== replies[0]?.ts}
            />
          )}
        />
      ) : (
        <p className="nothing">This message is not there any more.</p>
      )}
      {first && <Composer key={`reply-${key}`} label="Reply" say={(text) => actions.say(channel, text, thread)} />}
    </>
  )
}
