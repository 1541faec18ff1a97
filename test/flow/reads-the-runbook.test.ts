import { afterEach, expect, it } from 'vitest'
import { type Story, startStory } from '../support/story.ts'

let story: Story
afterEach(() => story.stop())

it('woken on a phone: the message has three steps, and Runbook shows all of it, the likely case first', async () => {
  story = await startStory()
  await story.play('bad-deploy')
  const before = await story.incident('api')
  expect(await story.rootText('api')).toContain('3. Provider or table at fault: a rollback does not help.')

  expect(await story.press('aiko', 'api', 'Runbook')).toMatchObject({ ok: true, ephemeral: [] })
  const view = story.view('U0AIKO00001')
  expect(view).toContain('The first case is the likely one: v42 was deployed')
  expect(view).toContain('4. Find out how far it reaches')
  expect(view).toContain('aws logs tail /aws/lambda/crypto-watch-api-function --since 15m --filter-pattern ERROR')
  expect(view).toContain('*Time-outs*')
  expect(await story.incident('api')).toEqual(before)
})

it('anybody who sees the message may read it, in the own language', async () => {
  story = await startStory({ env: { SLACK_LANGUAGE: 'ja' } })
  await story.play('upstream-down')
  expect(await story.press('eve', 'updater', 'ランブック')).toMatchObject({ ok: true, ephemeral: [] })
  expect(story.view('U0EVE000001')).toContain('503: the provider is down')
  await story.press('yui', 'updater', 'ランブック')
  const view = story.view('U0YUI000001')
  expect(view).toContain('価格取得元への呼び出しの失敗率')
  expect(view).toContain('*503：取得元の停止*')
  expect(view).toMatch(/失敗した呼び出し(\d+)件中\1件の応答が5xxだったため、可能性の高いケースを先頭に表示しています。/)
})
