import { z } from 'zod'
import { fill, formErrors, type Typed } from './form-values.ts'
import { InteractionError, interact, type Outside, personCalled, refuseWhenDown, type Seen } from './interaction.ts'
import { viewClosed, viewSubmission } from './payloads.ts'
import type { Person } from './people.ts'
import { SlackError } from './slack-error.ts'
import type { OpenView } from './state.ts'
import { readView } from './validate-view.ts'
import { fieldsOf } from './view-values.ts'

const answerSchema = z.discriminatedUnion('response_action', [
  z.strictObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.strictObject({ response_action: z.literal('update'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('push'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('clear') }),
])

type SubmissionAnswer = z.output<typeof answerSchema>

/** What a person sees after submitting a modal. */
export interface Submitted extends Seen {
  response_action?: SubmissionAnswer['response_action'] | 'close'
  /** block_id → the sentence under the input, from Slack itself or from the app. */
  errors?: Record<string, string>
}

const blank = (body: unknown) =>
  body === undefined || body === '' || (typeof body === 'object' && body !== null && Object.keys(body).length === 0)

/** Submitting and closing modals. */
export function createSubmissions(outside: Outside) {
  const { views, rules } = outside

  const topOf = (person: Person): OpenView => {
    const top = views.top(person.id)
    if (top) return top
    throw new InteractionError(`${person.name} has no modal open. Click the button that opens it first.`)
  }

  /** Follows the app's answer; a sentence when Slack would not. */
  const follow = (answer: SubmissionAnswer, person: Person, view: OpenView): string | undefined => {
    try {
      switch (answer.response_action) {
        case 'clear':
          views.close(person.id, 'all')
          return undefined
        case 'update':
          views.update({ view_id: view.id }, () => readView(answer.view, 'modal', rules))
          return undefined
        case 'push':
          views.push(person.id, readView(answer.view, 'modal', rules))
          return undefined
        case 'errors': {
          const inputs = fieldsOf(view.definition.blocks).filter(({ input }) => input)
          const stray = Object.keys(answer.errors).find((id) => !inputs.some(({ block_id }) => block_id === id))
          return stray === undefined
            ? undefined
            : `The app found fault with "${stray}", which is no input of this modal.`
        }
        default:
          throw answer satisfies never
      }
    } catch (error) {
      if (error instanceof SlackError) return `Slack refused the app's answer: ${error.message}`
      throw error
    }
  }

  return {
    /** Fills the top modal of a person and presses its submit button. */
    async submit({ user, values = {} }: { user: string; values?: Typed | undefined }): Promise<Submitted> {
      refuseWhenDown(outside)
      const person = personCalled(outside, user)
      const view = topOf(person)
      const { definition } = view
      if (definition.type !== 'modal' || !definition.submit) {
        throw new InteractionError('The open modal has no submit button yet. Look at it again, or close it.')
      }
      views.setValues(view, fill(definition.blocks, view.values, values, outside.state.people))
      const refused = formErrors(definition.blocks, view.values)
      if (Object.keys(refused).length > 0) return { ok: false, errors: refused, ephemeral: [] }

      let outcome: Pick<Submitted, 'response_action' | 'errors'> = {}
      const payload = viewSubmission(outside, person, view)
      const seen = await interact(
        outside,
        person,
        { kind: 'interactive', payload, acceptsAnswer: true },
        ({ body }) => {
          if (blank(body)) {
            // The app may have changed the stack meanwhile; only the submitted view closes.
            if (views.top(person.id)?.id === view.id) views.close(person.id, 'top')
            outcome = { response_action: 'close' }
            return undefined
          }
          const answer = answerSchema.safeParse(body)
          if (!answer.success) return 'The app answered with something that is no response_action.'
          const trouble = follow(answer.data, person, view)
          outcome = {
            response_action: answer.data.response_action,
            ...(answer.data.response_action === 'errors' && !trouble && { errors: answer.data.errors }),
          }
          return trouble
        },
      )
      return { ...seen, ok: seen.ok && !outcome.errors, ...outcome }
    },

    /** Closes the top modal, or with `all` the whole stack; the app hears of it when it asked to. */
    async close({ user, all = false }: { user: string; all?: boolean | undefined }): Promise<Seen> {
      refuseWhenDown(outside)
      const person = personCalled(outside, user)
      topOf(person)
      const closed = views.close(person.id, all ? 'all' : 'top')
      const told = closed.find(({ definition }) => definition.type === 'modal' && definition.notify_on_close)
      if (!told) return { ok: true, ephemeral: [] }
      const payload = viewClosed(outside, person, told, all)
      return interact(outside, person, { kind: 'interactive', payload, acceptsAnswer: false }, () => undefined)
    },
  }
}
