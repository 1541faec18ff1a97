import { useMemo } from 'react'
import { Banners } from './banners.tsx'
import type { Reader } from './blocks/reader.ts'
import { Opening } from './opening.tsx'
import { Panes } from './panes.tsx'
import { useActions } from './use-actions.ts'
import { usePlace } from './use-place.ts'
import { useReadMarks } from './use-read-marks.ts'
import { useSandbox } from './use-sandbox.ts'
import { useTheme } from './use-theme.ts'
import type { Workspace } from './workspace.ts'
import type { World } from './world.ts'

const minuteMs = 60_000
const nobody: Pick<World, 'people' | 'groups' | 'channels'> = { people: [], groups: [], channels: [] }

/** The page: one person's view of the workspace, and the control room beside it. */
export function App() {
  const [place, go] = usePlace()
  const { world, line, restart, forgetRestart, clock } = useSandbox(place.me)
  // Between two people the last one stays on the page until the next one's stream has begun.
  const acting = world?.me ?? place.me
  const [marks, read] = useReadMarks(acting)
  const [theme, toggleTheme] = useTheme()
  const actions = useActions(acting)

  // Messages say “today” and “5 minutes ago”: once a minute is often enough to draw them anew.
  const minute = Math.floor(clock.getTime() / minuteMs)
  const { people, groups, channels } = world ?? nobody
  const me = people.find(({ id }) => id === world?.me)
  const reader = useMemo<Reader | undefined>(
    () => me && { people, groups, channels, me, now: new Date(minute * minuteMs), theme },
    [people, groups, channels, me, minute, theme],
  )
  if (!world || !reader || !me) return <Opening line={line} />
  const workspace: Workspace = { world, place, go, reader, reading: me, actions, marks, read }
  return (
    <div className="page">
      <Panes workspace={workspace} clock={clock} theme={theme} onTheme={toggleTheme}>
        <Banners line={line} slackDown={world.room.slackDown} restart={restart} onForget={forgetRestart} />
      </Panes>
    </div>
  )
}
