import { useCallback, useEffect, useState } from 'react'
import { addressOf, type Place, placeOf } from './place.ts'

/** Who looks when the address does not say: the on-call engineer of the sample workspace. */
const fallback = 'aiko'

/** Where the reader is, kept in the address of the window. */
export function usePlace(): [Place, (change: Partial<Place>) => void] {
  const [place, setPlace] = useState(() => placeOf(location.href, fallback))
  useEffect(() => {
    const follow = () => setPlace(placeOf(location.href, fallback))
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [])
  const go = useCallback((change: Partial<Place>) => {
    const next = { ...placeOf(location.href, fallback), ...change }
    history.pushState(null, '', addressOf(next))
    setPlace(next)
  }, [])
  return [place, go]
}
