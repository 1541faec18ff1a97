import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { byTheClock } from '../support/by-the-clock.ts'
import { devChannel, incidentsChannel, type Story, startStory } from '../support/story.ts'
import { textsIn } from '../support/trouble.ts'

let story: Story
let clock: ReturnType<typeof byTheClock>
// Monday, noon in Tokyo.
beforeEach(async () => {
  story = await startStory({ start: new Date('2026-11-23T02:59:00.000Z') })
  clock = byTheClock(story)
  story.cloud.traffic.setRequestsPerMinute(0)
})
afterEach(() => story.stop())

const queue = 'QueueAge'
const pages = () => ({
  developers: textsIn(story, devChannel).length,
  managers: textsIn(story, incidentsChannel).filter((text) => text.includes('Your decision is needed')).length,
})

describe('Critical since 03:00:00, to be answered within 15 minutes', () => {
  beforeEach(() => clock.rings('03:00:00', queue))

  it('nobody answers: the developers at 03:15:00, management at 04:15:00, once more at 04:30:00, and then no more', async () => {
    await clock.until('03:14:59')
    expect(pages()).toEqual({ developers: 0, managers: 0 })
    await clock.until('03:15:00')
    expect(pages()).toEqual({ developers: 1, managers: 0 })
    await clock.until('04:14:59')
    expect(pages()).toEqual({ developers: 1, managers: 0 })
    await clock.until('04:46:00')
    expect(pages()).toEqual({ developers: 1, managers: 1 })
    expect(await clock.calls(queue)).toEqual([
      '03:15:00 level 2: not-acknowledged',
      '04:15:00 level 3: level-2-lasts',
      '04:30:00 asked-again',
    ])
  })

  it('acknowledged at 03:14:59: nobody at 03:15:00, and the silent owner is reminded at 03:30, 03:45 and 04:00, no more', async () => {
    await clock.press('03:14:59', 'aiko', queue, 'Acknowledge')
    await clock.until('04:16:00')
    // An alarm without a duration of its own goes no further while somebody has it.
    expect(await clock.calls(queue)).toEqual(['03:30:00 owner-reminded, ×3 until 04:00:00'])
    expect(pages()).toEqual({ developers: 0, managers: 0 })
  })

  it('taken over at level 3, at 04:20:00: management is not asked again at 04:30:00', async () => {
    await clock.pressOnCard('04:20:00', 'dan', 'U0DAN000001', 'Take over')
    await clock.until('04:34:00')
    expect(await clock.calls(queue)).toEqual(['03:15:00 level 2: not-acknowledged', '04:15:00 level 3: level-2-lasts'])
    expect((await story.incident(queue)).owner).toMatchObject({ user: 'U0DAN000001', at: '2026-11-23T04:20:00.000Z' })
  })

  it('clears at 03:14:30, due at 03:15:00: nobody is called, and it is over at 03:20:00', async () => {
    await clock.clears('03:14:30', queue)
    await clock.until('03:40:00')
    expect(await clock.calls(queue)).toEqual(['03:20:00 resolved'])
    expect(pages().developers).toBe(0)
  })

  it('clears at 03:15:00, when the sweep has called the developers: their page stays one, and ends with it', async () => {
    await clock.clears('03:15:00', queue)
    await clock.until('03:22:00')
    expect(await clock.calls(queue)).toEqual(['03:15:00 level 2: not-acknowledged', '03:20:00 resolved'])
    expect(textsIn(story, devChannel)).toEqual([expect.stringContaining('✓')])
  })

  it.each([
    ['clears at 03:05:10, Escalate at 03:05:40', ['clears', 'escalates']],
    ['Escalate at 03:05:10, clears at 03:05:40', ['escalates', 'clears']],
  ])('%s: a person is heard, once, and the end comes all the same', async (_title, order) => {
    for (const [index, what] of order.entries()) {
      const when = ['03:05:10', '03:05:40'][index] ?? ''
      if (what === 'clears') await clock.clears(when, queue)
      else await clock.press(when, 'aiko', queue, 'Escalate', { reason: 'I cannot tell why' })
    }
    await clock.until('04:10:00')
    expect(pages().developers).toBe(1)
    const asked = order[0] === 'clears' ? '03:05:40' : '03:05:10'
    expect(await clock.calls(queue)).toEqual([`${asked} level 2: asked-by-person`, '03:11:00 resolved'])
  })
})

it('by its own duration: throttled since 03:00:00, acknowledged, and with the developers at 03:03:00', async () => {
  await clock.rings('03:00:00', 'LambdaThrottleAlarm')
  await clock.press('03:01:00', 'aiko', 'api', 'Acknowledge')
  await clock.until('03:02:59')
  expect(await clock.calls('api')).toEqual([])
  await clock.until('03:03:00')
  expect(await clock.calls('api')).toEqual(['03:03:00 level 2: alarm-lasts'])
  expect(textsIn(story, devChannel)).toHaveLength(1)
})

it('held at 03:10:00 by its owner until 03:25:00: the developers at 03:25:00, not at 03:15:00', async () => {
  await clock.rings('03:00:00', 'LambdaErrorAlarm')
  await clock.press('03:02:00', 'aiko', 'api', 'Acknowledge')
  await clock.press('03:10:00', 'aiko', 'api', 'Hold 15 min', { reason: 'The provider calls back' })
  await clock.until('03:24:59')
  expect(await clock.calls('api')).toEqual([])
  await clock.until('03:25:00')
  expect(await clock.calls('api')).toEqual(['03:25:00 owner-reminded', '03:25:00 level 2: alarm-lasts'])
})
