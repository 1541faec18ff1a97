import { useSyncExternalStore } from 'react'

/** How much fits beside the messages: nothing, a drawer over them, one column, or two. */
export type Width = 'phone' | 'drawer' | 'column' | 'wide'

const queries: readonly [Width, string][] = [
  ['phone', '(max-width: 759px)'],
  ['drawer', '(max-width: 1099px)'],
  ['column', '(max-width: 1599px)'],
]

const current = (): Width => queries.find(([, query]) => matchMedia(query).matches)?.[0] ?? 'wide'

function subscribe(changed: () => void): () => void {
  const lists = queries.map(([, query]) => matchMedia(query))
  for (const list of lists) list.addEventListener('change', changed)
  return () => {
    for (const list of lists) list.removeEventListener('change', changed)
  }
}

export const useWidth = (): Width => useSyncExternalStore(subscribe, current)
