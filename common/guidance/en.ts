import type { GuidanceByAlarm } from './guidance.ts'

export const en: GuidanceByAlarm = {
  LambdaErrorAlarm: {
    title: 'API errors',
    measure: 'errors',
    plainMeasure: 'requests that fail',
    impact: 'Customers who ask for prices get an error for part of their requests.',
    whatToLookAt: ['Errors, Invocations and Duration of the API function', 'One endpoint only, or all of them'],
    logs: [
      { group: 'api', pattern: 'ERROR' },
      { group: 'api', pattern: 'Exception' },
    ],
    firstSteps: [
      'Deployed within the last 10 min: give the automatic rollback 2 to 3 min, then roll back.',
      'Read the newest error and its stack trace: the price provider, the table, a time-out or our own code.',
      'Provider or table at fault: a rollback does not help. Follow their alarm and let the cache serve.',
    ],
    escalateWhen: [
      'More than 10 % of the calls fail',
      'It lasts longer than 15 min',
      'The automatic rollback failed',
      'You have not seen this problem before, or it spreads',
    ],
  },
  ApiGateway5xxAlarm: {
    title: 'API 5xx answers',
    measure: '5xx answers',
    plainMeasure: 'requests that fail',
    impact: 'Customers who ask for prices get an error for part of their requests.',
    whatToLookAt: [
      '5XXError, Count, Latency and IntegrationLatency of the gateway',
      'Errors, Throttles and Duration of the API function',
    ],
    logs: [
      { group: 'gateway', pattern: 'status 5*' },
      { group: 'api', pattern: 'ERROR' },
    ],
    firstSteps: [
      'Just deployed: roll back.',
      '502 is the function failing (read its errors), 503 its concurrency limit, 504 slower than 29 s.',
      'Traffic jumped: raise the reserved concurrency. Cause outside: wait for it to be solved there.',
    ],
    escalateWhen: [
      'More than 20 % of the answers are 5xx',
      'It lasts longer than 10 min',
      'More customers are writing in',
    ],
  },
  LambdaThrottleAlarm: {
    title: 'API calls throttled',
    measure: 'throttled calls',
    plainMeasure: 'requests turned away',
    impact: 'The service turns some customers away because it is full; they have to ask again.',
    whatToLookAt: [
      'Throttles, ConcurrentExecutions and UnreservedConcurrentExecutions',
      'A sudden jump, or steady growth',
    ],
    firstSteps: [
      'Compare concurrent executions with the reserved concurrency and with the limit of the account.',
      'Raise the reserved concurrency as far as the account allows.',
      'One client behind the jump: look at its API key. Just deployed and slower: roll back.',
    ],
    escalateWhen: ['It goes on for 3 min', 'The concurrency limit has to be raised'],
    note: 'Throttled calls are answered 503; clients have to try again.',
  },
  ApiLatencyP95Alarm: {
    title: 'API response time (p95)',
    measure: 'response time (p95)',
    plainMeasure: 'waiting time of the slowest requests',
    impact: 'Customers wait noticeably longer for prices.',
    whatToLookAt: [
      'Latency of the gateway and Duration of the function, p95 and p99',
      'DynamoDBQueryLatency and ExternalApiLatency: where the time goes',
    ],
    logs: [{ group: 'api', pattern: '{ $.duration > 1000 }' }],
    firstSteps: [
      'Find where the time goes: the function, the table or the price provider.',
      'Slow first calls only are cold starts: provisioned concurrency or more memory (now 512 MB).',
      'Twice the usual since a deployment: roll back.',
    ],
    escalateWhen: ['p95 is above 5 s', 'It lasts longer than 1 h', 'Users complain; from 3 s on they feel it'],
    note: 'Up to 2 s is accepted; a short peak needs watching, not action.',
  },
  ExternalApiErrorAlarm: {
    title: 'Failed calls to the price provider',
    measure: 'failed provider calls',
    plainMeasure: 'failed attempts to fetch new prices',
    impact:
      'No new prices arrive. Customers get saved prices that grow older, and none once those are over 1 hour old.',
    whatToLookAt: [
      'ExternalApiErrors, ExternalApiCalls and ExternalApiLatency',
      "The provider's status page and announcements",
    ],
    logs: [{ group: 'updater', pattern: '"External API" "ERROR"' }],
    firstSteps: [
      'Look at the status page of the provider (CoinGecko) and at the status codes in the log.',
      '429: update every 10 min instead of 5 and keep the cache 10 min. 503: wait, saved prices last up to 1 h.',
      'Time-outs: check the network and the limit of 5 s. Nothing of ours changed: a rollback does not help.',
    ],
    escalateWhen: ['The provider is down for longer than 1 h', 'Saved prices are older than 1 h'],
    note: 'For the first 5 min customers notice nothing; after that prices are marked as stale.',
  },
  DynamoDBThrottleAlarm: {
    title: 'Prices table throttled',
    measure: 'throttled table requests',
    plainMeasure: 'refused reads and writes of saved prices',
    impact: 'Some answers are slower than usual, and a few may fail.',
    whatToLookAt: [
      'Reads or writes: ReadThrottleEvents, WriteThrottleEvents and consumed capacity',
      'Access per API key: one hot partition, or more traffic in all',
    ],
    logs: [
      { group: 'api', pattern: 'ProvisionedThroughputExceededException' },
      { group: 'updater', pattern: 'ProvisionedThroughputExceededException' },
    ],
    firstSteps: [
      'Check whether reads or writes are throttled, and whether API calls fail because of it.',
      'One API key far ahead of the others makes a hot partition: look at that client.',
      'It goes on: check that the table is still billed on demand, and raise what limits it.',
    ],
    escalateWhen: ['It lasts longer than 30 min', 'More than 5 % of the API calls fail'],
    note: 'The functions retry by themselves; brief throttling is acceptable.',
  },
  PricesStaleAlarm: {
    title: 'Age of the newest price',
    measure: 'price age',
    plainMeasure: 'age of the newest price',
    impact: 'Our newest prices are so old that customers get none.',
    whatToLookAt: [
      'Invocations and Errors of the price update function: does it still run every few minutes',
      'ExternalApiErrors: does the provider answer',
    ],
    logs: [{ group: 'updater', pattern: 'ERROR' }],
    firstSteps: [
      'Check that the update function still runs and what it logged last.',
      'It runs and fails at the provider: follow the provider alarm. It fails elsewhere: read the error.',
      'The updater was deployed shortly before: roll it back. Rolling back the API does not help.',
    ],
    escalateWhen: ['Prices stay older than 1 h for 30 min'],
    note: 'Prices older than 1 h are answered with 503 rather than served.',
  },
}
