import { describe, expect, it } from 'vitest'
import { logWindow } from '../../bot/incident/log-window.ts'
import { insightsLink } from '../../bot/message/aws-links.ts'
import { linkLine } from '../../bot/message/log-part.ts'
import { readBotSettings } from '../../bot/settings.ts'
import { names } from '../../common/names.ts'
import { botEnvironment } from '../../sandbox/bot-environment.ts'
import { aLook, anEvidence, anIncident, later, noon } from '../support/builders.ts'

const tokyo = 'https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1'
const ireland = 'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1'

it('Logs Insights opens with query, log and time filled in, written as the console itself writes them', () => {
  const window = { functions: ['api' as const], errorsFrom: later(-10), requestsFrom: later(-2) }
  expect(insightsLink({ home: tokyo, stage: 'prod' }, window, undefined)).toBe(
    'https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1#logsV2:logs-insights$3FqueryDetail$3D' +
      '$257E$2528end$257E$25272026-11-23T04*3a00*3a00.000Z$257Estart$257E$25272026-11-23T02*3a50*3a00.000Z' +
      '$257EtimeType$257E$2527ABSOLUTE$257Etz$257E$2527UTC$257EeditorString$257E$2527' +
      'fields*20*40timestamp*2c*20*40message*2c*20*40logStream*0a' +
      '*7c*20filter*20*40message*20like*20*2fERROR*7cWARN*7cTask*20timed*20out*7cRuntime*20exited*2f*0a' +
      '*7c*20sort*20*40timestamp*20desc*0a*7c*20limit*20100' +
      '$257Esource$257E$2528$257E$2527*2faws*2flambda*2fcrypto-watch-api-function$2529$2529',
  )
})

it('decoded as the console does, the link is the query', () => {
  const window = { functions: ['api' as const, 'updater' as const], errorsFrom: later(-10), requestsFrom: later(-2) }
  const link = insightsLink({ home: tokyo, stage: 'staging' }, window, later(200))
  const detail = decodeURIComponent(decodeURIComponent((link.split('#')[1] ?? '').replaceAll('$', '%')))
  expect(decodeURIComponent(detail.replaceAll('*', '%'))).toBe(
    "logsV2:logs-insights?queryDetail=~(end~'2026-11-23T06:20:00.000Z~start~'2026-11-23T02:50:00.000Z" +
      "~timeType~'ABSOLUTE~tz~'UTC~editorString~'fields @timestamp, @message, @logStream\n" +
      '| filter @message like /ERROR|WARN|Task timed out|Runtime exited/\n| sort @timestamp desc\n| limit 100' +
      "~source~(~'/aws/lambda/crypto-watch-api-function-staging~'/aws/lambda/crypto-watch-price-update-function-staging))",
  )
})

describe('the line of links', () => {
  it('is one context line, and no buttons', () => {
    const [block, ...more] = linkLine(anIncident({ evidence: anEvidence() }), aLook({ awsConsole: tokyo }))
    expect(more).toEqual([])
    expect(block).toMatchObject({ type: 'context' })
    const home = 'https://ap-northeast-1\\.console\\.aws\\.amazon\\.com/cloudwatch/home\\?region=ap-northeast-1'
    expect(JSON.stringify(block)).toMatch(
      new RegExp(
        `"<${home}#logsV2:[^|>]+\\|Logs Insights> · <${home}#xray:traces/query\\|X-Ray> · <${home}#dashboards/dashboard/crypto-watch\\|Dashboard>"`,
      ),
    )
  })

  it('is not there without a console, or for what is none of ours', () => {
    expect(linkLine(anIncident(), aLook())).toEqual([])
    expect(linkLine(anIncident({ service: 'queue-depth' }), aLook({ awsConsole: tokyo }))).toEqual([])
  })
})

describe('the console', () => {
  const places = {
    cloudEndpoint: 'http://127.0.0.1:1',
    account: '123456789012',
    topicArn: 'arn',
    mailTopicArn: 'arn',
    slackApiUrl: 'http://127.0.0.1:2/api/',
    apiUrl: 'http://127.0.0.1:3',
    names: names('prod'),
    stage: 'prod',
  }
  const { AWS_ENDPOINT_URL: _sandbox, ...onAws } = botEnvironment(places, {})

  it.each([
    [{}, tokyo],
    [{ AWS_REGION: undefined }, tokyo],
    [{ AWS_REGION: 'eu-west-1' }, ireland],
    [{ AWS_REGION: 'cn-north-1' }, undefined],
    [{ AWS_REGION: 'us-gov-west-1' }, undefined],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, undefined],
    [{ AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://127.0.0.1:1' }, undefined],
  ])('with %o it is %s', (change, address) => {
    expect(readBotSettings({ ...onAws, ...change }).awsConsole).toEqual(address)
  })

  it('is in a region, and in nothing else', () => {
    const settings = { ...onAws, AWS_REGION: 'evil.example/' }
    expect(() => readBotSettings(settings)).toThrow('AWS_REGION: expected an AWS region')
  })
})

describe('what of the logs is read', () => {
  it('begins before the alarm, at most an hour ago', () => {
    const incident = anIncident()
    expect(logWindow(incident, noon)).toEqual({
      functions: ['api'],
      errorsFrom: later(-10),
      requestsFrom: later(-2),
    })
    expect(logWindow(incident, later(300))).toMatchObject({ errorsFrom: later(240), requestsFrom: later(240) })
  })

  it.each([
    ['updater', ['updater']],
    ['table', ['api', 'updater']],
  ])('of %s are the logs of %j', (service, functions) => {
    expect(logWindow(anIncident({ service }), noon)?.functions).toEqual(functions)
  })

  it('is nothing for what is none of ours', () => {
    expect(logWindow(anIncident({ service: 'queue-depth' }), noon)).toBeUndefined()
  })
})
