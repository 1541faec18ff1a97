import { useSyncExternalStore } from 'react'

const key = 'crypto-watch.first-minute'
const changed = 'crypto-watch:first-minute'

/** Storage may be forbidden; the guide is then shown at each start. */
function stored(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // It is forgotten at the next start, nothing worse.
  }
  window.dispatchEvent(new Event(changed))
}

export const hideGuide = () => keep('hidden')
export const showGuide = () => keep(null)

function subscribe(listener: () => void): () => void {
  const events = [changed, 'storage']
  for (const each of events) window.addEventListener(each, listener)
  return () => {
    for (const each of events) window.removeEventListener(each, listener)
  }
}

/** Whether the guided first minute is to be seen, in every part of the page at once. */
export const useGuide = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => stored() !== 'hidden',
    () => true,
  )
