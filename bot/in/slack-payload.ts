import * as z from 'zod'

const text = z.string().min(1)

/** What Bolt relies on without looking. Events and slash commands have other shapes, and none is ours. */
const Interaction = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('block_actions'),
    user: z.looseObject({ id: text }),
    actions: z.array(z.looseObject({ action_id: z.string() })).min(1),
    // Bolt takes an absent channel, and stumbles over null.
    channel: z.looseObject({ id: text }).optional(),
  }),
  z.looseObject({
    type: z.enum(['view_submission', 'view_closed']),
    user: z.looseObject({ id: text }),
    view: z.looseObject({ id: text, callback_id: z.string() }),
    response_urls: z.array(z.looseObject({ response_url: text })).optional(),
  }),
])
const known: readonly unknown[] = ['block_actions', 'view_submission', 'view_closed']
const Anything = z.looseObject({})

export const mediaType = (contentType: string | undefined): string =>
  (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

/** Why Bolt would stumble over this body, or nothing when it is a payload that Bolt can be given. */
export function whyUnreadable(type: string, body: string): string | undefined {
  switch (type) {
    case 'application/json':
      return whyNoPayload(body)
    case 'application/x-www-form-urlencoded': {
      const payload = new URLSearchParams(body).get('payload')
      return payload === null ? undefined : whyNoPayload(payload)
    }
    default:
      return 'expected a form or JSON'
  }
}

function whyNoPayload(json: string): string | undefined {
  const payload = Anything.safeParse(readJson(json))
  if (!payload.success) return 'the payload is not a JSON object'
  if (!known.includes(payload.data.type)) return undefined
  return Interaction.safeParse(payload.data).success ? undefined : 'the payload is not one that Slack sends'
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
