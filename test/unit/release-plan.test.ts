import { describe, expect, it } from 'vitest'
import { parseDescription } from '../../bot/incident/evidence.ts'
import { newVersionBrake } from '../../common/new-version-brake.ts'
import type { Deployment } from '../../infra/release/aws-deployments.ts'
import { describeDeployment, describeVersion } from '../../infra/release/describe.ts'
import { type Beginning, begin, plan, type Releasable } from '../../infra/release/plan.ts'

const functionName = 'crypto-watch-api-function'

const aDeployment = (change: Partial<Deployment> = {}): Deployment => ({
  id: 'd-AAAAAAAA1',
  status: 'InProgress',
  description: '4f6c1d2 by Ren Ito: Show decimals',
  createdAt: new Date('2026-11-23T03:00:00.000Z'),
  from: '41',
  to: '42',
  isRollback: false,
  ...change,
})

describe('the beginning', () => {
  const aBeginning = (change: Partial<Beginning> = {}): Beginning => ({
    functionName,
    live: { version: '41', weights: {} },
    commit: '4f6c1d2',
    sha: 'new',
    underWay: undefined,
    ...change,
  })

  it('publishes when nothing is in the way', () => {
    expect(begin(aBeginning())).toEqual({ is: 'publish' })
  })

  it('goes on with the deployment of this very release, whose canary is on the alias', () => {
    const underWay = { ...aDeployment(), sha: 'new' }
    const live = { version: '41', weights: { '42': 0.1 } }
    expect(begin(aBeginning({ underWay, live }))).toEqual({ is: 'follow', deployment: underWay })
  })

  it.each([
    [
      'of another commit',
      { ...aDeployment({ description: 'b7e9a10 by Aiko: Else' }), sha: 'new' },
      'v41 → v42, b7e9a10 by Aiko: Else',
    ],
    ['of other code', { ...aDeployment(), sha: 'other' }, 'v41 → v42, 4f6c1d2 by Ren Ito: Show decimals'],
    ['of a version that is gone', aDeployment({ description: '' }), 'v41 → v42, without a description'],
    [
      'that takes one back',
      { ...aDeployment({ isRollback: true }), sha: 'new' },
      'CodeDeploy is taking a version back',
    ],
  ])('refuses beside a deployment %s, and names it', (_, underWay, what) => {
    expect(begin(aBeginning({ underWay }))).toEqual({
      is: 'refused',
      why: 'deployment-under-way',
      sentence: `The deployment d-AAAAAAAA1 of crypto-watch-api-function is under way (${what}). Wait for its end and deploy again, or stop it: aws deploy stop-deployment --deployment-id d-AAAAAAAA1 --auto-rollback-enabled`,
    })
  })

  it('refuses an alias that a stopped deployment left at two versions, with the command that ends it', () => {
    expect(begin(aBeginning({ live: { version: '41', weights: { '42': 0.1 } } }))).toEqual({
      is: 'refused',
      why: 'two-versions',
      sentence:
        'live of crypto-watch-api-function points at v41 and v42 (10 %): a deployment that was stopped left them. Give all traffic to one and deploy again: ' +
        "aws lambda update-alias --function-name crypto-watch-api-function --name live --function-version 41 --routing-config 'AdditionalVersionWeights={}'",
    })
  })
})

describe('the plan', () => {
  const brakes = [
    { name: 'LambdaErrorAlarm-staging', state: 'quiet' },
    { name: 'ApiGateway5xxAlarm-staging', state: 'quiet' },
  ] as const
  const [errors, gateway] = brakes
  const ringing = [{ ...errors, state: 'rings' }, gateway] as const
  const aRelease = (change: Partial<Releasable> = {}): Releasable => ({
    functionName,
    stage: 'staging',
    live: { version: '41', weights: {} },
    version: '42',
    latest: [aDeployment({ status: 'Succeeded', from: '40', to: '41' })],
    brakes,
    ...change,
  })
  const quiet = ['LambdaErrorAlarm-staging', 'ApiGateway5xxAlarm-staging']

  it('deploys from where live points', () => {
    expect(plan(aRelease())).toEqual({ is: 'deploy', from: '41', to: '42', ringing: [], quiet })
  })

  it('has nothing to do for the version that is live, whatever rings', () => {
    expect(plan(aRelease({ version: '41', brakes: ringing }))).toEqual({ is: 'unchanged', version: '41' })
  })

  it('refuses while an alarm rings, and passes over that one alone when told why', () => {
    const seen = aRelease({ brakes: ringing })
    expect(plan(seen)).toEqual({
      is: 'refused',
      why: 'alarm-rings',
      sentence:
        'LambdaErrorAlarm-staging rings, so CodeDeploy would stop v42 of crypto-watch-api-function at once. Wait until it is over; or, if this release is the fix: npm run deploy -- --stage staging --while-alarm-rings "<reason>"',
    })
    expect(plan({ ...seen, whileAlarmRings: 'it ends the errors' })).toEqual({
      is: 'deploy',
      from: '41',
      to: '42',
      ringing: ['LambdaErrorAlarm-staging'],
      quiet: ['ApiGateway5xxAlarm-staging'],
    })
    const both = brakes.map((brake) => ({ ...brake, state: 'rings' as const }))
    expect(plan(aRelease({ brakes: both }))).toMatchObject({
      sentence: expect.stringMatching(/^LambdaErrorAlarm-staging and ApiGateway5xxAlarm-staging ring, so/),
    })
  })

  it('leaves every brake on when the reason is given for nothing', () => {
    expect(plan(aRelease({ whileAlarmRings: 'just in case' }))).toMatchObject({ ringing: [], quiet })
  })

  it('refuses where an alarm is not there, even with a reason', () => {
    const seen = aRelease({ brakes: [errors, { ...gateway, state: 'missing' }], whileAlarmRings: 'x' })
    expect(plan(seen)).toEqual({
      is: 'refused',
      why: 'alarm-missing',
      sentence:
        'CloudWatch has no alarm ApiGateway5xxAlarm-staging, so nothing would stop a bad version of crypto-watch-api-function. Deploy the stacks first.',
    })
  })

  it('refuses a version that was live and was taken back, unless it is wanted once more', () => {
    const seen = aRelease({ latest: [aDeployment({ status: 'Succeeded' })] })
    expect(plan(seen)).toMatchObject({ is: 'refused', why: 'taken-back' })
    expect(plan({ ...seen, again: true })).toMatchObject({ is: 'deploy', to: '42' })
  })

  it.each([
    ['failed its canary', aDeployment({ status: 'Stopped' })],
    ['failed its hook', aDeployment({ status: 'Failed' })],
    ['is what CodeDeploy went back to', aDeployment({ status: 'Succeeded', isRollback: true })],
  ])('tries a version again that %s: its brakes are on', (_, latest) => {
    expect(plan(aRelease({ latest: [latest] }))).toMatchObject({ is: 'deploy' })
  })

  it('needs no alarms for a function without brakes', () => {
    expect(plan(aRelease({ brakes: [] }))).toMatchObject({ is: 'deploy', ringing: [], quiet: [] })
  })
})

describe('a description', () => {
  const change = { commit: '4f6c1d2', author: 'Ren Ito', subject: 'Show decimals' }

  it('is what the bot reads', () => {
    expect(describeVersion(change)).toBe('4f6c1d2 by Ren Ito: Show decimals')
    expect(parseDescription(describeVersion(change))).toEqual(change)
  })

  it('stays readable with a colon in the author and lines in the subject, and as long as Lambda takes it', () => {
    const odd = { commit: '4f6c1d2', author: 'Ren: the 2nd', subject: `First\n\n${'x'.repeat(300)}` }
    const text = describeVersion(odd)
    expect(text).toHaveLength(256)
    expect(parseDescription(text)).toMatchObject({ author: 'Ren the 2nd', subject: expect.stringMatching(/^First x+/) })
  })

  it('of a deployment has the reason why it goes on', () => {
    expect(describeDeployment(change, ['LambdaErrorAlarm'], 'it ends\nthe errors')).toBe(
      '4f6c1d2 by Ren Ito: Show decimals · while LambdaErrorAlarm rings: it ends the errors',
    )
    expect(describeDeployment(change, [], 'for nothing')).toBe('4f6c1d2 by Ren Ito: Show decimals')
  })
})

describe('the brake on the new version', () => {
  it('measures that version behind the alias alone, and tells nobody', () => {
    const dimensions = [
      { Name: 'FunctionName', Value: 'crypto-watch-api-function-staging' },
      { Name: 'Resource', Value: 'crypto-watch-api-function-staging:live' },
      { Name: 'ExecutedVersion', Value: '42' },
    ]
    const sum = (Id: string, MetricName: string) => ({
      Id,
      MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions: dimensions }, Period: 60, Stat: 'Sum' },
      ReturnData: false,
    })
    expect(newVersionBrake('staging', '42')).toEqual({
      AlarmName: 'NewVersionErrorAlarm-staging',
      AlarmDescription:
        'Stops the deployment of version 42 of crypto-watch-api-function-staging for its own errors. Opens no incident.',
      Metrics: [
        {
          Id: 'result',
          Expression: 'IF(calls >= 5, 100 * FILL(errors, 0) / calls, 0)',
          Label: 'Errors of version 42 in percent of its calls',
          ReturnData: true,
        },
        sum('errors', 'Errors'),
        sum('calls', 'Invocations'),
      ],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 5,
      EvaluationPeriods: 2,
      DatapointsToAlarm: 2,
      TreatMissingData: 'notBreaching',
    })
  })
})
