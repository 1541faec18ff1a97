import { systemWall } from '../../../common/clock.ts'
import type { Update } from '../protocol.ts'

/** How the line to the sandbox stands. */
export type Line = 'opening' | 'open' | 'lost'

/** The server says something every four seconds; longer silence means that the line has died quietly. */
const silenceMs = 12_000
const pauseMs = 1_000

/**
 * Listens to one person's stream for as long as the page lives. A line that breaks is opened again, and
 * begins with the whole, so nothing that happened meanwhile is missing. Answers with the way to stop.
 */
export function listen(
  me: string,
  heard: { update: (update: Update) => void; line: (line: Line) => void },
): () => void {
  let source: EventSource | undefined
  let watch: ReturnType<typeof setTimeout> | undefined
  let isOver = false

  const again = () => {
    source?.close()
    clearTimeout(watch)
    if (isOver) return
    heard.line('lost')
    watch = setTimeout(open, pauseMs)
  }
  const open = () => {
    if (isOver) return
    const opened = new EventSource(`/_sandbox/page/stream?as=${encodeURIComponent(me)}`)
    source = opened
    const listenOn = () => {
      clearTimeout(watch)
      watch = setTimeout(again, silenceMs)
    }
    listenOn()
    opened.onmessage = ({ data }: MessageEvent<string>) => {
      listenOn()
      const update = JSON.parse(data) as Update
      if (update.is === 'whole') heard.line('open')
      heard.update(update)
    }
    opened.onerror = again
  }
  heard.line('opening')
  open()
  return () => {
    isOver = true
    source?.close()
    clearTimeout(watch)
  }
}

export interface Answer {
  ok: boolean
  /** Why not, in a sentence. */
  error?: string
}

const answerMs = 120_000

/** Asks the sandbox to do something: a POST under `/_sandbox`. Never throws; what went wrong is a sentence. */
export async function ask<A extends Answer = Answer>(
  path: string,
  body?: object,
  method: 'POST' | 'DELETE' = 'POST',
): Promise<A | (Answer & { ok: false })> {
  try {
    const response = await fetch(`/_sandbox${path}`, {
      method,
      signal: AbortSignal.timeout(answerMs),
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    return (await response.json()) as A
  } catch {
    return { ok: false, error: 'The sandbox did not answer. Is it still running?' }
  }
}

/** The time on this machine's wall. */
export const wallNow = (): number => systemWall.now().getTime()
