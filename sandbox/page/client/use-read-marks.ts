import { useCallback, useEffect, useMemo, useState } from 'react'
import { forward, type ReadMarks } from './unread.ts'

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
  const before = useMemo(() => kept(me), [me])
  const [since, setSince] = useState<{ me: string; marks: ReadMarks }>({ me, marks: {} })
  const marks = useMemo(
    () => Object.entries(since.me === me ? since.marks : {}).reduce((all, [key, ts]) => forward(all, key, ts), before),
    [me, before, since],
  )
  useEffect(() => localStorage.setItem(keyOf(me), JSON.stringify(marks)), [me, marks])
  const read = useCallback(
    (key: string, ts: string) =>
      setSince((known) => ({ me, marks: forward(known.me === me ? known.marks : {}, key, ts) })),
    [me],
  )
  return [marks, read]
}
