import { liveAlias, type Names } from '../common/names.ts'
import { incidentsTable } from '../common/tables.ts'

/** Where a stage stands; in a template these are references that AWS fills in. */
export interface Place {
  partition: string
  region: string
  account: string
}

/** ARNs by name, so that no stack has to import from another. */
export function arnsOf(names: Names, { partition, region, account }: Place) {
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`
  const fn = (name: string) => arn('lambda', `function:${name}`)
  const table = (name: string) => arn('dynamodb', `table/${name}`)
  return {
    function: fn,
    /** A function through its alias, as the gateway, the scheduler and a proof call it. */
    live: (name: string) => `${fn(name)}:${liveAlias}`,
    /** Whichever version of a function, for the hook that tries a version nobody has seen. */
    anyVersion: (name: string) => `${fn(name)}:*`,
    queue: (name: string) => arn('sqs', name),
    topic: arn('sns', names.topic),
    healthTopic: arn('sns', names.healthTopic),
    mailTopic: arn('sns', names.mailTopic),
    pricesTable: table(names.tables.prices),
    incidentsTable: table(names.tables.incidents),
    liveIndex: `${table(names.tables.incidents)}/index/${incidentsTable.liveIndex.name}`,
    deploymentGroup: (group: string) => arn('codedeploy', `deploymentgroup:${names.application}/${group}`),
    application: arn('codedeploy', `application:${names.application}`),
    deploymentConfigs: arn('codedeploy', 'deploymentconfig:CodeDeployDefault.Lambda*'),
    alarm: (name: string) => arn('cloudwatch', `alarm:${name}`),
    /** API Gateway knows its resources by path and region, without an account. */
    apiKeys: `arn:${partition}:apigateway:${region}::/apikeys/*`,
    apiKeyList: `arn:${partition}:apigateway:${region}::/apikeys`,
    usagePlanList: `arn:${partition}:apigateway:${region}::/usageplans`,
    usagePlanKeys: `arn:${partition}:apigateway:${region}::/usageplans/*/keys`,
    /** The roles that `cdk bootstrap` has made in the account. */
    bootstrapRoles: `arn:${partition}:iam::${account}:role/cdk-*`,
    /** A log group as IAM wants it of whoever reads: with all that is in it. */
    logGroup: (group: string) => arn('logs', `log-group:${group}:*`),
    logStreams: (name: string) => arn('logs', `log-group:/aws/lambda/${name}:log-stream:*`),
  }
}

export type Arns = ReturnType<typeof arnsOf>
