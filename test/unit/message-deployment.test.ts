import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Bulletin, linkedIn } from '../../bot/bulletin/bulletin.ts'
import type { DeploymentFacts } from '../../bot/bulletin/deployment.ts'
import { bulletinMessage } from '../../bot/message/bulletin-message.ts'
import type { Look } from '../../bot/message/look.ts'
import { aLook, bothLooks } from '../support/builders.ts'
import { aBulletin, aDeployment, aRunningDeployment } from '../support/bulletin-builders.ts'
import { at } from '../support/incident-builders.ts'
import { bulletin } from '../support/random-bulletins.ts'
import { weird } from '../support/random-values.ts'
import { linesOf } from '../support/seen.ts'
import { expectSendable } from '../support/sendable.ts'

const linked = ({ incident: about }: DeploymentFacts, link: string | undefined) =>
  new Map(about && link !== undefined ? [[about.id, link]] : [])
const drawn = (facts: DeploymentFacts, look: Look = aLook(), link?: string) =>
  bulletinMessage(aBulletin(facts), look, linked(facts, link))
/** Dates as their fallback alone. */
const lines = (facts: DeploymentFacts, look?: Look, link?: string) =>
  linesOf(drawn(facts, look, link)).map((line) => line.replace(/<!date[^|]*\|2026-11-23 ([^>]*)>/g, '$1'))

const stopped = { status: 'stopped', endedAt: at('03:03') } as const
const alarm = {
  code: 'ALARM_ACTIVE',
  message: 'One or more alarms have been activated. Activated alarms: <LambdaErrorAlarm, NewVersionErrorAlarm>',
}
const undo = { deployment: 'd-43', status: 'started', startedAt: at('03:03') } as const
const takenBack = { by: 'U1', from: '42', to: '41', at: at('03:12'), outcome: 'helped' } as const
const incident = { id: 'api-20261123T031200Z', service: 'api' }

it.each<[string, DeploymentFacts, string, string[]]>([
  ['one that begins', aRunningDeployment(), '🚀 API v41 → v42: deployment started', []],
  ['one that waits', aRunningDeployment({ status: 'created' }), '🚀 API v41 → v42: deployment is about to start', []],
  ['a canary', aRunningDeployment({ canaryPercent: 10 }), '🐤 API v41 → v42: canary with 10 % of the traffic', []],
  [
    'one that ended well',
    aDeployment(),
    '✅ API v41 → v42: deployed, all traffic',
    ['v42 has all the traffic since 03:05 UTC.'],
  ],
  [
    'one that failed',
    aDeployment({ status: 'failed', error: { code: 'HOOK', message: 'The hook said <no>.' } }),
    '❌ API v41 → v42: deployment failed',
    ['Failed (03:05 UTC): The hook said &lt;no&gt;.'],
  ],
  [
    'one that alarms stopped',
    aDeployment({ ...stopped, error: alarm }),
    '🛑 API v41 → v42: deployment stopped',
    ['Stopped (03:03 UTC): an alarm rang, LambdaErrorAlarm, NewVersionErrorAlarm.'],
  ],
  [
    'one being undone',
    aDeployment({ ...stopped, undoneBy: undo }),
    '↩️ API v41 → v42: being rolled back automatically',
    ['Stopped (03:03 UTC).', 'CodeDeploy is putting v41 back by `d-43` since 03:03 UTC.'],
  ],
  [
    'one that was undone',
    aDeployment({ ...stopped, undoneBy: { ...undo, status: 'succeeded', endedAt: at('03:04') } }),
    '↩️ API v41 → v42: rolled back automatically',
    ['Stopped (03:03 UTC).', 'Rolled back automatically to v41, by `d-43` (03:04 UTC), took 1 min.'],
  ],
  [
    'one whose undoing failed',
    aDeployment({ ...stopped, undoneBy: { ...undo, status: 'failed', endedAt: at('03:04') } }),
    '🚨 API v41 → v42: the automatic rollback failed',
    [
      'Stopped (03:03 UTC).',
      "CodeDeploy's own rollback `d-43` failed (03:04 UTC). Look where the alias points: both versions may get traffic.",
    ],
  ],
  [
    'one that an incident took back',
    aDeployment({ incident, takenBack }),
    '↩️ API v41 → v42: rolled back',
    ['Rolled back v42 → v41 by <@U1> (03:12 UTC), it helped.', 'Incident: `api-20261123T031200Z`'],
  ],
  [
    'one that nobody can follow',
    aRunningDeployment({ lost: true }),
    '❔ API v41 → v42: nobody knows how it ended',
    ['CodeDeploy does not tell any more how it ended.'],
  ],
])('%s', (_title, facts, headline, outcome) => {
  const [first, about, times, ...rest] = lines(facts)
  expect([first, about]).toEqual([headline, '`crypto-watch-api-function` · `abc1234` by Ren Ito “Show decimals”'])
  expect(times).toMatch(/^Started 03:00 UTC( · took \d min)?$/)
  expect(rest).toEqual([...outcome, 'Deployment `d-42`'])
})

it('without blocks it reads as a sentence, with the author', () => {
  expect(drawn(aDeployment()).text).toBe('✅ API v41 → v42: deployed, all traffic · Ren Ito')
})

it('the updater of another stage, in Japanese, with links', () => {
  const look = aLook({ language: 'ja', stage: 'staging', repository: 'example/crypto-watch' })
  const facts = aDeployment({
    role: 'updater',
    commits: { older: '0123456', newer: 'abc1234' },
    undoneBy: { ...undo, status: 'succeeded', endedAt: at('03:04') },
    ...stopped,
    error: alarm,
    incident,
  })
  expect(lines(facts, look, 'https://example.com/a')).toEqual([
    '↩️ 価格更新 v41 → v42：自動ロールバック済み',
    '`crypto-watch-price-update-function-staging` · <https://github.com/example/crypto-watch/commit/abc1234|abc1234> Ren Ito 「Show decimals」 · <https://github.com/example/crypto-watch/compare/0123456...abc1234|差分>',
    '開始 03:00 UTC · 所要時間 3分',
    '03:03 UTCに停止しました：アラーム（LambdaErrorAlarm, NewVersionErrorAlarm）が発報したためです。',
    '03:04 UTCに`d-43`でv41に自動ロールバックしました。所要時間 1分。',
    'インシデント：`api-20261123T031200Z` · <https://example.com/a|スレッドへ>',
    'デプロイ `d-42`',
  ])
})

it('of which little is known says that little', () => {
  const facts: DeploymentFacts = { kind: 'deployment', role: 'api', deployment: 'd-1', status: 'started', asked: true }
  expect(lines(facts)).toEqual([
    '🚀 API a new version: deployment started',
    '`crypto-watch-api-function`',
    'Deployment `d-1`',
  ])
})

it('what is made up is what the record takes', () => {
  for (const made of fc.sample(bulletin, 300)) expect(Bulletin.safeParse(made).error).toBeUndefined()
})

it('10,000 bulletins, in both languages: every message stays within what Slack takes and pings nobody', () => {
  const looks = bothLooks.flatMap((look) => [look, { ...look, repository: 'example/crypto-watch' }])
  const run = fc.property(bulletin, fc.oneof(weird, fc.constant('https://example.com/a')), (made, link) => {
    const links = new Map(linkedIn(made).map(({ id }) => [id, link]))
    for (const look of looks) expectSendable(bulletinMessage(made, look, links))
  })
  fc.assert(run, { numRuns: 10_000, interruptAfterTimeLimit: 110_000, markInterruptAsFailure: true })
}, 120_000)
