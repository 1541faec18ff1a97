import { expect, it } from 'vitest'
import { identify } from '../../bot/in/alarm-identity.ts'
import { readAlarmMessage } from '../../bot/in/alarm-message.ts'
import { fixture, fixtureText } from '../support/fixture.ts'

/** What an alarm message is taken for, as service and change. */
function taken(message: string | object, stage = 'prod') {
  const read = readAlarmMessage(typeof message === 'string' ? message : JSON.stringify(message), stage)
  if (read.is !== 'alarm') throw new Error(`taken for ${read.is}`)
  return identify(read.alarm, stage)
}

it('a metric alarm that is not in the list belongs to the service its dimensions name', () => {
  expect(taken(fixtureText('metric-alarm'))).toEqual({
    service: 'api',
    change: {
      name: 'api-memory-high',
      state: 'ALARM',
      changedAt: '2026-11-23T03:00:00.000Z',
      reason: expect.stringMatching(/^Threshold Crossed: 1 out of the last 1 datapoints/),
      value: 481.25,
      threshold: 460,
      severity: 'Critical',
    },
  })
})

it('a metric-math alarm of the list has its service, severity and threshold from the list', () => {
  expect(taken(fixtureText('metric-math-alarm'))).toMatchObject({
    service: 'api',
    change: { name: 'LambdaErrorAlarm', listed: 'LambdaErrorAlarm', value: 12.4, threshold: 5, severity: 'Critical' },
  })
})

it('a metric-math alarm outside the list is known by the dimensions of its metrics', () => {
  expect(taken(fixture('metric-math-alarm', { AlarmName: 'errors-slow-burn' }))).toMatchObject({
    service: 'api',
    change: { name: 'errors-slow-burn', severity: 'High' },
  })
})

it('a composite alarm has no dimensions and stands for itself', () => {
  const { service, change } = taken(fixtureText('composite-alarm'))
  expect(service).toBe('checkout-degraded')
  expect(change).toEqual({
    name: 'checkout-degraded',
    state: 'ALARM',
    changedAt: '2026-11-23T03:00:02.417Z',
    reason: expect.stringContaining('transitioned to ALARM'),
    severity: 'High',
  })
})

it.each(['OK', 'INSUFFICIENT_DATA'] as const)('a change to %s is a change like any other', (state) => {
  expect(taken(fixture('metric-alarm', { NewStateValue: state }))).toMatchObject({ service: 'api', change: { state } })
})

it('an SNS envelope and raw delivery say the same', () => {
  const enveloped = fixture('sns-envelope', { Message: fixtureText('metric-math-alarm') })
  expect(taken(enveloped)).toEqual(taken(fixtureText('metric-math-alarm')))
})

it.each([
  ['2026-11-23T03:00:00.000+0000', '2026-11-23T03:00:00.000Z'],
  ['2026-11-23T12:00:00.000+0900', '2026-11-23T03:00:00.000Z'],
  ['2026-11-22T21:30:00.000-0530', '2026-11-23T03:00:00.000Z'],
  ['2026-11-23T03:00:00Z', '2026-11-23T03:00:00.000Z'],
])('the time %s is %s', (written, meant) => {
  expect(taken(fixture('metric-alarm', { StateChangeTime: written })).change.changedAt).toBe(meant)
})

it.each([
  'yesterday',
  '',
  '2026-13-45T99:00:00.000+0000',
  '+200000-01-01T00:00:00.000Z',
  '-000500-01-01T00:00:00.000Z',
])('the time "%s" is not readable, and not a moment that could be stored', (written) => {
  expect(() => taken(fixture('metric-alarm', { StateChangeTime: written }))).toThrow('2026-11-23T03:00:00.000+0000')
})

it('on staging the suffix is stripped, and names of staging count', () => {
  const listed = fixture('metric-math-alarm', { AlarmName: 'LambdaErrorAlarm-staging' })
  expect(taken(listed, 'staging')).toMatchObject({
    service: 'api',
    change: { name: 'LambdaErrorAlarm-staging', listed: 'LambdaErrorAlarm', severity: 'Critical' },
  })
  const foreign = {
    ...fixture('metric-alarm'),
    Trigger: { Dimensions: [{ name: 'TableName', value: 'crypto-watch-data-staging' }], Threshold: 1 },
  }
  expect(taken(foreign, 'staging').service).toBe('table')
  expect(taken(foreign, 'prod').service).toBe('api-memory-high')
})

it.each([
  [{ name: 'FunctionName', value: 'crypto-watch-api-function' }, 'api'],
  [{ name: 'Resource', value: 'crypto-watch-api-function:live' }, 'api'],
  [{ name: 'ApiName', value: 'crypto-watch-api' }, 'api'],
  [{ name: 'FunctionName', value: 'crypto-watch-price-update-function' }, 'updater'],
  [{ name: 'TableName', value: 'crypto-watch-data' }, 'table'],
  [{ name: 'TableName', value: 'crypto-watch-incidents' }, 'disk'],
  [{ name: 'QueueName', value: 'orders' }, 'disk'],
])('the dimension %o belongs to %s', (dimension, service) => {
  expect(
    taken({ ...fixture('metric-alarm', { AlarmName: 'disk' }), Trigger: { Dimensions: [dimension] } }).service,
  ).toBe(service)
})

it.each([
  ['[critical] disk', null, 'Critical'],
  ['disk', 'Severity: Medium', 'Medium'],
  ['disk-low', null, 'Low'],
  ['disk-low', 'Severity: critical', 'Critical'],
  ['low-disk', 'A critical one', 'Critical'],
  ['disk', 'Look at the lowest value', 'High'],
  ['disk', '', 'High'],
])('"%s" described as "%s" is %s', (AlarmName, AlarmDescription, severity) => {
  expect(taken(fixture('composite-alarm', { AlarmName, AlarmDescription })).change.severity).toBe(severity)
})

it.each(['api', 'updater', 'table'])(
  'an alarm that happens to be called %s is not taken for that service',
  (AlarmName) => {
    expect(taken(fixture('composite-alarm', { AlarmName })).service).toBe(`alarm-${AlarmName}`)
  },
)

it.each(['constructor', '__proto__', 'toString'])('an alarm called %s is one like any other', (AlarmName) => {
  const { service, change } = taken(fixture('metric-alarm', { AlarmName }))
  expect(service).toBe('api')
  expect(change.name).toBe(`alarm-${AlarmName}`)
})

it.each(['[1e999 (23/11/26 02:59:00)]', '[1e300 (23/11/26 02:59:00)]', '[1e-300 (23/11/26 02:59:00)]'])(
  'a datapoint that no table can hold, %s, is left out',
  (reason) => {
    expect(taken(fixture('metric-alarm', { NewStateReason: reason })).change).not.toHaveProperty('value')
  },
)

it('a deployment says which one of which function', () => {
  expect(readAlarmMessage(fixtureText('codedeploy-state-change'), 'prod')).toEqual({
    is: 'deployment',
    role: 'api',
    deployment: 'd-123456789',
    state: 'FAILURE',
  })
})

it('a deployment of somebody else, and any other event, are not ours', () => {
  const { detail, ...event } = fixture('codedeploy-state-change')
  const other = { ...event, detail: { ...Object(detail), deploymentGroup: 'website' } }
  expect(readAlarmMessage(JSON.stringify(other), 'prod')).toEqual({ is: 'unrelated', what: 'a deployment of website' })
  expect(readAlarmMessage(fixtureText('ec2-state-change'), 'prod')).toEqual({
    is: 'unrelated',
    what: 'aws.ec2: EC2 Instance State-change Notification',
  })
})

it.each([
  'not JSON',
  '',
  'null',
  '[]',
  '"text"',
  '{}',
  '{"Type":"Notification"}',
  '{"Type":"Notification","Message":"no alarm"}',
  '{"Type":"Notification","Message":"null"}',
  '{"source":"aws.codedeploy","detail-type":"x","detail":{}}',
])('%s is not readable', (body) => {
  expect(() => readAlarmMessage(body, 'prod')).toThrow()
})
