import { useCallback, useEffect, useState } from 'react'
import type { ReadMarks } from './unread.ts'

const keyOf = (me: string) => `crypto-watch.read.${me}`

function kept(me: string): ReadMarks {
  try {
    return JSON.parse(localStorage.getItem(keyOf(me)) ?? '{}') as ReadMarks
  } catch {
    return {}
  }
}

/** Up to where this person has read, kept by the browser. Marks only move forward. */
export function useReadMarks(me: string): [ReadMarks, (key: string, ts: string) => void] {
  const [marks, setMarks] = useState(() => kept(me))
  useEffect(() => setMarks(kept(me)), [me])
  const read = useCallback(
    (key: string, ts: string) =>
      setMarks((known) => {
        if (Number(known[key] ?? 0) >= Number(ts)) return known
        const next = { ...known, [key]: ts }
        localStorage.setItem(keyOf(me), JSON.stringify(next))
        return next
      }),
    [me],
  )
  return [marks, read]
}
