import { z } from 'zod'
import type { Inside } from './inside.ts'
import { fromJson, knownPerson, type Method, method } from './method.ts'
import { viewObject } from './open-views.ts'
import { SlackError } from './slack-error.ts'
import type { OpenView } from './state.ts'
import { readView, type ViewDefinition } from './validate-view.ts'

const wanted = (input: unknown, type: 'modal' | 'home', { rules }: Inside): ViewDefinition =>
  readView(fromJson(input, 'invalid_arguments'), type, rules)

const answer = (view: OpenView, { botId }: Inside) => ({ view: viewObject(view, botId) })

const byTrigger = z.strictObject({ trigger_id: z.string(), view: z.unknown() })

const open = method(byTrigger, (args, inside) => {
  const definition = wanted(args.view, 'modal', inside)
  return answer(inside.views.open(inside.oneTime.exchangeTrigger(args.trigger_id), definition), inside)
})

const push = method(byTrigger, (args, inside) => {
  const definition = wanted(args.view, 'modal', inside)
  return answer(inside.views.push(inside.oneTime.exchangeTrigger(args.trigger_id), definition), inside)
})

const update = method(
  z.strictObject({
    view: z.unknown(),
    view_id: z.string().optional(),
    external_id: z.string().optional(),
    hash: z.string().optional(),
  }),
  ({ view, ...reference }, inside) => {
    if (reference.view_id === undefined && reference.external_id === undefined) {
      throw new SlackError('invalid_arguments', ['[ERROR] missing required field: view_id [json-pointer:]'])
    }
    return answer(
      inside.views.update(reference, (type) => wanted(view, type, inside)),
      inside,
    )
  },
)

const publish = method(
  z.strictObject({ user_id: z.string(), view: z.unknown(), hash: z.string().optional() }),
  (args, inside) => {
    const { id } = knownPerson(args.user_id, inside)
    return answer(inside.views.publish(id, wanted(args.view, 'home', inside), args.hash), inside)
  },
)

export const viewMethods: Readonly<Record<string, Method>> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
}
