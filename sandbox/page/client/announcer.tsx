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
    setSaid(`${author}: ${newest.text.replace(/<[^>]*\|([^>]*)>/g, '$1').slice(0, 300)}`)
  }, [newest, world.me, world.people])
  return (
    <p className="visually-hidden" aria-live="polite">
      {said}
    </p>
  )
}
