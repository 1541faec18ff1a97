import { updated, type World } from '../../sandbox/page/client/world.ts'
import type { Update } from '../../sandbox/page/protocol.ts'

/** A page without a browser: follows one person's stream and keeps the world it makes. */
export async function openPage(workspace: string, as: string) {
  const end = new AbortController()
  const response = await fetch(`${workspace}/_sandbox/page/stream?as=${as}`, { signal: end.signal })
  if (!response.ok || !response.body) throw new Error(await response.text())
  const updates: Update[] = []
  let world: World | undefined
  let changed = () => {}

  const listen = async (body: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder()
    let text = ''
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true })
      const events = text.split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) {
        const update = JSON.parse(event.replace(/^data: /gm, '')) as Update
        updates.push(update)
        world = updated(world, update)
        changed()
      }
    }
  }
  const listening = listen(response.body).catch((error: unknown) => {
    if (!end.signal.aborted) throw error
  })
  return {
    updates: updates as readonly Update[],
    /** The world as soon as it is as `expected`. */
    until: (expected: (world: World) => boolean): Promise<World> =>
      new Promise((resolve) => {
        changed = () => {
          if (world && expected(world)) resolve(world)
        }
        changed()
      }),
    close: async () => {
      end.abort()
      await listening
    },
  }
}

export type Page = Awaited<ReturnType<typeof openPage>>
