import { useEffect, useRef } from 'react'
import { Composer } from './composer.tsx'
import { MessageItem } from './message-item.tsx'
import { MessageList } from './message-list.tsx'
import { unreadReplies } from './unread.ts'
import type { Workspace } from './workspace.ts'
import { inChannel, repliesTo } from './world.ts'

/** The messages of a channel, or of the conversation with the bot, and the place to write. */
export function ChannelPane({ workspace, channel, name }: { workspace: Workspace; channel: string; name: string }) {
  const { world, marks, read, go, actions, reading, place } = workspace
  const messages = inChannel(world, channel)
  const newest = messages.at(-1)?.ts
  const readBefore = useReadBefore(channel, marks[channel])
  useReading(channel, newest, read)
  const openThread = (ts: string) => go({ channel: place.channel ?? channel, thread: ts })
  return (
    <>
      {messages.length === 0 ? (
        <p className="nothing">No messages in {name} yet.</p>
      ) : (
        <MessageList
          key={channel}
          label={`Messages in ${name}`}
          messages={messages}
          reading={reading}
          readUpTo={readBefore}
          draw={(message, isFollowing) => {
            const ts = message.thread_ts ?? message.ts
            const all = message.broadcast ? [] : repliesTo(world, channel, ts)
            return (
              <MessageItem
                workspace={workspace}
                message={message}
                isFollowing={isFollowing}
                replies={{ all, unread: unreadReplies(all, ts, world.me, marks), open: () => openThread(ts) }}
              />
            )
          }}
        />
      )}
      <Composer
        key={`write-${channel}`}
        label={`Message ${name}`}
        say={(text) => actions.say(channel, text)}
        command={(command, text) => actions.command(channel, command, text)}
      />
    </>
  )
}

/** Up to where the channel was read at the moment it was opened. */
export function useReadBefore(key: string, mark: string | undefined): string | undefined {
  const opened = useRef({ key: '', mark })
  if (opened.current.key !== key) opened.current = { key, mark }
  return opened.current.mark
}

/** What stands open before the reader counts as read, unless the window is hidden. */
export function useReading(key: string, newest: string | undefined, read: (key: string, ts: string) => void) {
  useEffect(() => {
    if (newest === undefined) return
    const mark = () => {
      if (document.visibilityState === 'visible') read(key, newest)
    }
    mark()
    document.addEventListener('visibilitychange', mark)
    return () => document.removeEventListener('visibilitychange', mark)
  }, [key, newest, read])
}
