import { z } from 'zod'
import type { Parcel } from '../slack/delivery.ts'
import { sampleChannels, samplePeople } from '../slack/people.ts'
import type { Call } from '../slack/web-api.ts'
import type { Journal, Told } from './journal.ts'

const Label = z.object({ text: z.string() })
/** Of an interaction, only who did what. */
const Interaction = z.object({
  type: z.string(),
  user: z.object({ id: z.string() }),
  actions: z
    .array(z.object({ text: Label.optional(), selected_option: z.object({ text: Label }).nullish() }))
    .optional(),
  view: z.object({ title: Label.optional() }).optional(),
})
const HomeOpened = z.object({ event: z.object({ user: z.string() }) })

/** Questions about people and places, asked again and again; told only when they fail. */
const isLookup = (method: string) =>
  /^(conversations\.(history|replies|list)|usergroups\.|users\.|auth\.|apps\.)/.test(method)

const personNamed = (id: string) => samplePeople.find((person) => person.id === id)?.real_name.split(' ')[0] ?? id

function ofInteraction({ type, user, actions = [], view }: z.output<typeof Interaction>): string {
  const who = personNamed(user.id)
  const title = view?.title?.text ?? 'the modal'
  switch (type) {
    case 'view_submission':
      return `${who} submitted “${title}”`
    case 'view_closed':
      return `${who} closed “${title}”`
    default: {
      const [action] = actions
      const chosen = action?.selected_option?.text.text
      if (chosen !== undefined) return `${who} chose “${chosen}”`
      return `${who} pressed “${action?.text?.text ?? 'a button'}”`
    }
  }
}

function sentence(parcel: Parcel): string | undefined {
  switch (parcel.kind) {
    case 'interactive': {
      const read = Interaction.safeParse(parcel.payload).data
      return read && `${ofInteraction(read)} → Slack → signed request to the bot`
    }
    case 'slash_commands': {
      const { user_id = '', command } = parcel.payload
      return `${personNamed(user_id)} typed ${command} → Slack → signed request to the bot`
    }
    case 'events_api': {
      const read = HomeOpened.safeParse(parcel.payload).data
      return read && `${personNamed(read.event.user)} opened the Home tab`
    }
    default:
      return parcel satisfies never
  }
}

/** Tells the journal what the app calls, and what people do that the app hears of. */
export function tellSlack(journal: Journal) {
  return {
    called({ method, channel, outcome }: Call): void {
      if (outcome === 'ok' && isLookup(method)) return
      const name = sampleChannels.find(({ id }) => id === channel)?.name
      const where = name === undefined ? '' : ` in #${name}`
      const told: Told = { kind: outcome === 'ok' ? 'slack' : 'trouble', text: `Slack: ${method}${where} → ${outcome}` }
      journal.add(told)
    },
    did(parcel: Parcel): void {
      const text = sentence(parcel)
      if (text !== undefined) journal.add({ kind: 'person', text })
    },
  }
}
