import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Story, startStory } from '../support/story.ts'

const api = 'crypto-watch-api-function'
const updater = 'crypto-watch-price-update-function'
const aiko = 'U0AIKO00001'
const ben = 'U0BEN000001'

let story: Story
beforeEach(async () => {
  story = await startStory()
  await story.play('concurrency')
})
afterEach(() => story.stop())

const reserved = () => story.cloud.functions.reservedConcurrency(api)
const puts = () =>
  story.cloud.calls
    .of('lambda', 'PutFunctionConcurrency')
    .map(({ input }) => [input.FunctionName, input.ReservedConcurrentExecutions])
const remedy = async () => (await story.incident('api')).remedies?.[0]
const root = () => story.rootText('api')
const thread = async () => (await story.thread('api')).join('\n')
const raise = async (user = 'aiko') => {
  await story.press(user, 'api', 'Raise the concurrency')
  return story.submit(user)
}

it('calls are refused for lack of room: twice as many are reserved, proven when no call is refused, and put back', async () => {
  expect(reserved()).toBe(4)
  await story.press('aiko', 'api', 'Raise the concurrency')
  const modal = story.view(aiko)
  expect(modal).toContain('*Concurrency reserved for the API:* 4 at a time → 8 at a time')
  expect(modal).toContain('*What customers notice:* Requests that were refused with 503 for lack of room are answered.')
  expect(modal).toContain('*What proves it:* no call is refused for some minutes, within 15 min.')
  expect(puts()).toEqual([])

  expect(await story.submit('aiko')).toMatchObject({ ok: true })
  expect(puts()).toEqual([[api, 8]])
  expect(reserved()).toBe(8)
  expect(await root()).toContain(`*Changed:* The API may run 8 calls at a time, by <@${aiko}> since`)
  // The minute of the change still has refused calls in it.
  await story.forward(1)
  expect(await remedy()).toMatchObject({ status: 'applied', missing: 'still-throttled' })
  await story.forward(4)
  expect(await remedy()).toMatchObject({ name: 'raise-concurrency', status: 'proven', from: 4, to: 8 })
  expect(await root()).toContain('Proven: no call has been refused for some minutes.')

  await story.press('ben', 'api', 'Undo: raise the concurrency')
  expect(story.view(ben)).toContain('8 at a time → 4 at a time')
  await story.submit('ben')
  expect(puts()).toEqual([
    [api, 8],
    [api, 4],
  ])
  expect(reserved()).toBe(4)
  expect(await thread()).toContain(`Undone by <@${ben}>. Concurrency reserved for the API: 8 at a time → 4 at a time.`)
})

it('where nothing is reserved the modal says why a reservation would make it worse, and cannot be confirmed', async () => {
  story.cloud.functions.setReservedConcurrency(api, undefined)
  await story.press('aiko', 'api', 'Raise the concurrency')
  expect(story.view(aiko)).toContain('Nothing is reserved for the API')
  expect(story.view(aiko)).toContain('A reservation would be a limit and lower that.')
  expect(story.view(aiko)).not.toContain('Apply')
  expect([await remedy(), puts()]).toEqual([undefined, []])
})

it('a function that was stopped by reserving nothing is not started again', async () => {
  story.cloud.functions.setReservedConcurrency(api, 0)
  await story.press('aiko', 'api', 'Raise the concurrency')
  expect(story.view(aiko)).not.toContain('Apply')
  expect([reserved(), puts()]).toEqual([0, []])
})

it('where the account has no room the modal says where its limit is raised', async () => {
  // All but what AWS keeps for functions that reserve nothing.
  story.cloud.functions.setReservedConcurrency(updater, 896)
  await story.press('aiko', 'api', 'Raise the concurrency')
  expect(story.view(aiko)).toContain('The account has nothing left to reserve (it is 4 at a time now).')
  expect(story.view(aiko)).toContain('Service Quotas → AWS Lambda → Concurrent executions')
  expect(story.view(aiko)).not.toContain('Apply')
  expect(puts()).toEqual([])
})

it('with little room it takes what there is', async () => {
  story.cloud.functions.setReservedConcurrency(updater, 894)
  await raise()
  expect(puts()).toEqual([[api, 6]])
})

it('somebody changed it after the modal was filled: it is left as it is, and said', async () => {
  await story.press('aiko', 'api', 'Raise the concurrency')
  story.cloud.functions.setReservedConcurrency(api, 5)
  await story.submit('aiko')
  expect([reserved(), puts()]).toEqual([5, []])
  expect(await remedy()).toMatchObject({ status: 'failed', why: 'changed-meanwhile' })
  expect(await thread()).toContain(
    'Somebody has changed the setting since; it is now 5 at a time. It was left as it is.',
  )
})

it('somebody changed it while the proof was awaited: it is overtaken, and there is nothing to undo', async () => {
  await raise()
  story.cloud.functions.setReservedConcurrency(api, 20)
  await story.forward(1)
  expect(await remedy()).toMatchObject({ status: 'overtaken', now: 20 })
  expect(await thread()).toContain('8 at a time → 20 at a time. There is nothing left to undo.')
  expect(await root()).not.toContain('Undo: raise the concurrency')
})

it('somebody took the room after the modal was filled: AWS refuses, and the thread says what it said', async () => {
  await story.press('aiko', 'api', 'Raise the concurrency')
  story.cloud.functions.setReservedConcurrency(updater, 896)
  await story.submit('aiko')
  expect(reserved()).toBe(4)
  expect(await remedy()).toMatchObject({ status: 'failed', why: 'aws-refused' })
  expect(await thread()).toContain('AWS refused the change. AWS said: “InvalidParameterValueException')
})
