import type { App } from '@slack/bolt'
import * as z from 'zod'
import { describeError } from '../../common/logger.ts'
import { answer } from '../message/answers.ts'
import { data } from '../message/format.ts'
import { words } from '../message/look.ts'
import { startDrill } from './slack-drill.ts'
import { openList } from './slack-list-command.ts'
import type { SlackDoorDeps } from './slack-listeners.ts'
import { listenForNew, openNew } from './slack-new-command.ts'
import { listenForReports, openReport } from './slack-report-command.ts'
import { listenForSilence, openSilence } from './slack-silence.ts'

/** The one slash command of the bot; the manifest of the Slack app has it too. */
export const slashCommand = '/incident'

/** What is needed of a typed command. Bolt hands on whatever came. */
const Typed = z.object({
  text: z.string().default(''),
  user_id: z.string().min(1),
  trigger_id: z.string().min(1),
})

/** Two apps in one workspace cannot share a command: that of another stage has its name behind it, as in `/incident-staging`. */
const ofAnyStage = new RegExp(`^${slashCommand}(?:-[a-z0-9_-]{1,20})?$`)

/** `/incident`: what people type to see what is open, or to report what no alarm has posted a message for. */
export function listenForCommands(app: App, deps: SlackDoorDeps): void {
  app.command(ofAnyStage, async ({ ack, command }) => {
    const tell = (text: string) => ack({ response_type: 'ephemeral', text })
    const typed = Typed.safeParse(command)
    if (!typed.success) {
      deps.log.warn('a command could not be read', { error: describeError(typed.error) })
      await tell(words(deps.look).report.command.unreadable)
      return
    }
    const { text, user_id: user, trigger_id: trigger } = typed.data
    const look = deps.lookFor(user)
    const [word = '', ...rest] = text.trim().toLowerCase().split(/\s+/)
    try {
      if (rest.length === 0 && word === '') {
        await tell(await openList(deps, look, command.command))
        return
      }
      if (rest.length === 0 && word === 'drill') {
        await tell(await startDrill(deps, { user, look, press: trigger }))
        return
      }
      if (rest.length === 0 && word === 'new') {
        const refused = await openNew(deps, { user, look, trigger, command: command.command })
        await (refused === undefined ? ack() : tell(refused))
        return
      }
      if (rest.length === 0 && word === 'silence') {
        const refused = await openSilence(deps, { user, look, trigger })
        await (refused === undefined ? ack() : tell(refused))
        return
      }
      if (rest.length > 0 || (word !== 'key' && word !== 'rollback')) {
        const { help, unknown } = words(await look).report.command
        const list = help(command.command)
        await tell(word === 'help' && rest.length === 0 ? list : `${unknown(data(text, 60))}\n${list}`)
        return
      }
      const refused = await openReport(deps, { wish: word, look, user, trigger })
      await (refused === undefined ? ack() : tell(refused))
    } catch (error) {
      deps.log.error('a command failed', { command: word, error: describeError(error) })
      await tell(answer('not-saved', undefined, await look))
    }
  })
  listenForReports(app, deps)
  listenForNew(app, deps)
  listenForSilence(app, deps)
}
