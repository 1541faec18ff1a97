/** Where the reader is; it lives in the address, so that a reload, a link or a second window finds it. */
export interface Place {
  /** Id or name of the acting person. */
  me: string
  /** A channel's id, `app` for the app's own page, or undefined for the first channel. */
  channel: string | undefined
  /** The first message of the thread that is open. */
  thread: string | undefined
}

const dotted = (packed: string) => `${packed.slice(0, -6)}.${packed.slice(-6)}`

/** Reads an address: `/?as=aiko#C0ALERTS001/1795.000100`, or a message's own `/archives/C…/p…?thread_ts=…`. */
export function placeOf(address: string, fallback: string): Place {
  const url = new URL(address)
  const me = url.searchParams.get('as') ?? fallback
  const archive = /^\/archives\/(\w+)\/p(\d{7,})$/.exec(url.pathname)
  if (archive) {
    const [, channel, packed] = archive
    return { me, channel, thread: url.searchParams.get('thread_ts') ?? dotted(packed ?? '') }
  }
  const [channel, thread] = url.hash.slice(1).split('/')
  return { me, channel: channel || undefined, thread: thread || undefined }
}

/** The address of a place, without the host. */
export function addressOf({ me, channel, thread }: Place): string {
  const hash = channel === undefined ? '' : `#${channel}${thread === undefined ? '' : `/${thread}`}`
  return `/?as=${encodeURIComponent(me)}${hash}`
}
