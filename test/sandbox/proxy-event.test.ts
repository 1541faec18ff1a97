import { expect, it } from 'vitest'
import { matchRoute, proxyEvent } from '../../sandbox/cloud/gateway/proxy-event.ts'

const key = {
  id: 'key0000001',
  name: 'somebody',
  value: 'the-value-of-a-key',
  enabled: true,
  plan: 'trial',
  createdAt: '2026-11-23T00:00:00.000Z',
} as const
const about = { requestId: 'a-request', stage: 'prod', at: new Date('2026-11-23T03:00:00.000Z'), key }

it('the function gets the event that API Gateway sends: names as written, the last value and all values', () => {
  const path = '/v1/prices/bit%63oin/history'
  const matched = matchRoute(path)
  if (matched === undefined) throw new Error('The path has no route.')
  const request = {
    method: 'GET',
    path,
    query: { currency: 'usd', ids: ['bitcoin', 'ethereum'] },
    headers: { 'X-API-Key': key.value, 'User-Agent': 'a client', 'X-Twice': ['one', 'two'] },
    sourceIp: '203.0.113.10',
  }
  expect(proxyEvent(request, matched, about)).toEqual({
    resource: '/v1/prices/{id}/history',
    path: '/v1/prices/bit%63oin/history',
    httpMethod: 'GET',
    headers: { 'X-API-Key': 'the-value-of-a-key', 'User-Agent': 'a client', 'X-Twice': 'two' },
    multiValueHeaders: {
      'X-API-Key': ['the-value-of-a-key'],
      'User-Agent': ['a client'],
      'X-Twice': ['one', 'two'],
    },
    queryStringParameters: { currency: 'usd', ids: 'ethereum' },
    multiValueQueryStringParameters: { currency: ['usd'], ids: ['bitcoin', 'ethereum'] },
    pathParameters: { id: 'bitcoin' },
    stageVariables: null,
    requestContext: {
      requestId: 'a-request',
      stage: 'prod',
      resourcePath: '/v1/prices/{id}/history',
      httpMethod: 'GET',
      path: '/prod/v1/prices/bit%63oin/history',
      protocol: 'HTTP/1.1',
      requestTimeEpoch: 1795402800000,
      identity: {
        sourceIp: '203.0.113.10',
        userAgent: 'a client',
        apiKey: 'the-value-of-a-key',
        apiKeyId: 'key0000001',
      },
    },
    body: null,
    isBase64Encoded: false,
  })
})

it('what is absent is null, and who sends no key has none in the event', () => {
  const matched = matchRoute('/health')
  if (matched === undefined) throw new Error('The path has no route.')
  expect(proxyEvent({ method: 'GET', path: '/health' }, matched, { ...about, key: undefined })).toMatchObject({
    headers: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    requestContext: { identity: { sourceIp: '127.0.0.1', userAgent: null } },
  })
})

it.each([
  ['/v1/prices', '/v1/prices'],
  ['/v1/prices/bitcoin', '/v1/prices/{id}'],
  ['/v1/prices/bitcoin/history', '/v1/prices/{id}/history'],
  ['/v1/prices/', undefined],
  ['/v1/prices//history', undefined],
  ['/v1/prices/bitcoin/', undefined],
  ['/v1/prices/bitcoin/else', undefined],
  ['/health/more', undefined],
  ['', undefined],
])('%s is the route %s', (path, resource) => {
  expect(matchRoute(path)?.resource).toBe(resource)
})
