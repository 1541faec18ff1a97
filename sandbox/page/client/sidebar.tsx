import { unreadIn } from './unread.ts'
import type { Workspace } from './workspace.ts'

/** Channels and the app, with what is unread in them. */
export function Sidebar({
  workspace,
  current,
  onGo,
}: {
  workspace: Workspace
  current: string | undefined
  onGo: (channel: string) => void
}) {
  const { world, marks } = workspace
  const named = world.channels.filter(({ isDirect }) => !isDirect)
  const conversation = world.channels.find(({ isDirect }) => isDirect)
  return (
    <nav className="sidebar" aria-label="Channels">
      <p className="team">Crypto Watch</p>
      <h2 id="channels-heading">Channels</h2>
      <ul aria-labelledby="channels-heading">
        {named.map(({ id, name }) => (
          <Entry
            key={id}
            sign="#"
            name={name}
            isCurrent={current === id}
            unread={unreadIn(world, id, marks)}
            go={() => onGo(id)}
          />
        ))}
      </ul>
      <h2 id="apps-heading">Apps</h2>
      <ul aria-labelledby="apps-heading">
        <Entry
          sign="◆"
          name="Crypto Watch"
          isCurrent={current === 'app'}
          unread={conversation ? unreadIn(world, conversation.id, marks) : { messages: 0, calls: 0 }}
          go={() => onGo('app')}
        />
      </ul>
    </nav>
  )
}

function Entry({
  sign,
  name,
  isCurrent,
  unread,
  go,
}: {
  sign: string
  name: string
  isCurrent: boolean
  unread: { messages: number; calls: number }
  go: () => void
}) {
  const isUnread = (unread.messages > 0 || unread.calls > 0) && !isCurrent
  return (
    <li>
      <button
        type="button"
        className={isUnread ? 'entry unread' : 'entry'}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={go}
      >
        <span className="sign" aria-hidden="true">
          {sign}
        </span>
        <span className="entry-name">{name}</span>
        {isUnread && unread.calls === 0 && <span className="visually-hidden">, unread</span>}
        {unread.calls > 0 && (
          <span className="badge">
            {unread.calls}
            <span className="visually-hidden"> {unread.calls === 1 ? 'mention' : 'mentions'}</span>
          </span>
        )}
      </button>
    </li>
  )
}
