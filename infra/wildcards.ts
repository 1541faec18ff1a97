/** Actions that AWS lets nobody restrict to a resource, so that they stand on `*`. Nothing else does. */
export const unrestrictable: Readonly<Record<string, string>> = {
  'cloudwatch:DescribeAlarms':
    'The sweep looks for alarms it has not heard of, and CodeDeploy asks for its brakes: neither has a list.',
  'lambda:GetAccountSettings': 'Lambda knows no resource for the limits of an account.',
  'cloudwatch:GetMetricData': 'CloudWatch knows no resources for metrics.',
  'xray:PutTraceSegments': 'X-Ray knows no resources for traces.',
  'xray:PutTelemetryRecords': 'X-Ray knows no resources for traces.',
}

/** Resources whose end only AWS can fill in. */
export const openEnds: readonly { end: RegExp; reason: string }[] = [
  { end: /:log-group:\/aws\/lambda\/[a-z-]+:log-stream:\*$/, reason: 'Lambda names the streams of a log as it goes.' },
  {
    end: /:log-group:\/aws\/(lambda\/crypto-watch-(api|price-update)-function|apigateway\/crypto-watch-api)(-[a-z]+)?:\*$/,
    reason: 'To read a log is to read whichever streams it has.',
  },
  {
    end: /:function:crypto-watch-(api|price-update)-function(-[a-z]+)?:\*$/,
    reason: 'The number of a version is not known before it exists.',
  },
  { end: /:role\/cdk-\*$/, reason: 'The CDK names the roles of its bootstrap by account and region.' },
  { end: /:deploymentconfig:CodeDeployDefault\.Lambda\*$/, reason: 'The ways to shift traffic that AWS ships.' },
  { end: /:\/apikeys\/\*$/, reason: 'AWS draws the id of a key, and customers get theirs at any time.' },
  { end: /:\/usageplans\/\*\/keys$/, reason: 'AWS draws the id of a plan, and the plan is in another stack.' },
]

/** Why this action may stand on this resource with a wildcard in it, or undefined if it must not. */
export const whyWildcard = (action: string, resource: string): string | undefined =>
  resource === '*' ? unrestrictable[action] : openEnds.find(({ end }) => end.test(resource))?.reason
