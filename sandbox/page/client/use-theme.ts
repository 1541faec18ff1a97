import { useEffect, useState } from 'react'

export type Theme = 'light' | 'dark'
const key = 'crypto-watch.theme'
const dark = () => matchMedia('(prefers-color-scheme: dark)')

/** The theme of the machine, until the reader picks the other one. */
export function useTheme(): [Theme, () => void] {
  const [picked, setPicked] = useState(() => localStorage.getItem(key))
  const [isDark, setDark] = useState(() => dark().matches)
  useEffect(() => {
    const query = dark()
    const follow = () => setDark(query.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  const theme: Theme = picked === 'light' || picked === 'dark' ? picked : isDark ? 'dark' : 'light'
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  const toggle = () => {
    const other = theme === 'dark' ? 'light' : 'dark'
    localStorage.setItem(key, other)
    setPicked(other)
  }
  return [theme, toggle]
}
