import { fullTime, timeOfDay } from './times.ts'
import type { Theme } from './use-theme.ts'
import type { Workspace } from './workspace.ts'

export interface TopBarProps {
  workspace: Workspace
  clock: Date
  theme: Theme
  onTheme: () => void
  onMenu: () => void
  room: { isOpen: boolean; toggle: () => void }
}

/** Who you act as, what time it is for everybody here, and the way to the control room. */
export function TopBar({ workspace, clock, theme, onTheme, onMenu, room }: TopBarProps) {
  const { world, go, reading } = workspace
  const { speed } = world.room.clock
  return (
    <header className="top">
      <button type="button" className="icon menu-button" aria-label="Channels" onClick={onMenu}>
        ☰
      </button>
      <h1>
        <img src="/icon.svg" width="22" height="22" alt="" /> crypto-watch <span className="soft">sandbox</span>
      </h1>
      <time className="clock" dateTime={clock.toISOString()} title={`${fullTime(clock, reading)} (${reading.tz})`}>
        {timeOfDay(clock, reading)}
        <span className="soft small"> {speed === 0 ? 'paused' : speed === 1 ? '' : `${speed}×`}</span>
      </time>
      <label className="acting">
        <span>You are</span>
        {/* A phone has no room for the words beside it. */}
        <select
          aria-label="You are"
          value={world.me}
          onChange={({ target }) => go({ me: nameOf(world, target.value) })}
        >
          {world.people
            .filter((person) => !person.is_bot)
            .map(({ id, real_name, title }) => (
              <option key={id} value={id}>
                {real_name} · {title}
              </option>
            ))}
        </select>
      </label>
      <button
        type="button"
        className="icon"
        aria-label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
        onClick={onTheme}
      >
        {theme === 'dark' ? '☀' : '☾'}
      </button>
      <button type="button" className="room-button" aria-pressed={room.isOpen} onClick={room.toggle}>
        Control room
      </button>
    </header>
  )
}

/** Names read better in an address than ids. */
export const nameOf = ({ people }: Workspace['world'], id: string): string =>
  people.find((person) => person.id === id)?.name ?? id
