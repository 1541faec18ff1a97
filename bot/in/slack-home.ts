import type { App } from '@slack/bolt'
import * as z from 'zod'
import { describeError } from '../../common/logger.ts'
import type { Span } from '../incident/statistics.ts'
import { homeView } from '../message/home.ts'
import { spanKept } from '../message/home-buttons.ts'
import { words } from '../message/look.ts'
import { refusalModal } from '../message/rollback-modal.ts'
import { readHome } from './read-home.ts'
import { openModal, type Press, type SlackDoorDeps } from './slack-listeners.ts'

/** What is needed of the event. The view is there when the tab was drawn before. */
const Opened = z.object({
  user: z.string().min(1),
  tab: z.string(),
  view: z.object({ private_metadata: z.string().optional() }).optional(),
})

/** The Home tab is drawn each time somebody opens it. Anybody may look: it changes nothing. */
export function listenForHome(app: App, deps: SlackDoorDeps): void {
  app.event('app_home_opened', async ({ event }) => {
    const opened = Opened.safeParse(event)
    // The other tab is the conversation with the bot, in which there is nothing to draw.
    if (!opened.success || opened.data.tab !== 'home') return
    const { user, view } = opened.data
    try {
      await publish(deps, user, spanKept(view?.private_metadata))
    } catch (error) {
      deps.log.error('a Home tab could not be drawn', { user, error: describeError(error) })
    }
  })
}

/** A press on the Home tab draws it anew. That it could not be drawn is told in a modal: there is no channel to say it in. */
export async function redrawHome(deps: SlackDoorDeps, press: Omit<Press, 'value'>, span: Span): Promise<void> {
  const why = await publish(deps, press.user, span).catch(describeError)
  if (why === undefined) return
  deps.log.error('a Home tab could not be drawn', { user: press.user, why })
  const look = await press.look
  await openModal(deps, press, refusalModal(words(look).home.notDrawn, look))
}

/** Draws the Home tab of one person, in that person's language. Answers why not, when Slack would not take it. */
async function publish(deps: SlackDoorDeps, user: string, span: Span): Promise<string | undefined> {
  const [facts, look] = await Promise.all([readHome(deps, span), deps.lookFor(user)])
  const answer = await deps.slack.call('views.publish', { user_id: user, view: homeView(facts, look) })
  return answer.is === 'ok' ? undefined : answer.is === 'refused' ? answer.code : answer.is
}
