import { useCallback, useState } from 'react'
import type { InputValue, StateValues } from '../../slack/state.ts'
import { pressKey, type Trouble } from './blocks/acting.ts'
import type { Press } from './blocks/reader.ts'
import { type Answer, ask } from './connection.ts'

/** What the stand-in Slack answers to a press, a submission or a command. */
export interface Seen extends Answer {
  /** Slack shows a warning sign beside what was pressed. */
  shown?: 'warning'
  detail?: string
  /** block_id → the sentence under the input. */
  errors?: Record<string, string>
}

/** Where something was pressed: on a message, in the open modal, on the Home tab. */
export type Spot = { channel: string; ts: string } | { view: true | 'home'; values?: StateValues }

export const spotKey = (spot: Spot) => ('ts' in spot ? `${spot.channel}/${spot.ts}` : String(spot.view))

/** What is under way or went wrong at a spot: the control, and why. */
export interface Pressing {
  busy?: string | undefined
  trouble?: Trouble | undefined
}

/** What a person does, with what Slack shows while it goes on and after it failed. */
export function useActions(me: string) {
  const [pressing, setPressing] = useState<Readonly<Record<string, Pressing>>>({})

  const press = useCallback(
    async (spot: Spot, { block_id, action_id, value }: Press): Promise<void> => {
      const key = spotKey(spot)
      const control = pressKey({ block_id, action_id })
      setPressing((all) => ({ ...all, [key]: { busy: control } }))
      const where = 'values' in spot ? { ...spot, values: typedOf(spot.values ?? {}) } : spot
      const seen: Seen = await ask<Seen>('/slack/click', {
        user: me,
        ...where,
        block_id,
        action_id,
        ...(value !== null && { value }),
      })
      const why = troubleIn(seen)
      setPressing((all) => ({ ...all, [key]: why === undefined ? {} : { trouble: { control, why } } }))
    },
    [me],
  )
  return {
    pressing,
    press,
    submit: (values: StateValues): Promise<Seen> => ask<Seen>('/slack/submit', { user: me, values: typedOf(values) }),
    close: (all = false) => ask<Seen>('/slack/close', { user: me, all }),
    openHome: useCallback(() => ask<Seen>('/slack/home', { user: me }), [me]),
    say: (channel: string, text: string, thread_ts?: string) =>
      ask<Seen>('/slack/say', { user: me, channel, text, ...(thread_ts !== undefined && { thread_ts }) }),
    command: (channel: string, command: string, text: string) =>
      ask<Seen>('/slack/command', { user: me, channel, command, text }),
    dismiss: (channel: string, ts: string) => ask<Seen>('/slack/dismiss', { user: me, channel, ts }),
  }
}

export type Actions = ReturnType<typeof useActions>

/** Why an action did not come to its end, as Slack tells it; undefined when it did. */
export function troubleIn(seen: Seen): string | undefined {
  if (seen.ok || seen.errors) return undefined
  return seen.detail ?? seen.error ?? 'Something went wrong.'
}

function typed(value: InputValue): string | string[] | null {
  switch (value.type) {
    case 'plain_text_input':
      return value.value
    case 'users_select':
      return value.selected_user
    case 'checkboxes':
      return value.selected_options.map(optionValue)
    case 'static_select':
    case 'radio_buttons':
      return value.selected_option === null ? null : optionValue(value.selected_option)
    default:
      throw value satisfies never
  }
}

const optionValue = (option: unknown): string => (option as { value: string }).value

/** The values of a form as the control endpoints take them: by block_id/action_id. */
export const typedOf = (values: StateValues): Record<string, string | string[] | null> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([block_id, actions]) =>
      Object.entries(actions).map(([action_id, value]) => [pressKey({ block_id, action_id }), typed(value)]),
    ),
  )
