import { useCallback } from 'react'
import type { SeenMessage } from '../protocol.ts'
import { Avatar } from './avatar.tsx'
import { Blocks, Mrkdwn } from './blocks/blocks.tsx'
import type { Press } from './blocks/reader.ts'
import { fullTime, timeOfDay } from './times.ts'
import { spotKey } from './use-actions.ts'
import type { Workspace } from './workspace.ts'

export interface MessageProps {
  workspace: Workspace
  message: SeenMessage
  /** Stands right under a message of the same author, so the head is left out. */
  isFollowing?: boolean
  /** Absent inside a thread, where there is nothing to open. */
  replies?: { all: readonly SeenMessage[]; unread: number; open: () => void }
}

/** One message, with what can be pressed in it and the way into its thread. */
export function MessageItem({ workspace, message, isFollowing = false, replies }: MessageProps) {
  const { world, reader, actions, reading } = workspace
  const author = world.people.find(({ id }) => id === message.user)
  const at = new Date(message.at)
  const { channel, ts } = message
  const { busy, trouble } = actions.pressing[spotKey({ channel, ts })] ?? {}
  const { press } = actions
  const act = useCallback((pressed: Press) => press({ channel, ts }, pressed), [press, channel, ts])
  const name = author?.real_name ?? message.user
  return (
    <article
      className={isFollowing ? 'message following' : 'message'}
      aria-label={`${name}, ${timeOfDay(at, reading)}`}
      data-ts={ts}
      data-only-you={message.onlyYou}
    >
      {message.onlyYou && (
        <p className="only-you">
          <span aria-hidden="true">◐</span> Only visible to you
        </p>
      )}
      <div className="message-side">{isFollowing ? null : <Avatar person={author} />}</div>
      <div className="message-main">
        {!isFollowing && (
          <div className="message-head">
            <b className="author">{name}</b>
            {author?.is_bot && <span className="app-mark">APP</span>}
            <time dateTime={message.at} title={fullTime(at, reading)}>
              {timeOfDay(at, reading)}
            </time>
          </div>
        )}
        {message.broadcast && <p className="soft small">replied to a thread</p>}
        {message.blocks ? (
          <Blocks blocks={message.blocks} reader={reader} act={act} busy={busy} trouble={trouble} />
        ) : (
          <Mrkdwn text={message.text} reader={reader} />
        )}
        {message.edited && <span className="soft small">(edited)</span>}
        {message.onlyYou && (
          <button type="button" className="link small" onClick={() => actions.dismiss(channel, ts)}>
            Dismiss message
          </button>
        )}
        {replies && replies.all.length > 0 && <ReplyBar workspace={workspace} {...replies} />}
        {replies && replies.all.length === 0 && !message.onlyYou && (
          <button type="button" className="reply-start small" onClick={replies.open}>
            Reply in thread
          </button>
        )}
      </div>
    </article>
  )
}

function ReplyBar({ workspace, all, unread, open }: { workspace: Workspace } & NonNullable<MessageProps['replies']>) {
  const { world, reading } = workspace
  const last = all.at(-1)
  const authors = [...new Set(all.map(({ user }) => user))].slice(0, 4)
  return (
    <button type="button" className="reply-bar" onClick={open}>
      {authors.map((id) => (
        <Avatar key={id} person={world.people.find((person) => person.id === id)} size={22} />
      ))}
      <b className="reply-count">
        {all.length} {all.length === 1 ? 'reply' : 'replies'}
      </b>
      {unread > 0 && <span className="badge">{unread} new</span>}
      {last && <span className="soft">Last reply {timeOfDay(new Date(last.at), reading)}</span>}
    </button>
  )
}
