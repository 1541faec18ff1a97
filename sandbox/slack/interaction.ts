import type { Deliver, Delivered, Parcel } from './delivery.ts'
import type { Inside } from './inside.ts'
import { viewObject } from './open-views.ts'
import type { Channel, Person } from './people.ts'
import type { Ephemeral, Message } from './state.ts'

/** Something a person cannot do, in a sentence that says why and what to do instead. */
export class InteractionError extends Error {
  override name = 'InteractionError'
  readonly status: 400 | 503

  constructor(message: string, status: 400 | 503 = 400) {
    super(message)
    this.status = status
  }
}

export type ShownView = ReturnType<typeof viewObject>

/** What a person sees after doing something. */
export interface Seen {
  /** True when the app answered in time and without an error. */
  ok: boolean
  /** The app's HTTP status; over a socket 200; absent when there was no answer. */
  status?: number
  /** Slack shows a warning sign beside what was pressed, or a sentence in the modal. */
  shown?: 'warning'
  /** Why, in a sentence. */
  detail?: string
  /** Texts of the messages only this person got meanwhile. */
  ephemeral: string[]
  /** The modal in front of the person now. */
  view?: ShownView
}

export interface Outside extends Inside {
  deliver: Deliver
  /** Awaited after each answer, so that work behind a queue can be seen too. */
  settle(): Promise<void>
}

const troubles = (delivered: Delivered): string | undefined => {
  switch (delivered.kind) {
    case 'late':
      return 'The app did not answer within three seconds.'
    case 'unreachable':
      return `The app could not be reached: ${delivered.why}.`
    case 'answered':
      return delivered.status < 300 ? undefined : `The app answered with status ${delivered.status}.`
    default:
      throw delivered satisfies never
  }
}

export function personCalled({ workspace }: Inside, idOrName: string): Person {
  const found = workspace.person(idOrName)
  if (found && !found.is_bot) return found
  throw new InteractionError(`Nobody here is called "${idOrName}". Use the id or the name of a person in users.list.`)
}

export function channelCalled({ workspace }: Inside, idOrName: string): Channel {
  const found = workspace.channel(idOrName) ?? workspace.channelNamed(idOrName)
  if (found) return found
  throw new InteractionError(`There is no channel "${idOrName}". Use the id or the name of one in conversations.list.`)
}

export function messageSeenBy(
  person: Person,
  channel: Channel,
  ts: string,
  { workspace }: Inside,
): Message | Ephemeral {
  const target = workspace.message(channel.id, ts) ?? workspace.ephemeral(person.id, ts)
  if (target) return target
  throw new InteractionError(
    `${person.name} sees no message ${ts} in ${channel.name || channel.id}. Take its ts from conversations.history.`,
  )
}

const shownText = ({ text, blocks }: Ephemeral): string => {
  if (text !== '') return text
  const found = JSON.stringify(blocks ?? []).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)
  return [...found].map(([, escaped]) => JSON.parse(`"${escaped}"`) as string).join('\n')
}

/** Sends something to the app for a person and looks at what the person sees afterwards. */
export async function interact(
  inside: Outside,
  person: Person,
  parcel: Parcel,
  apply: (delivered: Extract<Delivered, { kind: 'answered' }>) => string | undefined,
): Promise<Seen> {
  const { workspace, views, deliver, settle, botId } = inside
  const before = new Set(workspace.ephemerals(person.id).map(({ ts }) => ts))
  const delivered = await deliver(parcel)
  const trouble = troubles(delivered) ?? (delivered.kind === 'answered' ? apply(delivered) : undefined)
  await settle()
  const top = views.top(person.id)
  return {
    ok: trouble === undefined,
    ...(delivered.kind === 'answered' && { status: delivered.status }),
    ...(trouble !== undefined && { shown: 'warning' as const, detail: trouble }),
    ephemeral: workspace
      .ephemerals(person.id)
      .filter(({ ts }) => !before.has(ts))
      .map(shownText),
    ...(top && { view: viewObject(top, botId) }),
  }
}

export function refuseWhenDown({ down }: Inside): void {
  if (down()) throw new InteractionError('Slack is down: nobody can press or type anything until it is up again.', 503)
}
