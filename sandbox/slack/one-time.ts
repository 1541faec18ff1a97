import type { Wall } from '../../common/clock.ts'
import type { Ids } from './ids.ts'
import { SlackError } from './slack-error.ts'
import type { ResponseAddress, State } from './state.ts'

/** https://docs.slack.dev/interactivity/handling-user-interaction: a trigger opens one view, within three seconds. */
export const triggerLifetimeMs = 3_000
/** Same page: a response address takes five answers within half an hour. */
export const responseLifetimeMs = 30 * 60_000
export const responseUses = 5

/** After this long an unused trigger is forgotten and answers as one that never was. */
const rememberedMs = 10 * 60_000

/** What Slack hands out with an interaction and takes back only for a short time. */
export function createOneTime(state: State, ids: Ids, wall: Wall) {
  const now = () => wall.now().getTime()

  const forget = <T extends { at: number }>(kept: Record<string, T>, afterMs: number) => {
    for (const [key, { at }] of Object.entries(kept)) if (now() - at > afterMs) delete kept[key]
  }

  return {
    issueTrigger(user: string): string {
      forget(state.triggers, rememberedMs)
      const id = `${Math.floor(now() / 1000)}.${state.counter}.${ids.next('', 32).toLowerCase()}`
      state.triggers[id] = { user, at: now(), used: false }
      return id
    },

    /** The person a trigger stands for; takes it, so that it works once. */
    exchangeTrigger(id: string): string {
      const trigger = state.triggers[id]
      if (!trigger) throw new SlackError('invalid_trigger_id')
      if (trigger.used) throw new SlackError('exchanged_trigger_id')
      if (now() - trigger.at > triggerLifetimeMs) throw new SlackError('expired_trigger_id')
      trigger.used = true
      return trigger.user
    },

    issueResponse(address: Omit<ResponseAddress, 'at' | 'uses'>): string {
      forget(state.responses, 2 * responseLifetimeMs)
      const token = ids.next('', 24)
      state.responses[token] = { ...address, at: now(), uses: 0 }
      return token
    },

    /** Where an answer goes; counts the use. */
    useResponse(token: string): ResponseAddress {
      const address = state.responses[token]
      if (!address) throw new SlackError('invalid_url')
      if (now() - address.at > responseLifetimeMs) throw new SlackError('expired_url')
      if (address.uses >= responseUses) throw new SlackError('used_url')
      address.uses += 1
      return address
    },
  }
}

export type OneTime = ReturnType<typeof createOneTime>
