import { useEffect, useState } from 'react'
import { Blocks } from './blocks/blocks.tsx'
import { ChannelPane } from './channel-pane.tsx'
import { unreadIn } from './unread.ts'
import { type Seen, troubleIn } from './use-actions.ts'
import type { Workspace } from './workspace.ts'

type Tab = 'home' | 'messages'

/** The app's own place: its Home tab and the conversation with it. */
export function AppPane({ workspace }: { workspace: Workspace }) {
  const { world, place, marks } = workspace
  const conversation = world.channels.find(({ isDirect }) => isDirect)
  const isWaiting = conversation !== undefined && unreadIn(world, conversation.id, marks).messages > 0
  const [tab, setTab] = useState<Tab>(place.channel === 'app' && !isWaiting ? 'home' : 'messages')
  return (
    <>
      <div className="tabs" role="tablist" aria-label="Crypto Watch">
        {(['home', 'messages'] as const).map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`tab-${each}`}
            aria-selected={tab === each}
            aria-controls="app-panel"
            tabIndex={tab === each ? 0 : -1}
            onClick={() => setTab(each)}
            onKeyDown={({ key, currentTarget }) => {
              if (key !== 'ArrowLeft' && key !== 'ArrowRight') return
              setTab(each === 'home' ? 'messages' : 'home')
              const other = currentTarget.nextElementSibling ?? currentTarget.previousElementSibling
              if (other instanceof HTMLElement) other.focus()
            }}
          >
            {each === 'home' ? 'Home' : 'Messages'}
          </button>
        ))}
      </div>
      <div className="app-panel" id="app-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'home' ? (
          <Home workspace={workspace} />
        ) : conversation ? (
          <ChannelPane workspace={workspace} channel={conversation.id} name={conversation.name} />
        ) : (
          <p className="nothing">Crypto Watch has not written to you yet.</p>
        )}
      </div>
    </>
  )
}

function Home({ workspace }: { workspace: Workspace }) {
  const { world, reader, actions } = workspace
  const { openHome } = actions
  const [seen, setSeen] = useState<Seen>()
  useEffect(() => {
    openHome().then(setSeen)
  }, [openHome])
  const trouble = seen && troubleIn(seen)
  const { busy, trouble: pressed } = actions.pressing.home ?? {}
  return (
    <section className="home" aria-label="Home of Crypto Watch">
      {trouble && (
        <p className="trouble" role="alert">
          <span aria-hidden="true">⚠</span> {trouble}
        </p>
      )}
      {world.home ? (
        <Blocks
          blocks={world.home.blocks}
          reader={reader}
          act={(press) => actions.press({ view: 'home' }, press)}
          busy={busy}
          trouble={pressed}
        />
      ) : (
        <p className="nothing">{seen ? 'The app has not published a Home tab.' : 'Opening …'}</p>
      )}
    </section>
  )
}
