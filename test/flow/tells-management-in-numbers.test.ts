import { afterEach, expect, it } from 'vitest'
import { sampleKey } from '../../sandbox/cloud/gateway/api-keys.ts'
import { type Story, startStory } from '../support/story.ts'

let story: Story
afterEach(() => story.stop())

/** Two people in a row ask for the next level. */
const askManagement = async (service: string) => {
  for (const reason of ['It grows', 'Customers call']) {
    await story.press('aiko', service, 'Escalate')
    await story.submit('aiko', { reason })
  }
}
/** The card of a manager, without the marks of JSON. */
const card = () => {
  const [message] = story.slack.workspace.messages(story.slack.workspace.conversationWith('U0DAN000001').id)
  return JSON.stringify(message).replaceAll('\\n', '\n')
}
const found = (pattern: RegExp): string[] => pattern.exec(card())?.slice(1) ?? []
const number = (text: string | undefined) => Number(text?.replaceAll(',', ''))
/** `1 h 5 min` and `40 s`, in seconds. */
const secondsOf = (text: string | undefined): number =>
  [...(text ?? '').matchAll(/(\d+) (d|h|min|s)/g)].reduce(
    (sum, [, count, unit]) =>
      sum + Number(count) * { d: 86_400, h: 3_600, min: 60, s: 1 }[unit as 'd' | 'h' | 'min' | 's'],
    0,
  )
/** A date of Slack, which every reader sees in an own zone. */
const date = String.raw`<!date\^(\d+)\^[^>]+>`

it('how many requests failed, of how many, and for how long: as the gateway counted them by itself', async () => {
  story = await startStory({ env: { CALL_LIMIT_MS: '2500' } })
  await story.play('bad-deploy')
  await askManagement('api')
  const [failed, total, since, share] = found(
    new RegExp(String.raw`• ([\d,]+) of ([\d,]+) requests failed since ${date} \(([\d.]+) %\)`),
  )
  const [lasted, asOf] = found(new RegExp(`• For ([^(]+) by now \\(${date}\\)`))
  const counted = story.cloud.gateway.accessLog.list().filter(({ at }) => {
    const second = Date.parse(at) / 1000
    return second >= Number(since) && second < Number(asOf)
  })
  const bad = counted.filter(({ status }) => status >= 500)
  expect(bad.length).toBeGreaterThan(10)
  expect([number(failed), number(total)]).toEqual([bad.length, counted.length])
  expect(number(share)).toBeCloseTo((100 * bad.length) / counted.length, 1)
  const { openedAt } = await story.incident('api')
  expect(secondsOf(lasted)).toBe(Number(asOf) - Date.parse(openedAt) / 1000)
}, 120_000)

it('how old the newest prices are: as a customer of the API sees it', async () => {
  story = await startStory({ env: { CALL_LIMIT_MS: '2500' } })
  await story.play('upstream-down')
  story.cloud.traffic.setRequestsPerMinute(0)
  await story.forward(15)
  await askManagement('updater')
  const [age] = found(/• The newest prices are ([^"\n]+) old/)
  const [, asOf] = found(new RegExp(`• For ([^(]+) by now \\(${date}\\)`))
  const headers = { 'x-api-key': sampleKey }
  const answer = await story.cloud.gateway.request({ method: 'GET', path: '/v1/prices/bitcoin', headers })
  const [, updatedAt = ''] = /"updatedAt":"([^"]+)"/.exec(answer.body) ?? []
  expect(secondsOf(age)).toBeGreaterThan(12 * 60)
  expect(secondsOf(age)).toBe(Math.round(Number(asOf) - Date.parse(updatedAt) / 1000))
}, 120_000)
