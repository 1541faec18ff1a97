import { expect, it } from 'vitest'
import { guidanceFor } from '../../common/runbook/runbook.ts'
import { createApiWorld, throttled } from '../support/api-world.ts'

const slow = (api: ReturnType<typeof createApiWorld>) =>
  api.log.lines.filter(({ message }) => message === 'a request was slow').map(({ details }) => details)

it('a request that takes longer than a second is told, with the field that the runbook looks for', async () => {
  const api = createApiWorld({ tableTakes: 1_200 })
  expect((await api.ask('/v1/prices?ids=bitcoin')).status).toBe(200)
  const [told] = slow(api)
  expect(told).toMatchObject({ requestId: 'r-1', route: 'listPrices' })
  expect(Reflect.get(told ?? {}, 'duration')).toBeGreaterThan(1_000)
  expect(guidanceFor('ApiLatencyP95Alarm', 'en')?.logs).toEqual([{ group: 'api', pattern: '{ $.duration > 1000 }' }])
})

it('so is one that failed slowly', async () => {
  const api = createApiWorld({ tableTakes: 1_200, tableFails: throttled() })
  await api.ask('/v1/prices?ids=bitcoin')
  expect(slow(api)).toHaveLength(1)
})

it('a request within a second leaves no line', async () => {
  const api = createApiWorld({ tableTakes: 900 })
  await api.ask('/v1/prices?ids=bitcoin')
  expect(slow(api)).toEqual([])
})
