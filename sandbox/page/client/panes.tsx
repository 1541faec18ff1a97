import { type MouseEvent, type ReactNode, useEffect, useState } from 'react'
import { Announcer } from './announcer.tsx'
import { AppPane } from './app-pane.tsx'
import { ChannelPane } from './channel-pane.tsx'
import { ask } from './connection.ts'
import { Modal } from './modal.tsx'
import { placeOf } from './place.ts'
import { ControlRoom } from './room/control-room.tsx'
import { FirstMinute } from './room/first-minute.tsx'
import { Sidebar } from './sidebar.tsx'
import { ThreadPane } from './thread-pane.tsx'
import { nameOf, TopBar } from './top-bar.tsx'
import type { Theme } from './use-theme.ts'
import { useWidth } from './use-width.ts'
import type { Workspace } from './workspace.ts'

/** The panes side by side; where there is no room for all of them, one in front of the others. */
export function Panes(props: {
  workspace: Workspace
  clock: Date
  theme: Theme
  onTheme: () => void
  children: ReactNode
}) {
  const { workspace, clock, theme, onTheme } = props
  const { world, place, go } = workspace
  const width = useWidth()
  const [isMenuOpen, setMenuOpen] = useState(false)
  const [wantsRoom, setWantsRoom] = useState(width === 'column' || width === 'wide')

  const named = world.channels.find(({ id, isDirect }) => id === place.channel && !isDirect)
  const conversation = world.channels.find(({ id, isDirect }) => id === place.channel && isDirect)
  const isApp = place.channel === 'app' || conversation !== undefined
  const channel = named ?? world.channels.find(({ isDirect }) => !isDirect)
  const thread =
    place.thread !== undefined && channel
      ? { channel: (named ?? conversation ?? channel).id, ts: place.thread }
      : undefined
  const sharesColumn = width !== 'wide'
  const showsRoom = wantsRoom && !(sharesColumn && thread && width !== 'phone')

  const openRoom = () => {
    if (sharesColumn && thread) go({ thread: undefined })
    setMenuOpen(false)
    setWantsRoom(!showsRoom)
  }
  const goTo = (id: string, ts?: string) => {
    setMenuOpen(false)
    if (width === 'phone') setWantsRoom(false)
    go({ channel: id, thread: ts })
  }
  const openMessage = (at: string, ts: string, part?: 'thread') => {
    goTo(at, part && ts)
    requestAnimationFrame(() => document.querySelector(`[data-ts="${ts}"]`)?.scrollIntoView({ block: 'start' }))
  }
  const front = width !== 'phone' ? 'all' : isMenuOpen ? 'menu' : showsRoom ? 'room' : thread ? 'thread' : 'main'
  const title = isApp ? 'Crypto Watch' : `#${channel?.name ?? ''}`
  useEffect(() => {
    document.title = `${title} · crypto-watch`
  }, [title])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link arrives here as a click
    // biome-ignore lint/a11y/noStaticElementInteractions: it catches the clicks of links that lead to messages
    <div className={`panes front-${front}`} onClick={(event) => followLink(event, workspace)}>
      <TopBar
        workspace={workspace}
        clock={clock}
        theme={theme}
        onTheme={onTheme}
        onMenu={() => setMenuOpen(!isMenuOpen)}
        room={{ isOpen: showsRoom, toggle: openRoom }}
      />
      {props.children}
      <div className="columns">
        <Sidebar workspace={workspace} current={isApp ? 'app' : channel?.id} onGo={(id) => goTo(id)} />
        <main className="main" aria-label={title}>
          <FirstMinute
            room={world.room}
            me={world.me}
            onOpen={openMessage}
            onActAs={(id) => go({ me: nameOf(world, id) })}
            act={ask}
          />
          <header className="pane-head">
            <h2>{isApp ? 'Crypto Watch' : `# ${channel?.name ?? ''}`}</h2>
          </header>
          {isApp ? (
            <AppPane key={place.channel} workspace={workspace} />
          ) : (
            channel && <ChannelPane workspace={workspace} channel={channel.id} name={`#${channel.name}`} />
          )}
        </main>
        {thread && (
          <aside className="right thread" aria-label="Thread">
            <ThreadPane workspace={workspace} channel={thread.channel} thread={thread.ts} />
          </aside>
        )}
        {showsRoom && (
          <aside className="right room" aria-label="Control room">
            <header className="pane-head">
              <h2>Control room</h2>
              <button
                type="button"
                className="icon"
                aria-label="Close control room"
                onClick={() => setWantsRoom(false)}
              >
                ✕
              </button>
            </header>
            <ControlRoom
              room={world.room}
              journal={world.journal}
              people={world.people}
              me={world.me}
              clock={clock}
              onActAs={(id) => go({ me: nameOf(world, id) })}
              onOpen={openMessage}
              act={ask}
            />
          </aside>
        )}
      </div>
      {world.modal && <Modal key={world.modal.id} workspace={workspace} view={world.modal} />}
      <Announcer world={world} channel={thread?.channel ?? channel?.id} />
    </div>
  )
}

/** A link to a message opens it here instead of loading the page anew. */
function followLink(event: MouseEvent, { place, go }: Workspace) {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.port !== location.port) return
  if (!['localhost', '127.0.0.1'].includes(link.hostname) || !link.pathname.startsWith('/archives/')) return
  event.preventDefault()
  const { channel, thread } = placeOf(link.href, place.me)
  go({ channel, thread })
}
