import { useEffect, useRef, useState } from 'react'
import type { World } from './world.ts'

/** Tells a screen reader what was written in the open channel since the page looked last. */
export function Announcer({ world, channel }: { world: World; channel: string | undefined }) {
  const [said, setSaid] = useState('')
  const newest = world.messages.findLast((message) => message.channel === channel)
  const heard = useRef(newest?.ts)
  useEffect(() => {
    if (!newest || Number(newest.ts) <= Number(heard.current ?? 0)) return
    heard.current = newest.ts
    if (newest.user === world.me) return
    const author = world.people.find(({ id }) => id === newest.user)?.real_name ?? ''
    setSaid(`${author}: ${spoken(newest.text, world).slice(0, 300)}`)
  }, [newest, world])
  return (
    <p className="visually-hidden" aria-live="polite">
      {said}
    </p>
  )
}

/** The text with names instead of ids, and without the addresses behind words. */
const spoken = (text: string, { people, groups }: Pick<World, 'people' | 'groups'>): string =>
  text
    .replace(/<[^>]*\|([^>]*)>/g, '$1')
    .replace(/<@(\w+)>/g, (_, id) => `@${people.find((person) => person.id === id)?.real_name ?? id}`)
    .replace(/<!subteam\^(\w+)>/g, (_, id) => `@${groups.find((group) => group.id === id)?.handle ?? id}`)
