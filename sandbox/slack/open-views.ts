import type { Changes } from './changes.ts'
import type { Ids } from './ids.ts'
import { limits } from './limits.ts'
import { app, team } from './people.ts'
import { SlackError } from './slack-error.ts'
import type { OpenView, State } from './state.ts'
import type { ViewDefinition } from './validate-view.ts'
import { initialValues } from './view-values.ts'
import { withIds } from './workspace.ts'

/** Which view an app means, and which state of it it has seen. */
export interface ViewReference {
  view_id?: string | undefined
  external_id?: string | undefined
  hash?: string | undefined
}

/** Modals in front of people, their stacks, and Home tabs. */
export function createOpenViews(state: State, ids: Ids, changes: Changes) {
  const stackOf = (user: string): OpenView[] => state.modals[user] ?? []
  const everyView = (): OpenView[] => [...Object.values(state.modals).flat(), ...Object.values(state.homes)]
  const newHash = () => `${ids.ts().split('.')[0]}.${ids.next('', 8).toLowerCase()}`

  const refuseTakenId = (definition: ViewDefinition, except?: OpenView) => {
    const wanted = definition.external_id
    if (!wanted) return
    const taken = everyView().some((view) => view !== except && view.definition.external_id === wanted)
    if (taken) throw new SlackError('duplicate_external_id')
  }

  const create = (user: string, definition: ViewDefinition, below?: OpenView): OpenView => {
    refuseTakenId(definition)
    const id = ids.next('V')
    const blocks = withIds(definition.blocks, ids)
    return {
      id,
      user,
      hash: newHash(),
      definition: { ...definition, blocks },
      root: below?.root ?? id,
      previous: below?.id ?? null,
      values: initialValues(blocks),
    }
  }

  const redefine = (view: OpenView, definition: ViewDefinition): OpenView => {
    refuseTakenId(definition, view)
    const blocks = withIds(definition.blocks, ids)
    view.definition = { ...definition, blocks }
    view.hash = newHash()
    // What the person has typed stays, as long as its input is still there.
    view.values = initialValues(blocks, view.values)
    return view
  }

  const seen = (view: OpenView, hash: string | undefined) => {
    if (hash !== undefined && hash !== view.hash) throw new SlackError('hash_conflict')
  }

  return {
    /** The modals a person has open, the top one last. */
    stack: (user: string): readonly OpenView[] => stackOf(user),
    top: (user: string): OpenView | undefined => stackOf(user).at(-1),
    home: (user: string): OpenView | undefined => state.homes[user],

    /** Opens a first modal; one that was open before is gone. */
    open(user: string, definition: ViewDefinition): OpenView {
      const view = create(user, definition)
      state.modals[user] = [view]
      changes.emit({ kind: 'view-opened', user, view: view.id })
      return view
    },

    push(user: string, definition: ViewDefinition): OpenView {
      const stack = stackOf(user)
      const below = stack.at(-1)
      if (!below) throw new SlackError('not_found')
      if (limits.viewStack.check(stack.length + 1)) throw new SlackError('push_limit_reached')
      const view = create(user, definition, below)
      state.modals[user] = [...stack, view]
      changes.emit({ kind: 'view-opened', user, view: view.id })
      return view
    },

    update(reference: ViewReference, read: (type: 'modal' | 'home') => ViewDefinition): OpenView {
      const view = everyView().find((each) =>
        reference.view_id !== undefined
          ? each.id === reference.view_id
          : reference.external_id !== undefined && each.definition.external_id === reference.external_id,
      )
      if (!view) throw new SlackError('not_found')
      const definition = read(view.definition.type)
      seen(view, reference.hash)
      redefine(view, definition)
      changes.emit({ kind: 'view-updated', user: view.user, view: view.id })
      return view
    },

    publish(user: string, definition: ViewDefinition, hash: string | undefined): OpenView {
      const kept = state.homes[user]
      if (kept) seen(kept, hash)
      const view = kept ? redefine(kept, definition) : create(user, definition)
      state.homes[user] = view
      changes.emit({ kind: 'home-published', user, view: view.id })
      return view
    },

    /** Closes the top modal, or all of them; returns those that closed, top first. */
    close(user: string, which: 'top' | 'all'): OpenView[] {
      const stack = stackOf(user)
      const closed = which === 'top' ? stack.slice(-1) : [...stack].reverse()
      state.modals[user] = stack.slice(0, stack.length - closed.length)
      for (const view of closed) changes.emit({ kind: 'view-closed', user, view: view.id })
      return closed
    },

    setValues(view: OpenView, values: OpenView['values']): void {
      view.values = values
    },
  }
}

export type OpenViews = ReturnType<typeof createOpenViews>

/** A view as answers and payloads carry it. */
export const viewObject = (view: OpenView, botId: string) => ({
  id: view.id,
  team_id: team.id,
  app_id: app.id,
  app_installed_team_id: team.id,
  bot_id: app.bot,
  bot_user_id: botId,
  private_metadata: '',
  callback_id: '',
  external_id: '',
  ...(view.definition.type === 'modal' && { submit: null, close: null, clear_on_close: false, notify_on_close: false }),
  ...view.definition,
  hash: view.hash,
  state: { values: view.values },
  root_view_id: view.root,
  previous_view_id: view.previous,
})
