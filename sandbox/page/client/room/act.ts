import { useState } from 'react'

/** Asks the sandbox to do something under `/_sandbox`; what went wrong is a sentence. */
export type Act = (path: string, body?: object, method?: 'POST' | 'DELETE') => Promise<{ ok: boolean; error?: string }>

/** One thing at a time: the name of what is being done, and what went wrong with the last one. */
export function useDoing(act: Act) {
  const [doing, setDoing] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const run = async (name: string, path: string, body?: object) => {
    setDoing(name)
    setTrouble(null)
    try {
      const answer = await act(path, body)
      if (!answer.ok) setTrouble(answer.error ?? 'The sandbox could not do it.')
    } finally {
      setDoing(null)
    }
  }
  return { doing, trouble, run }
}
