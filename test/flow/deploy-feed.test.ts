import { afterEach, expect, it } from 'vitest'
import { deploy, feed, headlines } from '../support/deploy-feed.ts'
import { type Story, startStory } from '../support/story.ts'
import { saidTwice } from '../support/trouble.ts'

let story: Story
afterEach(async () => {
  expect(saidTwice(story)).toEqual([])
  expect((await story.state()).queues.deadLetters).toBe(0)
  await story.stop()
})

const madeBy = (commit: string, author: string, subject: string) =>
  `\`crypto-watch-api-function\` · <https://github.com/example/crypto-watch/commit/${commit}|${commit}> by ${author} “${subject}” · <https://github.com/example/crypto-watch/compare/6c37de6...${commit}|compare>`
const env = { REPOSITORY: 'example/crypto-watch' }

it('a good release is one message from its start to its end', async () => {
  story = await startStory({ env })
  deploy(story)
  await story.forward(1)
  expect(headlines(story)).toEqual(['🐤 API v41 → v42: canary with 10 % of the traffic'])
  await story.forward(5)
  expect(feed(story)).toEqual([
    [
      '✅ API v41 → v42: deployed, all traffic',
      madeBy('4f6c1d2', 'Ren Ito', 'Show decimals'),
      'Started 03:01 UTC · took 5 min',
      'v42 has all the traffic since 03:06 UTC.',
      expect.stringMatching(/^Deployment `d-…`$/),
    ],
  ])
  const edits = story.slack.calls.filter(({ method }) => method === 'chat.update').length
  await story.forward(15)
  expect(story.slack.calls.filter(({ method }) => method === 'chat.update')).toHaveLength(edits)
  expect((await story.state()).incidents).toEqual([])
})

it('a release that turns bad later says who rolled it back, and links the incident', async () => {
  story = await startStory({ env })
  await story.play('bad-deploy')
  expect(headlines(story)).toEqual(['✅ API v41 → v42: deployed, all traffic'])
  await story.press('aiko', 'api', 'Acknowledge')
  await story.press('aiko', 'api', 'Roll back')
  await story.submit('aiko')
  await story.forward(3)
  const [message = []] = feed(story)
  expect(feed(story)).toHaveLength(1)
  expect(message[0]).toBe('↩️ API v41 → v42: rolled back')
  expect(message[3]).toBe('Rolled back v42 → v41 by <@U0AIKO00001> (03:12 UTC), it helped.')
  const { id, message: root } = await story.incident('api')
  expect(message[4]).toMatch(
    new RegExp(
      `^Incident: \`${id}\` · <http://localhost:\\d+/archives/${root?.channel}/p${root?.ts.replace('.', '')}\\|to the thread>$`,
    ),
  )
})

it('a canary that is caught and its rollback by CodeDeploy are one message', async () => {
  story = await startStory({ env })
  await story.play('canary-caught')
  await story.forward(2)
  const { id } = await story.incident('api')
  expect(feed(story)).toEqual([
    [
      '↩️ API v41 → v42: rolled back automatically',
      madeBy('0b9a70a', 'Mika Sato', 'Read prices by index'),
      'Started 03:01 UTC · took 2 min',
      'Stopped (03:03 UTC): an alarm rang, LambdaErrorAlarm.',
      'Rolled back automatically to v41, by `d-…` (03:04 UTC), took 0 s.',
      expect.stringMatching(new RegExp(`^Incident: \`${id}\` · <http`)),
      'Deployment `d-…`',
    ],
  ])
})

it('an automatic rollback that fails says where to look', async () => {
  story = await startStory({ env })
  await story.play('automatic-rollback-fails')
  expect(headlines(story)).toEqual(['🚨 API v41 → v42: the automatic rollback failed'])
  expect(feed(story)[0]).toContain(
    "CodeDeploy's own rollback `d-…` failed (03:04 UTC). Look where the alias points: both versions may get traffic.",
  )
})
