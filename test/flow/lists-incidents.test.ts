import { afterEach, expect, it } from 'vitest'
import { alertsChannel, type Pressed, type Story, startStory } from '../support/story.ts'
import { ring, whispers } from '../support/trouble.ts'

let story: Story
afterEach(() => story.stop())

const [aiko, yui, eve] = ['U0AIKO00001', 'U0YUI000001', 'U0EVE000001']
/** What only this person reads after typing it. */
async function types(user: string, text = '') {
  const answered = await story.http<Pressed>('/slack/command', {
    user,
    channel: alertsChannel,
    command: '/incident',
    text,
  })
  expect(answered.ok).toBe(true)
  return whispers(story, user).at(-1) ?? ''
}

it('/incident alone lists what is open, the gravest first, and says so when nothing is', async () => {
  story = await startStory()
  expect(await types(aiko)).toContain('Nothing is open.')
  await ring(story, 'disk-full')
  await story.play('bad-deploy')
  await story.press('aiko', 'api', 'Acknowledge')
  const listed = await types(eve)
  expect(listed.indexOf('🔴')).toBeGreaterThanOrEqual(0)
  expect(listed.indexOf('🔴')).toBeLessThan(listed.indexOf('🟠'))
  expect(listed).toMatch(/Critical · since <!date\^.*\*Owner:\* <@U0AIKO00001> since/)
  expect(listed).toContain('*Owner:* nobody yet')
  expect(listed.match(/\*Next:\*/g)).toHaveLength(2)
  expect(listed.match(/\|Open its message>/g)).toHaveLength(2)
  expect(listed).toContain('What else there is: /incident help')
  expect(await types(yui)).toContain('ほかにできること：/incident help')
}, 60_000)

it('help names every word, and the list too', async () => {
  story = await startStory()
  const help = await types(aiko, 'help')
  for (const line of ['*/incident* – ', '*/incident key*', '*/incident rollback*', '*/incident help*'])
    expect(help).toContain(line)
  expect(await types(aiko, 'coffee')).toContain('There is no “coffee”.')
})

it('a table that does not answer is told, in time', async () => {
  story = await startStory()
  story.cloud.faults.add({ match: ({ operation }) => operation === 'Query', kind: 'hang' })
  expect(await types(aiko)).toContain('The open incidents could not be read. Please type it again.')
  story.cloud.faults.clear()
})
