import type { Block } from '../../bot/message/blocks.ts'
import type { DeploymentStatus } from '../../sandbox/cloud/deployments/record.ts'
import { stateChangeEvent } from '../../sandbox/cloud/deployments/state-change.ts'
import { linesOf } from './seen.ts'
import { api, deploysChannel, type Story } from './story.ts'

/** Each message of the feed, line by line, with dates as their fallback alone and deployments as `d-…`. */
export const feed = (story: Story): string[][] =>
  story.slack.workspace
    .messages(deploysChannel)
    .map(({ text, blocks = [] }) =>
      linesOf({ text, blocks: blocks as Block[] }).map((line) =>
        line.replace(/<!date[^|]*\|2026-11-23 ([^>]*)>/g, '$1').replace(/d-[A-Z0-5]{9}/g, 'd-…'),
      ),
    )

/** The first line of each message. */
export const headlines = (story: Story) => feed(story).map(([first]) => first)

/** Publishes good code of the API and begins its deployment; answers its id. */
export function deploy(story: Story): string {
  const { functions, deployments, names } = story.cloud
  const description = '4f6c1d2 by Ren Ito: Show decimals'
  const targetVersion = functions.publish(api, { description })
  return deployments.create({ group: names.deploymentGroups.api, targetVersion, description }).id
}

/** CodeDeploy announces a state of the deployment, whatever the state is by now. */
export function announceState(story: Story, id: string, status: DeploymentStatus): void {
  const { deployments, names, topic } = story.cloud
  const event = stateChangeEvent(names.application, { ...deployments.find(id), status }, story.clock.now())
  if (event !== undefined) topic.publish(event)
}
