import type { StageName } from '../../infra/stages.ts'
import { AwsError } from '../../sandbox/cloud/aws-error.ts'
import type { Guard, GuardedCall } from '../../sandbox/cloud/guard.ts'
import { place, type Synthesised } from './synthesised.ts'

/** What is asked of the templates. */
export type Templates = Pick<Synthesised, 'resources'>

interface Statement {
  Action: string | string[]
  Resource: string | string[]
  Condition?: { 'ForAllValues:StringEquals'?: { 'dynamodb:LeadingKeys'?: string[] } }
}
interface Grant {
  action: string
  on: string
  /** The only partitions of a table that it is about. */
  partitions: string[] | undefined
}

const list = <T>(value: T | T[]): T[] => [value].flat() as T[]

/** Everything that the role of a function may do, by the template. */
export function grantsOf(made: Templates, stage: StageName, functionName: string): Grant[] {
  const fn = made
    .resources(stage, 'AWS::Lambda::Function')
    .find(({ properties }) => properties.FunctionName === functionName)
  const role = made.resources(stage, 'AWS::IAM::Role').find(({ id }) => fn?.properties.Role.endsWith(`:role/${id}`))
  if (role === undefined) throw new Error(`${functionName} has no role in the template.`)
  const statements: Statement[] = role.properties.Policies.flatMap(
    ({ PolicyDocument }: { PolicyDocument: { Statement: Statement[] } }) => PolicyDocument.Statement,
  )
  return statements.flatMap(({ Action, Resource, Condition }) => {
    const partitions = Condition?.['ForAllValues:StringEquals']?.['dynamodb:LeadingKeys']
    return list(Action).flatMap((action) => list(Resource).map((on) => ({ action, on, partitions })))
  })
}

const covers = (pattern: string, value: string): boolean => {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(value)
}

/** A condition on partitions holds for a call that names one of them as its key. */
const isAbout = (partitions: string[] | undefined, { input }: GuardedCall): boolean =>
  partitions === undefined || partitions.some((each) => JSON.stringify(input.Key)?.includes(`"pk":{"S":"${each}"}`))

const arn = (service: string, resource: string) =>
  `arn:${place.partition}:${service}:${place.region}:${place.account}:${resource}`

interface Options {
  made: Templates
  stage: StageName
  /** The deployment group of a deployment, which its calls name by its id only. */
  groupOf: (deployment: string) => string
  /** Who is not a Lambda: the sandbox itself and the test. */
  isFree: (caller: string | undefined) => boolean
}

/**
 * Lets each function do in the simulated cloud what its role in the template allows, and nothing else. Remembers which
 * rights were used and what was refused.
 */
export function createPolicyGuard({ made, stage, groupOf, isFree }: Options) {
  const used = new Map<string, Set<string>>()
  const refused: string[] = []
  const known = new Map<string, Grant[]>()

  const guard: Guard = (call) => {
    const { caller } = call
    if (caller === undefined || isFree(caller)) return undefined
    const grants = known.get(caller) ?? grantsOf(made, stage, caller)
    known.set(caller, grants)
    const action = actionOf(call)
    for (const resource of resourcesOf(call, groupOf)) {
      const grant = grants.find(
        (each) => each.action === action && covers(each.on, resource) && isAbout(each.partitions, call),
      )
      if (grant === undefined) {
        const text = `${caller} may not ${action} on ${resource}`
        refused.push(text)
        return new AwsError('AccessDeniedException', text, 403)
      }
      used.set(caller, (used.get(caller) ?? new Set()).add(action))
    }
    return undefined
  }
  return {
    guard,
    refused: (): readonly string[] => refused,
    used: (functionName: string): string[] => [...(used.get(functionName) ?? [])].toSorted(),
    granted: (functionName: string): string[] =>
      [...new Set(grantsOf(made, stage, functionName).map(({ action }) => action))].toSorted(),
  }
}

const prefixes: Readonly<Record<GuardedCall['service'], string>> = {
  sqs: 'sqs',
  sns: 'sns',
  cloudwatch: 'cloudwatch',
  logs: 'logs',
  codedeploy: 'codedeploy',
  secretsmanager: 'secretsmanager',
  lambda: 'lambda',
  dynamodb: 'dynamodb',
  apigateway: 'apigateway',
}

/** The rights of API Gateway's control plane are the verbs of its requests. */
const verbs = { Get: 'GET', Create: 'POST', Update: 'PATCH', Delete: 'DELETE' } as const

function verbOf(operation: string): string {
  const found = Object.entries(verbs).find(([start]) => operation.startsWith(start))
  if (found === undefined) throw new Error(`There is no verb of ${operation}.`)
  return found[1]
}

function actionOf({ service, operation }: GuardedCall): string {
  if (service === 'apigateway') return `apigateway:${verbOf(operation)}`
  return `${prefixes[service]}:${service === 'lambda' && operation === 'Invoke' ? 'InvokeFunction' : operation}`
}

/** A key or a plan has no account in its ARN, and its path as the request has it. */
function gatewayResource({ operation, input }: GuardedCall): string {
  const whole = `arn:${place.partition}:apigateway:${place.region}::`
  switch (operation) {
    case 'GetApiKeys':
    case 'CreateApiKey':
      return `${whole}/apikeys`
    case 'GetApiKey':
    case 'UpdateApiKey':
    case 'DeleteApiKey':
      return `${whole}/apikeys/${input.apiKey}`
    case 'GetUsagePlans':
      return `${whole}/usageplans`
    case 'CreateUsagePlanKey':
      return `${whole}/usageplans/${input.usagePlanId}/keys`
    default:
      throw new Error(`It is not known what ${operation} is about.`)
  }
}

/** Every resource that a call is about, as IAM names it. */
function resourcesOf(call: GuardedCall, groupOf: Options['groupOf']): string[] {
  const { service, operation, input } = call
  const text = (name: string) => String(input[name])
  switch (service) {
    case 'cloudwatch':
      return ['*']
    case 'logs':
      // AWS asks for the right on any stream of the group.
      return [arn('logs', `log-group:${text('logGroupName')}:log-stream:`)]
    case 'sqs':
      return [arn('sqs', text('QueueUrl').split('/').at(-1) ?? '')]
    case 'sns':
      return [text('TopicArn').replace(/^arn:aws:sns:[^:]+:[^:]+/, arn('sns', '').replace(/:$/, ''))]
    case 'secretsmanager':
      return [arn('secretsmanager', `secret:${text('SecretId')}-AbCdEf`)]
    case 'dynamodb': {
      const items = input.RequestItems
      const tables = typeof items === 'object' && items !== null ? Object.keys(items) : [text('TableName')]
      const index = input.IndexName === undefined ? '' : `/index/${text('IndexName')}`
      return tables.map((table) => arn('dynamodb', `table/${table}${index}`))
    }
    case 'apigateway':
      return [gatewayResource(call)]
    case 'lambda': {
      if (operation === 'GetAccountSettings') return ['*']
      const { name = '', qualifier } = call.function ?? {}
      const whole = arn('lambda', `function:${name}`)
      // IAM may name an alias by its function or by itself; a role that lacks either would fail on one of them.
      if (operation === 'GetAlias' || operation === 'UpdateAlias') return [whole, `${whole}:${qualifier}`]
      return [qualifier === undefined ? whole : `${whole}:${qualifier}`]
    }
    case 'codedeploy': {
      const group = (name: string) => arn('codedeploy', `deploymentgroup:crypto-watch-backend/${name}`)
      if (input.deploymentGroupName !== undefined) return [group(text('deploymentGroupName'))]
      const ids = Array.isArray(input.deploymentIds) ? input.deploymentIds : [input.deploymentId]
      return ids.map((id) => group(groupOf(String(id))))
    }
    default:
      return service satisfies never
  }
}
